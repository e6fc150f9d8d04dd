"""What of a pasted text was not understood: on a phone it is said above the diagram, where the text was pasted."""

import pytest

from advisor.text import Text
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state


@pytest.mark.parametrize(("narrow", "is_first"), [(True, True), (False, False)])
def test_on_a_phone_unread_lines_stand_before_everything_else(narrow: bool, is_first: bool) -> None:
    page = opened(s="scheduled-batch", lang="en")
    session = state(page)
    session.narrow, session.letters = narrow, "there"  # what the browser reports
    session.left_out = (Text("Line 1: not understood", "1 行目: 解釈できません"),)
    ran(page)
    keys = [button.key for button in page.button]
    assert keys.count("left_out_seen") == 1
    assert (keys.index("left_out_seen") < keys.index("remove")) is is_first
    page.button(key="left_out_seen").click()
    ran(page)
    assert "left_out_seen" not in [button.key for button in page.button]
