"""The design document on the page: its format and its sections are chosen, and it is made only when it is asked for."""

import pytest

import advisor_document
from advisor.design import Design
from advisor.text import Lang
from tests.advisor_ui.page import opened, ran


@pytest.mark.parametrize(("lang", "label"), [("en", "Design document (Markdown)"), ("ja", "設計書（Markdown）")])
def test_the_document_is_offered_in_a_format_without_sections(
    lang: Lang, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, ...]] = []

    def document(_design: Design, _lang: Lang, without: tuple[str, ...]) -> None:
        made.append(tuple(without))

    monkeypatch.setattr(advisor_document, "document", document)
    page = opened(s="scheduled-batch", lang=lang)
    page.button_group(key="tab").set_value("take")
    ran(page)
    assert not [button for button in page.get("download_button") if button.label == label]
    page.session_state["document"] = True
    ran(page)
    page.selectbox(key=f"document.format.{lang}").set_value(".md")
    page.multiselect(key=f"document.without.{lang}").set_value(["permissions", "glossary"])
    ran(page)
    assert [button.label for button in page.get("download_button")].count(label) == 1
    assert not made
