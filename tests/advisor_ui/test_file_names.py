"""Names of files: what is downloaded is named after the title in its own letters, and an error names the file that was opened."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.words import say
from tests.advisor_ui.server import settle
from tests.advisor_ui.visiting import Visit


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Order intake, v2", "order-intake-v2"),
        ("注文受付システム", "注文受付システム"),
        ("注文 API（本番）", "注文-api-本番"),
        ({"en": "Shop", "ja": "店舗"}, "shop"),
        ('../..\\ " ?', "architecture"),
        ("", "architecture"),
        ("２０２６年度 ﾊﾞｯﾁ", "2026年度-バッチ"),
    ],
)
def test_a_file_is_named_after_the_title_in_its_letters(title: Any, name: str) -> None:
    assert drafts.slug({"title": title}) == name


def test_a_file_of_a_design_without_a_title_is_named_after_its_first_parts() -> None:
    parts = [
        {"id": "a", "title": {"en": "Shop", "ja": "店舗"}},
        {"id": "b", "title": "Order API"},
        {"id": "c", "title": "Job"},
    ]
    assert drafts.slug({"components": parts}) == "shop-order-api"
    assert drafts.slug({"title": "Sale", "components": parts}) == "sale"
    assert drafts.slug({"components": [{"id": "a"}]}) == "architecture"


def test_a_title_in_japanese_names_the_downloads_in_chromium(visit: Visit, tmp_path: Path) -> None:
    draft = {"title": "注文受付", "components": [{"id": "a", "trigger": "on-demand"}]}
    page = visit(f"r={quote(pack(draft) or '')}&lang=ja")
    page.locator(".st-key-tab").get_by_text("ダウンロード").first.click()
    settle(page)
    for key, name in (("adr", "注文受付.md"), ("sam", "注文受付-sam.zip")):
        with page.expect_download() as download:
            page.locator(f".st-key-take-{key} button").click()
        assert download.value.suggested_filename == name
        kept = tmp_path / name
        download.value.save_as(kept)
        assert kept.stat().st_size > 1000


@pytest.mark.parametrize("lang", LANGS)
def test_an_error_names_the_file_that_was_opened(lang: Lang, visit: Visit) -> None:
    page = visit(f"lang={lang}")
    file = {"name": "要件 *1*.yaml", "mimeType": "application/yaml", "buffer": b"components: {"}
    page.locator(".opener input[type=file]").set_input_files(file)
    settle(page)
    said = page.get_by_role("alert").all_inner_texts()
    assert any(say("named_file_problem", lang, name="要件 *1*.yaml") in words for words in said), said
