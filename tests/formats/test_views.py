"""Several views in one file: slides, pages and a choice, each opened; else a file for each."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pptx import Presentation
from pypdf import PdfReader

import renderers
from advisor.design import Design
from advisor.text import LANGS, Lang
from advisor_bundle.views import TITLES, all_views
from prove import tools
from tests.advisor_ui.server import running_browser
from tests.formats.test_drawio import normalized

STORY = "async-coupling"


@pytest.fixture(scope="module")
def views(designs: dict[str, Design]) -> dict[str, Design]:
    return all_views(designs[STORY])


def together(views: dict[str, Design], suffix: str, lang: Lang = "en") -> bytes:
    ((name, content),) = renderers.draw_views(views, "x", suffix, lang=lang).items()
    assert name == f"x{suffix}"
    assert content == renderers.draw_views(views, "x", suffix, lang=lang)[name], "always the same bytes"
    return content


@pytest.mark.parametrize("lang", LANGS)
def test_a_presentation_has_a_slide_for_each_view(views: dict[str, Design], lang: Lang) -> None:
    slides = Presentation(BytesIO(together(views, ".pptx", lang))).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert len(titles) == 1 + len(TITLES)
    for title, view in zip(titles[1:], TITLES.values(), strict=True):
        assert title.endswith(f"– {view.in_(lang)}")


def test_a_pdf_has_a_page_and_a_bookmark_for_each_view(views: dict[str, Design]) -> None:
    reader = PdfReader(BytesIO(together(views, ".pdf")))
    assert len(reader.pages) == 1 + len(TITLES)
    assert [str(mark["/Title"]) for mark in reader.outline][1:] == [title.en for title in TITLES.values()]  # type: ignore[call-overload,index]


def test_a_draw_io_file_has_a_page_for_each_view(views: dict[str, Design]) -> None:
    pages = ET.fromstring(together(views, ".drawio", "ja")).findall("diagram")
    assert [page.get("id") for page in pages] == ["architecture", *TITLES]
    assert [page.get("name") for page in pages][1:] == [title.ja for title in TITLES.values()]


def test_draw_io_itself_would_change_nothing(views: dict[str, Design], drawio: Path, tmp_path: Path) -> None:
    files = []
    for view, design in views.items():
        files.append(tmp_path / f"view-{view}.drawio")
        files[-1].write_bytes(renderers.draw(design, ".drawio", lang="ja"))
    counts = normalized(tools.node() / "node", drawio / "node_modules", files)
    assert counts == [0] * len(files)


def test_other_formats_are_a_file_for_each_view(views: dict[str, Design]) -> None:
    for suffix in (".svg", ".mmd", ".py", ".drawio.svg"):
        assert list(renderers.draw_views(views, "x", suffix)) == [
            f"x{suffix}",
            *(f"x-{view}{suffix}" for view in TITLES),
        ]


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    with running_browser(chromium) as opened:
        yield opened


@pytest.fixture
def page(browser: Any, views: dict[str, Design], tmp_path: Path) -> Iterator[Any]:
    file = tmp_path / "views.html"
    file.write_bytes(together(views, ".html"))
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    failed: list[str] = []
    opened.on("pageerror", lambda error: failed.append(str(error)))
    opened.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    opened.goto(file.as_uri())
    yield opened
    assert failed == []
    opened.close()


def test_the_offline_page_switches_between_views_by_keyboard(page: Any) -> None:
    picture = page.locator("main svg")
    assert "ProcessBFunctionRole" not in picture.inner_html()
    select = page.get_by_label("View")
    assert select.locator("option").all_inner_texts() == ["Architecture", *(title.en for title in TITLES.values())]
    select.focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.locator("main svg", has_text="ProcessBFunctionRole").wait_for()
    page.get_by_role("button", name="日本語で表示").click()
    assert "ロール: ProcessBFunctionRole" in picture.inner_html()
    assert select.count() == 0
    assert page.get_by_label("ビュー").locator("option:checked").inner_text() == "セキュリティ"
    page.get_by_label("ビュー").select_option("")
    assert "ProcessBFunctionRole" not in picture.inner_html()


def test_axe_finds_nothing(page: Any) -> None:
    page.get_by_label("View").select_option("failure")
    assert Axe().run(page).response["violations"] == []
