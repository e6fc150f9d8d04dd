"""The page in a real browser: from the gallery to opened downloads, links in new profiles, phones, keys and nonsense.

One server and one browser for all; each test has a fresh profile, and no request of any of them may leave the machine.
"""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import rules
from advisor.requirements.reading import read_requirements
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.state.session import story
from tests.advisor_ui.server import NARROW, WIDE, at_rest, settle

Open = Callable[..., Any]
SCROLLED = "document.querySelector('.stMain').scrollTop"


def answer(page: Any, label: str, words: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(words)
    field.press("Enter")
    settle(page)


def tab(page: Any, words: str) -> None:
    page.locator(".st-key-tab").get_by_text(words).first.click()
    settle(page)


def nodes(page: Any) -> list[str]:
    return [str(node.get_attribute("aria-label")) for node in page.locator(".diagram [data-node]").all()]


def downloaded(page: Any, label: str) -> tuple[str, bytes]:
    with page.expect_download(timeout=60_000) as found:
        page.get_by_role("button", name=label).first.click()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_an_example_opened_from_a_scrolled_gallery_is_shown_from_its_top(size: dict[str, int], visit: Open) -> None:
    page = visit(size=size)
    card = page.locator(".gallery .card").last
    card.scroll_into_view_if_needed()
    assert page.evaluate(SCROLLED) > 1000
    card.click()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    assert page.evaluate(SCROLLED) == 0
    diagram = page.locator(".diagram").bounding_box()
    assert 0 < diagram["y"] < size["height"] / 3
    page.mouse.wheel(0, 600)
    page.wait_for_function(f"{SCROLLED} > 0")
    answer(page, "Longest run", "2 s")
    assert page.evaluate(SCROLLED) > 0, "an answer leaves the page where it is"


def test_from_the_gallery_to_opened_downloads(visit: Open) -> None:
    page = visit()
    assert page.locator(".gallery .card").count() == len(rules.STORIES)
    page.locator(".gallery .card").nth(rules.STORIES.index("scheduled-batch")).click()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    tab(page, "Downloads")
    name, svg = downloaded(page, "SVG")
    assert name == "scheduled-batch.svg"
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert downloaded(page, "PNG")[1].startswith(b"\x89PNG")
    assert downloaded(page, "PDF")[1].startswith(b"%PDF")
    assert b"flowchart" in downloaded(page, "Mermaid")[1]
    compile(downloaded(page, "Python source (diagrams)")[1], "architecture.py", "exec")
    assert downloaded(page, "Graphviz diagram")[1].startswith(b"\x89PNG")
    name, pages = downloaded(page, "Decision record (MADR 4, summary)")
    assert (name, pages[:21]) == ("scheduled-batch.md", b"---\nstatus: proposed\n")
    name, full = downloaded(page, "Decision record with appendix")
    assert name == "scheduled-batch-full.md"
    summary, _, rest = pages[: pages.index(b"\n## Decision Drivers")].partition(b"This is a summary of the full record")
    assert full.startswith(summary + rest.partition(b"\n\n")[2])
    assert b"\n## Appendix\n" in full
    assert read_requirements(downloaded(page, "Requirements file")[1]) == rules.load_story("scheduled-batch")
    projects = {"AWS SAM": "template.yaml", "AWS CDK (Python)": "app.py", "AWS CDK (TypeScript)": "bin/app.ts"}
    for label, wanted in projects.items():
        with zipfile.ZipFile(io.BytesIO(downloaded(page, label)[1])) as project:
            assert project.testzip() is None
            assert wanted in project.namelist()
            assert {"DECISION.md", "requirements.yaml"} <= set(project.namelist())


def test_each_answer_changes_the_diagram_and_comes_back_from_the_link(visit: Open) -> None:
    page = visit("s=scheduled-batch&lang=en")
    assert any("Fargate" in node for node in nodes(page))
    answer(page, "Longest run", "10 min")
    answer(page, "Longest run", "twenty parsecs")
    assert page.get_by_role("alert").filter(has_text="Longest run").count() >= 1
    page.reload()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    assert page.get_by_label("Longest run", exact=True).input_value() == "twenty parsecs"
    page.get_by_label("Longest run", exact=True).fill("11 min")
    page.get_by_label("Longest run", exact=True).press("Enter")
    settle(page)
    page.locator(".st-key-lang").get_by_text("日本語").click()
    settle(page)
    other = visit(page.url)
    assert other.get_by_label("最長の実行時間", exact=True).input_value() == "11 min"
    assert other.evaluate("document.documentElement.lang") == "ja"
    assert nodes(other) == nodes(page)


def test_back_and_forward_step_through_the_answers(visit: Open) -> None:
    page = visit()
    page.locator(".gallery .card").nth(6).click()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    answer(page, "Longest run", "50 min")
    page.go_back()
    page.wait_for_timeout(300)
    settle(page)
    assert page.get_by_label("Longest run", exact=True).input_value() == "40 min"
    page.go_back()
    page.wait_for_selector(".gallery .card")
    page.go_forward()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    assert page.get_by_label("Longest run", exact=True).input_value() == "40 min"


def test_a_click_on_a_service_opens_its_reasons_and_keys_do_too(visit: Open) -> None:
    page = visit("s=web-application&lang=en")
    page.locator('.diagram [data-node="report.workflow"]').click(position={"x": 12, "y": 12})
    settle(page)
    page.get_by_role("heading", name="AWS Step Functions (Standard)").wait_for()
    assert "at=report.workflow" in page.url
    page.locator('.diagram [data-node="items.store"]').focus()
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("heading", name="Amazon DynamoDB").wait_for()
    canvas = page.locator(".diagram .canvas")
    canvas.focus()
    before = page.locator(".diagram .canvas svg").get_attribute("viewBox")
    for key in ("+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        after = page.locator(".diagram .canvas svg").get_attribute("viewBox")
        assert after != before
        before = after
    page.keyboard.press("0")
    page.mouse.move(700, 300)
    page.mouse.down()
    page.mouse.move(760, 340, steps=4)
    page.mouse.up()
    assert page.locator(".diagram .canvas svg").get_attribute("viewBox") != before


def test_the_diagram_is_the_hero(visit: Open) -> None:
    page = visit("s=web-application&lang=en")
    assert page.locator(".diagram .board").bounding_box()["width"] >= WIDE["width"] / 2


def test_a_phone_that_opens_the_page_never_scrolls_sideways(visit: Open) -> None:
    """What a phone's width shows of every state is tested where the states are; here the page is opened at that width."""
    page = visit("lang=ja", NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page = visit("s=web-application&lang=ja", NARROW)
    page.wait_for_timeout(400)
    settle(page)
    for words in ("変わる条件", "一覧", "仮定", "比較", "ダウンロード"):
        tab(page, words)
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= NARROW["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    top = page.locator(".diagram .board").first.bounding_box()["y"]
    assert top < page.locator(".st-key-questions").bounding_box()["y"]


def serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = at_rest(page, lambda: Axe().run(page).response["violations"])
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in ("serious", "critical")]


def test_double_clicks_and_nonsense_break_nothing(visit: Open) -> None:
    page = visit()
    page.locator(".gallery .card").first.dblclick()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    page.locator(".st-key-home button").dblclick()
    page.wait_for_selector(".gallery .card")
    settle(page)
    page.get_by_label("Longest run", exact=True).fill("<script>alert(1)</script> [a](javascript:x) :red[x]")
    page.get_by_role("button", name="Show the architecture").dblclick()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    name = page.get_by_label("Component: Name", exact=True)
    name.fill('"><img src=x onerror=alert(1)> **b** `c` $x$ 🦊')
    name.press("Enter")
    settle(page)
    assert page.locator("img[src=x]").count() == 0
    assert page.get_by_text("Traceback").count() == 0


def test_files_are_opened_or_refused_with_a_sentence(visit: Open) -> None:
    page = visit()
    field = page.locator(".opener input")
    bomb = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    for content, words in (
        (b"x" * 1_200_000, "1,200,000 bytes"),
        (bomb, "aliases"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"components:\n  - {id: api, longest_run_s: [}\n", "Line 2"),
    ):
        field.set_input_files({"name": "r.yaml", "mimeType": "text/yaml", "buffer": content})
        page.get_by_role("alert").filter(has_text=words).wait_for()
        settle(page)
    field.set_input_files({"name": "r.yaml", "mimeType": "text/yaml", "buffer": rules.story_bytes("realtime-chat")})
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    assert "s=realtime-chat" in page.url


def test_a_reason_leads_to_its_rule_in_the_same_session_and_back(visit: Open) -> None:
    page = visit("s=scheduled-batch&at=aggregate.compute&lang=en")
    answer(page, "Longest run", "41 min")
    page.locator('a[href^="?rule=long-work-in-a-container"]').first.click()
    page.get_by_role("heading", name="long-work-in-a-container").wait_for()
    settle(page)
    assert len(page.context.pages) == 1
    assert "rule=long-work-in-a-container" in page.url
    page.locator('.st-key-rulebook_list a[href^="?rule=array-jobs-suit-batch"]').click()
    page.get_by_role("heading", name="array-jobs-suit-batch").wait_for()
    page.go_back()
    page.get_by_role("heading", name="long-work-in-a-container").wait_for()
    settle(page)
    page.get_by_role("button", name="Back to the architecture").click()
    page.wait_for_selector(".diagram [data-node]")
    settle(page)
    assert page.get_by_label("Longest run", exact=True).input_value() == "41 min"


@pytest.mark.parametrize(
    "query", ["rule=steady-load-keeps-tasks-busy", "book=facts&service=lambda", "book=rules&role=compute"]
)
def test_the_rule_book_fits_a_phone_and_axe_finds_nothing_serious(visit: Open, query: str) -> None:
    page = visit(f"{query}&lang=ja", NARROW, "dark")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= NARROW["width"]
    assert not serious(page)


@pytest.mark.parametrize(("size", "beside"), [(WIDE, True), (NARROW, False)])
def test_a_file_is_compared_in_one_picture(visit: Open, size: dict[str, int], beside: bool) -> None:
    page = visit("s=scheduled-batch&lang=en", size)
    tab(page, "Compare")
    page.get_by_text("The designs do not differ.").wait_for()
    field = page.locator(".opener input")
    field.set_input_files({"name": "r.yaml", "mimeType": "text/yaml", "buffer": b"components: 3"})
    refusal = page.get_by_role("alert").filter(has_text='The file "r.yaml" could not be opened')
    refusal.wait_for()
    assert refusal.bounding_box()["y"] > field.bounding_box()["y"]
    field.set_input_files({"name": "r.yaml", "mimeType": "text/yaml", "buffer": rules.story_bytes("realtime-chat")})
    page.get_by_role("heading", name=rules.load_story("realtime-chat").title.en).wait_for()
    settle(page)
    assert not refusal.count()
    assert page.locator(".st-key-decision .diagram .board").count() == 1
    sides = [page.locator(f'.diagram [data-group="{side}"]').bounding_box() for side in ("before", "after")]
    assert (sides[0]["y"] == sides[1]["y"]) == beside
    added = page.locator('.diagram [data-node^="after."][aria-label*=", added, "]')
    assert added.count() > 2
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= size["width"]


def test_what_it_takes_a_slider_and_the_next_question_are_used_by_hand(visit: Open) -> None:
    draft = drafts.with_answer(story("scheduled-batch"), "aggregate", "packaging", "code")
    page = visit(f"r={pack(draft)}&at=aggregate.compute&lang=en")
    page.get_by_text("Candidates compared").wait_for()
    page.get_by_role("combobox", name="Candidate in detail").fill("AWS Lambda:")
    page.keyboard.press("Enter")
    settle(page)
    page.locator(".st-key-why_not summary").click()
    page.get_by_role("button", name="Apply").click()
    page.locator('.diagram [data-node="aggregate.compute"]', has_text="Lambda").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.locator('.diagram [data-node="aggregate.compute"]', has_text="Fargate").wait_for()
    settle(page)
    tab(page, "What if")
    slider = page.locator(".stSlider").get_by_role("slider")
    for _ in range(12):
        slider.press("ArrowLeft")
    page.locator('.diagram [data-node="aggregate.compute"]', has_text="Lambda").wait_for()
    settle(page)
    asked = page.locator(".st-key-next_question").inner_text()
    page.get_by_role("button", name=re.compile("As assumed|Accept the")).first.click()
    settle(page)
    page.wait_for_timeout(300)
    settle(page)
    # One list may hold all assumptions that are left: then nothing is asked any more.
    left = page.locator(".st-key-next_question")
    assert not left.count() or left.inner_text() != asked
    assert page.locator('.diagram [data-node="aggregate.compute"]').count() == 1
