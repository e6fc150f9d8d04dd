"""Text in a field that answers another question is stored there, and said; who has no answer is asked the next question."""

import pytest

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state


@pytest.mark.parametrize(
    ("field", "words", "answers"),
    [
        (
            "longest_run_s",
            "usually 5 min, worst case 40 min",
            {"longest_run_s": "at most 40 min", "typical_run_s": "5 min"},
        ),
        ("longest_run_s", "通常5分、まれに40分", {"longest_run_s": "最大40分", "typical_run_s": "5分"}),
        (
            "rate_average_rps",
            "2000 orders per hour at peak",
            {"rate_average_rps": None, "rate_peak_rps": "2000 orders per hour"},
        ),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_an_answer_to_another_question_is_stored_there(
    field: str, words: str, answers: dict[str, str | None], lang: Lang
) -> None:
    page = opened(s="new", lang=lang)
    state(page).open_section("component-1", field)
    ran(page)
    page.text_input(key=f"q.{lang}.component-1.{field}").set_value(words)
    ran(page)
    assert not page.error
    draft = state(page).draft or {}
    assert {id: drafts.answer(draft, "component-1", id) for id in answers} == answers
    stored = say("stored_as", lang, question="\0", value="\1")
    start, between = stored.split("\0")[0], stored.split("\0")[1].split("\1")[0]
    assert [one.value for one in page.caption if one.value.startswith(start) or between in one.value]


def test_the_first_page_stores_the_usual_run_and_the_longest() -> None:
    page = opened(lang="en")
    page.text_input(key="three.run").set_value("usually 5 min, worst case 40 min")
    ran(page)
    assert not page.error
    page.button(key="three.go").click()
    ran(page)
    draft = state(page).draft or {}
    assert drafts.answer(draft, "component-1", "longest_run_s") == "at most 40 min"
    assert drafts.answer(draft, "component-1", "typical_run_s") == "5 min"


@pytest.mark.parametrize("words", ["不明", "I do not know yet"])
def test_a_question_without_an_answer_is_put_off(words: str) -> None:
    page = opened(s="new", lang="en")
    page.text_input(key="q.en.component-1.longest_run_s").set_value(words)
    ran(page)
    assert ("component-1", "longest_run_s") in state(page).postponed
    assert not [one for one in page.text_input if one.key == "next.en.component-1.longest_run_s"]
