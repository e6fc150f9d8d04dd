"""Accepted assumptions: shown with the value that the design uses, never called stated, and kept by the address."""

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.requirements.reading import read_requirements, write_requirements
from advisor.requirements.remarks import ACCEPTED
from advisor.sensitivity.sweep import sweep_open
from advisor.text import LANGS, Lang
from advisor_document.build import document
from advisor_ui.questions.rest_of_part import _assumed
from advisor_ui.state import draft as drafts
from advisor_ui.state.accepting import from_text, to_text, with_accepted
from advisor_ui.state.session import Session
from tests.advisor_document.test_document import rows
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown, state

_API = {"id": "api", "trigger": ["request"], "longest_run_s": "under a second"}


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", "Largest request: 64 KiB (same result: at most "),
        ("ja", "最大リクエストサイズ: 64 KiB（結果が同じ範囲: "),
    ],
)
def test_a_chip_shows_the_value_that_is_stored(lang: Lang, wanted: str, book: Book) -> None:
    design = advise(make_requirements({"components": [_API]}), book)
    speaker = Speaker(design.requirements, design.book)
    left = sweep_open(design.dated, design.verdict)
    chips = {swept.field.id: _assumed(speaker, swept, lang) for swept in left if swept.subject == "api"}
    assert chips["request_bytes"].startswith(wanted)
    assert chips["parallel_items"].endswith(speaker.value("api", "parallel_items", 0.0).in_(lang)), (
        "no range of one value"
    )


@pytest.mark.parametrize("lang", LANGS)
def test_an_accepted_assumption_is_not_called_stated(lang: Lang, book: Book) -> None:
    draft = with_accepted(
        {"components": [_API], "workload": {}},
        [("api", "request_bytes", 65536.0), ("api", "authentication", "none"), ("", "region", "eu-west-1")],
    )
    requirements = read_requirements(write_requirements(make_requirements(draft)))
    assert requirements.components[0].accepted == {"request_bytes", "authentication"}, "the file keeps it"
    found = document(advise(requirements, book), lang)
    said = ACCEPTED.in_(lang).lower()
    basis = str(found)
    assert (
        "Stated requirements: 2. Accepted assumptions: 3."
        if lang == "en"
        else "示された要件は 2 件、確定した仮定は 3 件"
    ) in basis
    assert [row for row in rows(found, "functional-requirements") if row[-1].lower() == said]
    assert [row for row in rows(found, "non-functional-requirements") if said in row[-1].lower()]
    assert [row for row in rows(found, "premises") if said in row[-1].lower()]


def test_another_answer_is_no_accepted_assumption() -> None:
    draft = with_accepted({"components": [_API]}, [("api", "gpu", False)])
    assert drafts.remark(draft, "api", "gpu", "en") == ACCEPTED.en
    changed = drafts.with_answer(draft, "api", "gpu", True)
    assert (drafts.answer(changed, "api", "gpu"), drafts.remark(changed, "api", "gpu", "en")) == (True, "")


def test_a_link_keeps_that_there_is_no_requirement_and_undo_takes_it_back() -> None:
    page = opened(s="container-web-service", lang="en")
    page.button(key="accept_rest").click()
    ran(page)
    accepted = set(state(page).accepted)
    assert accepted
    params = {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}
    again = opened(**params)
    assert state(again).accepted == accepted
    first, second = ([bar.proto.text for bar in one.get("progress")] for one in (page, again))
    assert first == second
    page.button(key="undo").click()
    ran(page)
    assert not state(page).accepted
    assert "no" not in page.query_params
    assert "500.5" not in shown(page)


def test_undo_goes_back_to_the_part_that_was_looked_through() -> None:
    for act in (Session.accept, Session.apply):
        session = Session()
        session.open({"components": [_API, {"id": "other"}], "workload": {}})
        session.part = "api"
        act(session, [("api", "gpu", False)], ACCEPTED)
        session.part = "other"  # as the next question leads there
        session.take_back()
        assert session.part == "api"
        assert drafts.answer(session.draft or {}, "api", "gpu") is None


def test_only_questions_of_subjects_that_are_there_are_read() -> None:
    places = {("", "priorities"), ("api", "response_s")}
    assert from_text(to_text(places), {"api", "workload"}) == places
    assert from_text("api.response_s,x,.y,gone.field", {"api"}) == {("api", "response_s")}


@pytest.mark.parametrize("name", rules.STORIES[:1])
def test_a_removed_part_leaves_nothing_in_the_address(name: str) -> None:
    page = opened(s=name, lang="en")
    state(page).accepted.add(("gone", "fan_out"))
    ran(page)
    assert "no" not in page.query_params
