"""What was entered on the first page is there again after the way to a design and back, and in the other language."""

import pytest
from streamlit.testing.v1 import AppTest

from advisor.text import LANGS, Lang
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state

ENTERED = {
    "three.run": "20 s", "three.fan_out": "3", "paste": "An API and a database",
    "three.kubernetes": "house-standard", "three.trigger": ["request"], "three.parts": ["api", "database"],
}  # fmt: skip


def fill(page: AppTest, lang: Lang) -> None:
    page.text_input(key="three.run").set_value(ENTERED["three.run"])
    page.text_input(key="three.fan_out").set_value(ENTERED["three.fan_out"])
    page.text_area(key="paste").set_value(ENTERED["paste"])
    page.selectbox(key=f"three.kubernetes.{lang}").set_value(ENTERED["three.kubernetes"])
    page.button_group(key=f"three.trigger.{lang}").set_value(ENTERED["three.trigger"])
    page.button_group(key=f"three.parts.{lang}").set_value(ENTERED["three.parts"])


def held(page: AppTest, lang: Lang) -> dict[str, object]:
    return {
        "three.run": page.text_input(key="three.run").value,
        "three.fan_out": page.text_input(key="three.fan_out").value,
        "paste": page.text_area(key="paste").value,
        "three.kubernetes": page.selectbox(key=f"three.kubernetes.{lang}").value,
        "three.trigger": page.button_group(key=f"three.trigger.{lang}").value,
        "three.parts": page.button_group(key=f"three.parts.{lang}").value,
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("button", ["three.go", "paste_go"])
def test_the_way_back_from_a_design_loses_nothing(lang: Lang, button: str) -> None:
    page = opened(lang=lang)
    fill(page, lang)
    page.button(key=button).click()
    ran(page)
    assert state(page).draft is not None
    ran(page)
    page.button(key="home").click()
    ran(page)
    assert held(page, lang) == ENTERED
    page.text_area(key="paste").set_value("")
    page.button(key="to_book").click()
    ran(page)
    page.button(key="home").click()
    ran(page)
    assert held(page, lang) == {**ENTERED, "paste": ""}, "what was deleted stays deleted"


def test_the_other_language_keeps_what_was_entered() -> None:
    page = opened(lang="en")
    fill(page, "en")
    ran(page)
    page.button_group(key="lang").set_value("ja")
    ran(page)
    assert held(page, "ja") == ENTERED
