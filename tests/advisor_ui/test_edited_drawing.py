"""A draw.io file comes back on the page: its layout is kept in the downloads, and a hostile one is refused in a sentence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from renderers.drawio.reading import read
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server, settle


@pytest.fixture
def page(chromium: Path) -> Iterator[Any]:
    with running_server() as (url, _), running_browser(chromium) as browser:
        page = browser.new_page(viewport=WIDE, accept_downloads=True)
        open_page(page, f"{url}/?s=scheduled-batch&lang=ja")
        page.locator(".st-key-tab").get_by_text("ダウンロード").first.click()
        settle(page)
        yield page


def _open(page: Any, content: bytes) -> None:
    field = page.locator(".opener input[accept*='.drawio']")
    field.set_input_files({"name": "edited.drawio", "mimeType": "application/xml", "buffer": content})
    settle(page)


def test_an_edited_file_keeps_its_layout(page: Any, book: Book) -> None:
    drawn = renderers.draw(advise(rules.load_story("scheduled-batch"), book), ".drawio", lang="ja").decode()
    found = re.search(r'id="node-aggregate\.compute".*?<mxGeometry x="([^"]+)"', drawn)
    assert found
    moved = drawn[: found.start(1)] + str(float(found[1]) + 17) + drawn[found.end(1) :]
    _open(page, b"<!DOCTYPE m [<!ENTITY a 'b'>]><mxfile>&a;</mxfile>")
    page.get_by_text("文書型宣言または実体宣言").wait_for()
    _open(page, moved.encode())
    page.get_by_text("図はこの構成と一致しています").wait_for()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="draw.io（編集したレイアウト）").click()
    again = Path(download.value.path()).read_bytes()
    assert read(again).boxes("node")["aggregate.compute"] == read(moved.encode()).boxes("node")["aggregate.compute"]
    page.get_by_role("button", name="この図を破棄").click()
    settle(page)
    assert page.get_by_role("button", name="draw.io（編集したレイアウト）").count() == 0
