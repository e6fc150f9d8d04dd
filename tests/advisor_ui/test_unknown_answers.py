"""Who writes into a field that there is no answer yet is understood, and told what the design does."""

import pytest

from advisor.text import LANGS, Lang
from advisor.vocabulary import FIELDS
from advisor.vocabulary.amounts import known_words
from advisor_ui.state import draft as drafts
from advisor_ui.state.unknown import is_unknown
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state


@pytest.mark.parametrize(
    "words", ["don't know", "Don’t know.", "TBD", " not sure ", "わからない", "未定", "不明。", "？"]
)
def test_words_without_an_answer_are_known(words: str) -> None:
    assert is_unknown(words)


def test_no_answer_is_taken_for_none() -> None:
    for fields in FIELDS.values():
        for field in fields:
            answers = [option.value for option in field.options]
            if field.kind == "quantity":
                answers += [word for words in known_words(field) for word in words]
            assert not any(map(is_unknown, answers))


@pytest.mark.parametrize("words", ["don't know", "未定"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_field_says_that_it_was_left_open(words: str, lang: Lang) -> None:
    page = opened(s="new", lang=lang)
    page.text_input(key=f"q.{lang}.component-1.longest_run_s").set_value(words)
    ran(page)
    assert not page.error
    assert drafts.answer(state(page).draft or {}, "component-1", "longest_run_s") is None
    start = say("left_as_assumed", lang, value="\0").split("\0")[0]
    assert [caption.value for caption in page.caption if caption.value.startswith(start)]
    page.text_input(key=f"q.{lang}.component-1.longest_run_s").set_value("20 min")
    ran(page)
    assert not [caption.value for caption in page.caption if caption.value.startswith(start)]


def test_the_first_page_leaves_it_open_too() -> None:
    page = opened(lang="en")
    page.text_input(key="three.run").set_value("don't know")
    page.text_input(key="three.fan_out").set_value("unknown")
    ran(page)
    assert not page.error
    assert [caption.value for caption in page.caption].count(say("left_open", "en")) == 2
    page.button(key="three.go").click()
    ran(page)
    draft = state(page).draft or {}
    assert drafts.answer(draft, "component-1", "longest_run_s") is None
    assert drafts.ids(draft) == ["component-1"]
