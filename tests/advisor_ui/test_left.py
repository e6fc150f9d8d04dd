"""The end of the interview: what is left is counted as in the design document, and buttons lead there and to the downloads."""

import pytest
from streamlit.testing.v1 import AppTest

from advisor.explanation.question_words import remaining_words
from advisor.sensitivity.next_question import Progress
from advisor.text import LANGS, Lang
from advisor_document.context import Context
from advisor_document.sections.premises import counted
from advisor_ui import cached
from advisor_ui.results.checks import warned
from advisor_ui.state.link import pack
from advisor_ui.words import say
from renderers.record import assumed_places
from tests.advisor_ui.page import opened, ran, web_service
from tests.advisor_ui.test_flows import labels, shown, state


def at_the_end(lang: Lang) -> AppTest:
    """Return the page after everything that it asks was accepted."""
    page = opened(r=str(pack(web_service())), lang=lang)
    for _ in range(30):
        offered = {button.key: button for button in page.button}
        found = next((offered[key] for key in ("accept_rest", "as_assumed", "not_now") if key in offered), None)
        if found is None:
            return page
        found.click()
        ran(page)
    raise AssertionError("the interview does not end")


@pytest.mark.parametrize("lang", LANGS)
def test_the_end_says_what_is_left_and_leads_there(lang: Lang) -> None:
    page = at_the_end(lang)
    draft = state(page).draft or {}
    validated, analysis = cached.validated(draft), cached.analysis(draft)
    places = assumed_places(validated.design, analysis)
    counts = {"warnings": len(warned(validated)), "assumed": len(places), "carried": len({*analysis.carried_by})}
    assert (counts["assumed"], counts["carried"]) == counted(Context(validated.design, lang)), "as in the document"
    assert say("left_to_review", lang, **counts) in [one.value for one in page.caption]
    page.button(key="left_review").click()
    ran(page)
    assert page.session_state["tab"] == "check"
    assert say("all_assumed", lang, count=len(places)) in labels(page) or not places
    page.button(key="left_take").click()
    ran(page)
    assert page.session_state["tab"] == "take"
    assert say("left_to_review", lang, **counts) in shown(page)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("made", "kind"), [(Progress(5, 9, 0.01), "success"), (Progress(5, 9, 0.4), "info"), (Progress(5, 9, 0.9, 3), "")]
)
def test_the_page_says_when_the_essential_questions_are_answered_and_leads_to_the_result(
    made: Progress, kind: str, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor_ui.questions.next_question.progress", lambda *_: made)
    page = opened(r=str(pack(web_service())), lang=lang)
    said = [
        one.value
        for box in ("success", "info")
        for one in page.get(box)
        if say("essential_answered", lang) in one.value
    ]
    (bar,) = (one.proto.text for one in page.get("progress"))
    if not kind:
        assert not said
        assert say("essential_open", lang, count=3) in bar
        return
    (words,) = said
    assert words in [one.value for one in page.get(kind)]
    assert remaining_words(made).in_(lang) in words
    assert "4" in words
    page.button(key="left_take").click()
    ran(page)
    assert page.session_state["tab"] == "take"
