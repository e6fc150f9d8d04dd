"""The number of receivers: no channel is made of what is no number, and an example is written as the language writes it."""

import pytest

from advisor.text import LANGS, Lang
from advisor.vocabulary import FIELDS, units
from advisor.vocabulary.amounts import parse_amount
from advisor_ui.questions.fields import assumed_words, field_of
from advisor_ui.state import draft as drafts
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown, state

_KEY = "fan_out.component-1"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("words", ["many friends", "-3", "2.5"])
def test_a_number_of_receivers_that_is_none_makes_no_channel_and_is_said(words: str, lang: Lang) -> None:
    page = opened(s="new", lang=lang)
    page.text_input(key=_KEY).set_value(words)
    ran(page)
    assert drafts.ids(state(page).draft or {}, ("channel",)) == []
    assert any(words in one.value.replace("\\", "") for one in page.error)
    assert page.text_input(key=_KEY).value == words
    page.text_input(key=_KEY).set_value("3")
    ran(page)
    (channel,) = drafts.ids(state(page).draft or {}, ("channel",))
    assert drafts.answer(state(page).draft or {}, channel, "fan_out") == "3"
    assert not page.error


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_page_makes_no_channel_of_what_is_no_number(lang: Lang) -> None:
    page = opened(lang=lang)
    page.text_input(key="three.fan_out").set_value("many friends")
    page.button(key="three.go").click()
    ran(page)
    assert drafts.ids(state(page).draft or {}, ("channel",)) == []
    assert "many friends" in shown(page) or any("many friends" in one.value for one in page.error)


def test_examples_are_written_as_each_language_writes_them_and_are_read_back() -> None:
    assert assumed_words(field_of("component", "wait_s"), None, "ja") == "例: 20 分"
    assert assumed_words(field_of("component", "wait_s"), None, "en") == "for example 20 min"
    for field in (field for fields in FIELDS.values() for field in fields if field.kind == "quantity"):
        example = units.example(field.unit)
        assert example is not None
        assert parse_amount(example.ja, field) == parse_amount(example.en, field)
