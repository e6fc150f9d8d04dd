"""Assumptions that were marked as not applying: they are asked in their group, and left out when the rest is accepted."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.sensitivity.analysis import analyse
from advisor.sensitivity.next_question import next_question
from advisor.text import LANGS, Lang
from advisor_ui import cached
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran, web_service
from tests.advisor_ui.test_flows import state


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_marked_is_left_out_when_the_rest_is_accepted(lang: Lang) -> None:
    page = opened(r=pack(web_service()) or "", lang=lang)
    part = drafts.name(state(page).draft or {}, "web", lang)
    before = page.button(key="accept_rest").label
    assert before == say("accept_rest", lang, part=part, count=int(re.findall(r"\d+", before)[-1]))
    page.button_group(key=f"left.{lang}.web.run").set_value(["gpu", "privileged"])
    ran(page)
    page.button_group(key=f"left.{lang}.web.first").set_value(["kubernetes"])
    ran(page)
    for field in ("gpu", "privileged"):
        assert page.button_group(key=f"left.{lang}.web.{field}"), "each of the marked ones is asked"
    assert page.selectbox(key=f"left.{lang}.web.kubernetes")
    count = int(re.findall(r"\d+", before)[-1]) - 3
    assert page.button(key="accept_rest").label == say("accept_others", lang, part=part, count=count)
    page.button(key="accept_rest").click()
    ran(page)
    draft = state(page).draft or {}
    assert all(drafts.answer(draft, "web", field) is None for field in ("gpu", "privileged", "kubernetes"))
    assert drafts.answer(draft, "web", "host_control") is False
    page.button_group(key=f"left.{lang}.web.gpu").set_value(True)
    ran(page)
    assert drafts.answer(state(page).draft or {}, "web", "gpu") is True
    assert state(page).part == "web", "the two that are left stay in the card"


def test_a_question_is_asked_below_the_group_of_its_assumption() -> None:
    page = opened(r=pack(web_service()) or "", lang="en")
    page.button_group(key="left.en.web.run").set_value(["gpu"])
    ran(page)
    keys = [group.key for group in page.button_group if group.key and group.key.startswith("left.en.web.")]
    assert keys.index("left.en.web.gpu") == keys.index("left.en.web.run") + 1


def test_the_card_stays_with_a_part_until_nothing_of_it_is_left(book: Book) -> None:
    analysis = analyse(make_requirements(web_service()), book)
    first = next_question(analysis)
    assert first is not None
    assert first.accept
    others = {swept.subject for swept in analysis.swept if not swept.stated and swept.changing} - {first.subject}
    for other in others:
        question = next_question(analysis, part=other)
        assert question is not None
        assert (question.subject, question.accept or len(question.rest) == 1) == (other, True)
        assert (next_question(analysis, question.rest, other) or first).subject == first.subject, (
            "nothing of it is left"
        )


@pytest.mark.parametrize("lang", LANGS)
def test_short_lists_of_several_parts_are_accepted_at_once(lang: Lang) -> None:
    page = opened(r=pack(_with_short_lists()) or "", lang=lang)
    for _ in range(6):
        groups = [group.key.split(".")[2] for group in page.button_group if str(group.key).startswith("left.")]
        if len(parts := list(dict.fromkeys(groups))) > 1:
            break
        page.button(key="accept_rest").click()
        ran(page)
    else:
        pytest.fail("no list has several parts")
    named = [f"**{drafts.name(state(page).draft or {}, id, lang)}**" for id in parts]
    assert [text.value for text in page.markdown if text.value in named] == named, "each part has its name over its own"
    first = drafts.name(state(page).draft or {}, parts[0], lang)
    label = page.button(key="accept_rest").label
    assert say("and_others", lang, part=first, count=len(parts) - 1) in label
    state(page).marked.add((parts[-1], _listed_field(page, parts[-1])))
    ran(page)
    assert [group.key.split(".")[2] for group in page.button_group if str(group.key).startswith("left.")][-1] == parts[
        -1
    ]
    state(page).marked.clear()
    ran(page)
    before = {id: len(drafts.part(state(page).draft or {}, id)) for id in parts}
    page.button(key="accept_rest").click()
    ran(page)
    after = {id: len(drafts.part(state(page).draft or {}, id)) for id in parts}
    assert all(after[id] > before[id] for id in parts)


def _with_short_lists() -> drafts.Raw:
    api = {
        "id": "api",
        "trigger": ["request"],
        "authentication": "none",
        "packaging": "code",
        "rate_average_rps": "5/s",
    }
    return {
        "schema": 2,
        "components": [
            api | {"writes": ["s"], "publishes": ["q"], "direct_uploads": False},
            {"id": "worker", "listens_to": "q"},
        ],
        "channels": [{"id": "q", "carries": "work"}],
        "stores": [{"id": "s", "access": "objects"}],
    }


def _listed_field(page: AppTest, part: str) -> str:
    """Return the question of the first assumption of a part in the list."""
    question = next_question(cached.analysis(state(page).draft or {}), state(page).accepted, state(page).part)
    assert question is not None
    return next(field for subject, field in question.rest if subject == part)


@pytest.mark.parametrize("narrow", [True, False])
def test_on_a_phone_an_accepted_list_leads_back_to_the_card(narrow: bool) -> None:
    page = opened(r=pack(web_service()) or "", lang="en")
    state(page).narrow, state(page).letters = narrow, "there"  # what the browser reports
    ran(page)
    page.button(key="accept_rest").click()
    ran(page)
    assert ("jump" in page.session_state) is narrow
    assert not narrow or tuple(page.session_state["jump"]) == (1, "card")
