"""The keyboard alone: an interview from an empty page to a download, the diagram, the order of stops, and a focus that stays."""

from pathlib import Path
from typing import Any

import pytest

from tests.advisor_ui.server import NARROW, WIDE, settle
from tests.advisor_ui.visiting import STORY, Visit, focused, reach

AREAS = ("bar", "questions", "diagram", "decision")


def press(page: Any, *keys: str) -> dict[str, Any]:
    """Press keys, wait for the page, and return what has the focus then, which is never nothing."""
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    settle(page)
    page.wait_for_function("document.activeElement !== document.body", timeout=5_000)
    settle(page)
    return focused(page)


def test_an_interview_is_made_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("lang=en")
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Skip to main content"
    page.keyboard.press("Enter")
    reach(page, "Longest run")
    page.keyboard.type("20 s")
    reach(page, "Show the architecture")
    page.keyboard.press("Enter")
    page.wait_for_selector(".diagram [data-node]")
    assert press(page)["tag"] == "H1", "a design begins at its title"
    reach(page, "Add a part")
    assert "Add a part" in press(page, "Enter", "End", "Enter")["name"]
    page.locator(".diagram [data-node]", has_text="Store 1").wait_for()
    assert page.get_by_text("Store 1").count() > 0
    reach(page, "Link to", key="decision", presses=200)
    assert "st-key-decision" in press(page, "Enter")["keys"], "the button is gone, the focus stays where it was"
    page.locator(".st-key-undone").wait_for()
    node = reach(page, "Component 1", key="diagram", back=True)
    assert press(page, "Enter")["node"] == node["node"]
    assert f"at={node['node']}" in page.url
    reach(page, "Reasons", key="tab")
    assert focused(page)["role"] == "radio"
    press(page, *["ArrowRight"] * 5, "Enter")
    reach(page, "SVG", key="decision")
    with page.expect_download(timeout=60_000) as file:
        page.keyboard.press("Enter")
    assert Path(file.value.path()).read_bytes().startswith(b"<svg")


def test_an_answer_keeps_the_focus_and_the_next_question_takes_it(visit: Visit) -> None:
    page = visit("s=new&lang=en")
    reach(page, key="next_question")
    option = reach(page, "A request", key="card")
    assert option["role"] in ("", "radio")
    after = press(page, "Enter")
    assert "st-key-card" in after["keys"], "the next question has the focus"
    assert after["tag"] != "SUMMARY"
    field = reach(page, "Longest run")
    page.keyboard.type("2 min")
    assert press(page, "Enter")["name"] == field["name"]
    assert press(page, "Control+a", "Backspace", "Enter")["name"] == field["name"]
    page.keyboard.type("soon")
    assert press(page, "Enter")["name"] == field["name"], "a refused answer can be typed again at once"
    reach(page, "Decision rules", key="to_book", presses=200)
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-rulebook_list")
    opened = press(page)
    assert (opened["tag"], opened["name"]) == ("H1", "Decision rules")


def test_the_diagram_is_moved_and_asked_with_keys(visit: Visit) -> None:
    page = visit(f"{STORY}&lang=en")
    box = page.locator(".diagram .canvas svg")
    canvas = reach(page, "Architecture diagram", key="diagram")
    assert canvas["role"] == "group"
    seen = [box.get_attribute("viewBox")]
    for key in ("+", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "-"):
        page.keyboard.press(key)
        seen.append(box.get_attribute("viewBox"))
        assert seen[-1] != seen[-2], key
    page.keyboard.press("0")
    assert box.get_attribute("viewBox") == seen[0]
    names = [reach(page, key="diagram")["name"] for _ in range(3)]
    assert names[::2] == ["Users, internet (assumed)", "Amazon CloudFront, CDN"]
    assert names[1].startswith("Step 1: ")
    assert names[1].endswith("Users load the site from the nearest edge location of Amazon CloudFront")
    assert press(page, "Enter")["name"] == "Amazon CloudFront, CDN", "what is chosen keeps the focus"
    assert "at=api.delivery" in page.url
    page.keyboard.press("Escape")
    assert focused(page)["name"] == canvas["name"]
    page.keyboard.press("Shift+Tab")
    assert focused(page)["name"] == "Skip the diagram"
    page.keyboard.press("Enter")
    assert "st-key-decision" in focused(page)["keys"], "past all services"


@pytest.mark.parametrize(("size", "order"), [(WIDE, AREAS), (NARROW, ("bar", "diagram", "questions", "decision"))])
def test_tab_goes_through_the_page_as_it_is_read_and_comes_out(
    visit: Visit, size: dict[str, int], order: tuple[str, ...]
) -> None:
    page = visit(f"{STORY}&lang=en", size)
    areas, stops = [], 0
    page.keyboard.press("Tab")
    while (found := focused(page))["tag"] != "BODY" and stops < 250:
        areas += [area for area in AREAS if f"st-key-{area}" in found["keys"]][:1]
        page.keyboard.press("Tab")
        stops += 1
    assert stops < 250, "the focus is caught"
    assert tuple(area for area, before in zip(areas, ["", *areas], strict=False) if area != before) == order
    page.keyboard.press("Shift+Tab")
    assert focused(page)["tag"] != "BODY", "and goes back in"
