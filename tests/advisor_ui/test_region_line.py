"""The Region stands above the questions, as an assumption until it is stated, and is changed there without being asked."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from advisor.text import LANGS, Lang
from advisor.vocabulary.region_names import region_title
from advisor_ui.questions.region_line import stated_region
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state


def _line(page: AppTest, words: str) -> bool:
    return any(block.proto.popover.label == words for block in page.get("popover"))


def _box(page: AppTest) -> Any:
    """Return the list of Regions in the line, opened."""
    page.session_state["region_line"] = True
    ran(page)
    return next(box for box in page.selectbox if (box.key or "").startswith("region_line."))


@pytest.mark.parametrize("lang", LANGS)
def test_the_region_is_changed_in_its_line(lang: Lang) -> None:
    page = opened(s="new", lang=lang)
    tokyo, ohio = (region_title(code).in_(lang) for code in ("ap-northeast-1", "us-east-2"))
    assert _line(page, say("region_assumed", lang, region=tokyo))
    box = _box(page)
    assert box.options[0] == say("assumed", lang, value=tokyo)
    box.set_value("us-east-2")
    ran(page)
    assert drafts.answer(state(page).draft or {}, WORKLOAD, "region") == "us-east-2"
    assert _line(page, say("region_stated", lang, region=ohio))
    _box(page).set_value("")
    ran(page)
    assert drafts.answer(state(page).draft or {}, WORKLOAD, "region") is None
    assert _line(page, say("region_assumed", lang, region=tokyo))


@pytest.mark.parametrize(
    ("written", "code"),
    [("東京", "ap-northeast-1"), ("Frankfurt", "eu-central-1"), ("us-iso-east-1", "us-iso-east-1"), ("Europe", "")],
)
def test_a_region_is_stated_by_its_code_or_name(written: str, code: str) -> None:
    assert stated_region({WORKLOAD: {"region": written}, "components": []}) == code
