"""Two sets of requirements side by side on the page."""

import pytest
from streamlit.testing.v1 import AppTest

import rules
from advisor_ui.state import draft as drafts
from advisor_ui.state.session import Session, story
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_rulebook import shown


def state(page: AppTest) -> Session:
    session: Session = page.session_state["session"]
    return session


def compared(page: AppTest) -> AppTest:
    page.button_group(key="tab").set_value("compare")
    return ran(page)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_changed_answer_is_compared_with_the_draft_as_it_was_opened(lang: str) -> None:
    page = compared(opened(s="scheduled-batch", at="aggregate.compute", lang=lang))
    assert {"en": "The designs do not differ.", "ja": "違いはありません。"}[lang] in [
        success.value for success in page.success
    ]
    draft = drafts.with_answer(story("scheduled-batch"), "aggregate", "typical_run_s", "5 min")
    draft = drafts.with_answer(draft, "aggregate", "packaging", "code")
    state(page).change(drafts.with_answer(draft, "aggregate", "longest_run_s", "10 min"))
    ran(page)
    said = shown(page)
    assert {"en": "| 40 min | 10 min |", "ja": "| 40 分 | 10 分 |"}[lang] in said
    assert "Amazon ECS" in said
    assert "AWS Lambda" in said
    assert f"?rule=long-work-in-a-container&lang={lang}" in said


def test_every_story_can_stand_beside_and_is_in_the_address() -> None:
    page = compared(opened(s="web-application", lang="en"))
    for name in rules.STORIES:
        page.selectbox(key="versus.en").set_value(name)
        ran(page)
        assert page.query_params["vs"] in (name, [name])
    again = opened(s="web-application", vs="realtime-chat", lang="ja")
    assert rules.load_story("realtime-chat").title.ja in shown(again)


def test_nonsense_beside_is_ignored() -> None:
    page = compared(opened(s="web-application", vs="../../etc", lang="en"))
    assert "vs" not in page.query_params


def test_a_file_can_stand_beside() -> None:
    page = compared(opened(s="web-application", lang="en"))
    session = state(page)
    session.uploaded, session.compared_with = story("kubernetes-jobs"), "file"
    ran(page)
    assert rules.load_story("kubernetes-jobs").title.en in shown(page)
