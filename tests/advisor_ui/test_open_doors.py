"""Endpoints on the internet without authentication: asked directly, never accepted with the rest, and an open point."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.explanation.open_doors import open_doors
from advisor.requirements import make_requirements
from advisor.sensitivity.analysis import analyse_verdict
from advisor.sensitivity.next_question import next_question
from advisor.text import LANGS, Lang
from advisor_document.build import document
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from tests.advisor_document.test_document import rows
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown, state

_SHOP: dict[str, Any] = {
    "components": [{"id": "api", "trigger": ["request"], "packaging": "code", "writes": ["orders"]}],
    "stores": [{"id": "orders", "access": "relational"}],
}


def shop(**answers: Any) -> dict[str, Any]:
    return {**_SHOP, "components": [{**_SHOP["components"][0], **answers}]}


@pytest.mark.parametrize("exposure", [None, "public", "partner"])
def test_how_callers_from_the_internet_are_authenticated_is_asked_before_anything_is_accepted(
    exposure: str | None, book: Book
) -> None:
    design = advise(make_requirements(shop(**({"exposure": exposure} if exposure else {}))), book)
    question = next_question(analyse_verdict(design.verdict, design.dated))
    assert question is not None
    assert (question.subject, question.field, question.because) == ("api", "authentication", "open-door")
    assert not question.accept
    assert ("api", "authentication") not in question.rest


@pytest.mark.parametrize("answers", [{"exposure": "private"}, {"trigger": ["message"]}])
def test_it_is_not_asked_first_of_a_component_that_the_internet_does_not_reach(
    answers: dict[str, Any], book: Book
) -> None:
    design = advise(make_requirements(shop(**answers)), book)
    question = next_question(analyse_verdict(design.verdict, design.dated))
    assert question is not None
    assert question.field != "authentication"


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_asks_for_it_and_names_it_until_callers_are_authenticated(lang: Lang) -> None:
    page = opened(r=pack(shop()) or "", lang=lang)
    assert page.selectbox(key=f"next.{lang}.api.authentication")
    page.button(key="accept_rest").click()
    ran(page)
    assert drafts.answer(state(page).draft or {}, "api", "authentication") is None
    state(page).change(drafts.with_answer(state(page).draft or {}, "api", "authentication", "none"))
    page.button_group(key="tab").set_value("check")
    ran(page)
    said = (
        'without authentication, and it writes to "orders"'
        if lang == "en"
        else "認証なしで呼び出せ、呼び出しによって「orders」に書き込めます"
    )
    assert said in shown(page).replace("\\", "")
    state(page).change(drafts.with_answer(state(page).draft or {}, "api", "authentication", "sign-up"))
    ran(page)
    assert said not in shown(page).replace("\\", "")


@pytest.mark.parametrize(
    ("answers", "more", "found"),
    [
        ({}, {}, ["api"]),
        ({"authentication": "none"}, {}, ["api"]),
        ({"authentication": "aws-iam"}, {}, []),
        ({"source_ips": True}, {}, []),
        ({"writes": []}, {}, []),
        ({}, {"workload": {"data_class": "regulated"}}, []),
    ],
)
def test_an_endpoint_that_writes_for_anyone_is_an_open_point(
    answers: dict[str, Any], more: dict[str, Any], found: list[str], book: Book
) -> None:
    design = advise(make_requirements({**shop(**answers), **more}), book)
    assert [door.subject for door in open_doors(design.requirements, design.verdict)] == found
    points = [row[2] for row in rows(document(design, "en"), "open-points")]
    assert any("without authentication" in point for point in points) is bool(found)
