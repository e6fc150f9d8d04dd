"""A question that is open for several alike parts is answered once for all of them, if the architect says so."""

from typing import Any

import pytest

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.link import pack
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state

STATED = {"longest_run_s": "20 s", "authentication": "none", "rate_average_rps": "2/s"}
APIS = ("basket", "stock", "prices")
SHOP: Raw = {
    "schema": 2,
    "components": [
        {"id": id, "title": id.title(), "trigger": ["request"], "reads": ["items"], "writes": ["items"], **STATED}
        for id in APIS
    ],
    "stores": [{"id": "items", "access": "key-value"}],
}


def at_packaging(lang: Lang) -> Any:
    """Return the page when its card asks how the program of the first part is packaged."""
    page = opened(r=pack(SHOP) or "", lang=lang)
    for _ in range(12):
        if not asked(page, lang).isdisjoint(APIS):
            return page
        page.button(key="not_now").click()
        ran(page)
    pytest.fail("packaging is not asked")


def asked(page: Any, lang: Lang) -> set[str]:
    """Return the parts of which the card asks how their programs are packaged."""
    keys = [str(one.key) for kind in ("selectbox", "button_group") for one in page.get(kind)]
    cards = [key.split(".") for key in keys if key.startswith(f"next.{lang}.")]
    return {card[2] for card in cards if card[3] == "packaging"}


def packaging(page: Any) -> list[Any]:
    return [drafts.answer(state(page).draft or {}, id, "packaging") for id in APIS]


def choose_image(page: Any, lang: Lang) -> None:
    (part,) = asked(page, lang)
    (card,) = [one for one in page.get("button_group") if one.key == f"next.{lang}.{part}.packaging"]
    card.set_value("container-image")
    ran(page)


@pytest.mark.parametrize("lang", LANGS)
def test_packaging_is_answered_once_for_all_alike_parts_and_taken_back_at_once(lang: Lang) -> None:
    page = at_packaging(lang)
    (first,) = asked(page, lang)
    (switch,) = page.toggle
    named = [id for id in APIS if say("quoted", lang, name=id.title()) in switch.label]
    assert named == [id for id in APIS if id != first]
    switch.set_value(True)
    ran(page)
    assert packaging(page) == [None] * 3  # nothing is answered by the switch alone
    choose_image(page, lang)
    assert packaging(page) == ["container-image"] * 3
    assert not asked(page, lang)
    assert any(say("quoted", lang, name="Basket") in note.value for note in page.info)
    page.button(key="undo").click()
    ran(page)
    assert packaging(page) == [None] * 3


def test_without_the_switch_only_the_part_that_is_asked_about_is_answered() -> None:
    page = at_packaging("en")
    choose_image(page, "en")
    assert packaging(page).count("container-image") == 1


@pytest.mark.parametrize(("button", "answer"), [("as_assumed", "code"), ("not_now", None)])
def test_the_switch_also_applies_to_what_is_accepted_or_put_off(button: str, answer: str | None) -> None:
    page = at_packaging("en")
    page.toggle[0].set_value(True)
    ran(page)
    page.button(key=button).click()
    ran(page)
    assert packaging(page) == [answer] * 3
    assert not asked(page, "en")
