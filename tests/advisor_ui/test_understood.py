"""What was read of pasted text can be corrected below its line, without leaving the list."""

import pytest

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import given
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown, state

TEXT = "An API and a database, personal data only in Japan, kept for 7 years, over a leased line"


@pytest.mark.parametrize("lang", LANGS)
def test_each_line_that_was_read_opens_the_questions_that_it_answered(lang: Lang) -> None:
    read = given(TEXT.encode())
    number = next(n for n, line in enumerate(read.read) if any(field == "kept_s" for _, field in line.places))
    (store,) = drafts.ids(read.draft, ("store",))
    page = opened(lang=lang)
    state(page).open(read.draft)
    state(page).left_out, state(page).read = read.left_out, read.read
    page.session_state[f"correct_read.{number}"] = True
    ran(page)
    assert any("AWS Direct Connect" in one.value for one in page.warning)
    key = f"read{number}.{lang}.{store}.kept_s"
    assert page.text_input(key=key).value == "7 years"
    page.text_input(key=key).set_value("10 years")
    ran(page)
    assert drafts.answer(state(page).draft or {}, store, "kept_s") == "10 years"
    assert state(page).read == read.read, "the list stays until it is closed"


def test_a_line_whose_part_was_removed_stays_readable() -> None:
    read = given(TEXT.encode())
    (store,) = drafts.ids(read.draft, ("store",))
    page = opened(lang="en")
    state(page).open(drafts.without_subject(read.draft, store))
    state(page).read = read.read
    ran(page)
    assert "Retention time" in shown(page) or "7 years" in shown(page)
