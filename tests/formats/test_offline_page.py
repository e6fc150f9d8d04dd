"""The HTML file is opened in Chromium from a folder, without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

import renderers
from advisor.design import Design
from tests.advisor_ui.server import running_browser
from tests.renderers.samples import SAMPLES

BOX = "() => document.querySelector('main svg').getBoundingClientRect().width"


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    with running_browser(chromium) as opened:
        yield opened


@pytest.fixture
def page(browser: Any, designs: dict[str, Design], tmp_path: Path) -> Iterator[Any]:
    file = tmp_path / "architecture.html"
    file.write_bytes(renderers.draw(designs["web-application"], ".html"))
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.asked, opened.failed = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("pageerror", lambda error: opened.failed.append(str(error)))
    opened.on("console", lambda message: opened.failed.append(message.text) if message.type == "error" else None)
    opened.goto(file.as_uri())
    yield opened
    assert opened.asked == [file.as_uri()], "no request leaves"
    assert opened.failed == []
    opened.close()


def test_a_click_opens_the_reasons_in_both_languages(page: Any) -> None:
    page.locator('main [data-node="api.compute"]').click()
    panel = page.locator("aside")
    assert "AWS Lambda" in panel.locator("h2").inner_text()
    assert panel.locator("li").count() >= 2
    assert panel.locator("a").first.get_attribute("href").startswith("https://docs.aws.amazon.com/")
    page.get_by_role("button", name="日本語で表示").click()
    assert page.evaluate("document.documentElement.lang") == "ja"
    assert "夜間" in page.locator("h1").inner_text()
    assert "サーバー" in panel.inner_text()
    page.keyboard.press("Escape")
    assert not panel.is_visible()


def test_keys_reach_every_part_and_open_its_reasons(page: Any) -> None:
    page.locator('main [data-node="api.compute"]').focus()
    page.keyboard.press("Enter")
    assert page.locator("aside").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Close"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.node") == "api.compute"


def test_tab_goes_along_the_steps_and_shows_where_it_is(page: Any) -> None:
    page.locator("main").focus()
    told = "({ label: document.activeElement.getAttribute('aria-label'), edge: document.activeElement.dataset.edge })"
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stroke = page.evaluate("getComputedStyle(document.activeElement.querySelector('.advisor-focus')).stroke")
        assert stroke == "rgb(9, 114, 211)"
        seen.append(page.evaluate(told))
    assert [bool(one.get("edge")) for one in seen] == [False, True, False, True]
    assert seen[1]["label"].startswith("Step 1: ")
    assert seen[3]["label"].startswith("Step 2: ")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_two_designs_side_by_side_open_with_the_reasons_of_each(
    browser: Any, designs: dict[str, Design], tmp_path: Path
) -> None:
    file = tmp_path / "both.html"
    both = (designs["scheduled-batch"], designs["event-driven-job"])
    file.write_bytes(renderers.draw_beside(*both, "both", ".html")["both.html"])
    opened = browser.new_page(viewport={"width": 1400, "height": 900})
    opened.goto(file.as_uri())
    assert opened.locator("main [data-node^='sheet.']").count()
    opened.locator("select").select_option("whole")
    opened.locator('main [data-node="after.transcode.compute"]').focus()
    opened.keyboard.press("Enter")
    assert "Transcoding" in opened.locator("aside h2").inner_text()
    found = Axe().run(opened).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    opened.close()


def test_sheets_lead_to_each_other_by_mouse_and_keys(browser: Any, designs: dict[str, Design], tmp_path: Path) -> None:
    (content,) = renderers.draw_sheets(designs["web-application"], "web", ".html", size="16:9").values()
    (tmp_path / "web.html").write_bytes(content)
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    opened.goto((tmp_path / "web.html").as_uri())
    shown = "() => [document.querySelector('select').value, document.querySelector('main svg title').textContent]"
    overview = opened.evaluate(shown)
    opened.locator('main [data-node^="sheet.2."]').click()
    number, title = opened.evaluate(shown)
    assert number == "2"
    assert title.startswith(f"{overview[1]} – 2. ")
    opened.locator('main a[href="#"]').focus()
    opened.keyboard.press("Enter")
    assert opened.evaluate(shown) == overview
    opened.locator('main a[href="#1"]').focus()
    opened.keyboard.press("Enter")
    assert opened.evaluate(shown)[0] == "1"
    opened.close()


def test_zoom_pan_fit_and_theme(page: Any) -> None:
    before = page.evaluate(BOX)
    assert before <= 1280
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(BOX) == pytest.approx(before * 1.25, rel=0.01)
    page.get_by_role("button", name="Fit to window").click()
    assert page.evaluate(BOX) == pytest.approx(before, rel=0.01)
    left = page.locator("main svg").bounding_box()["x"]
    page.mouse.move(600, 700)
    page.mouse.down()
    page.mouse.move(660, 700, steps=3)
    page.mouse.up()
    assert page.locator("main svg").bounding_box()["x"] == pytest.approx(left + 60, abs=1)
    page.get_by_role("button", name="Light or dark theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 27, 42)"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page: Any, theme: str) -> None:
    if theme == "dark":
        page.get_by_role("button", name="Light or dark theme").click()
    page.locator('main [data-node="api.compute"]').click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


def test_axe_finds_nothing_in_the_svg_alone_and_the_focus_shows(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "architecture.svg"
    file.write_bytes(renderers.draw(SAMPLES["web-and-batch"], ".svg", theme="dark"))
    opened = browser.new_page()
    opened.goto(file.as_uri())
    for tag in ("node", "edge", "node"):
        opened.keyboard.press("Tab")
        assert opened.evaluate(f"document.activeElement.dataset.{tag}")
        stroke = opened.evaluate("getComputedStyle(document.activeElement.querySelector('.advisor-focus')).stroke")
        assert stroke == "rgb(83, 159, 229)"
    found = Axe().run(opened).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    opened.close()


def test_words_of_users_stay_words(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_bytes(renderers.draw(SAMPLES["hostile"], ".html"))
    opened = browser.new_page()
    said: list[str] = []
    opened.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    opened.goto(file.as_uri())
    assert opened.locator("main svg").count() == 1
    assert opened.locator("script").count() == 2
    assert said == []
    opened.close()
