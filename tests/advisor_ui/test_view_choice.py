"""The choice of a view on the page: in the link, for the diagram and the files, by keyboard, and nowhere if nothing fits."""

from pathlib import Path

import pytest

import renderers
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.text import LANGS, Lang
from advisor_bundle.views import TITLES, viewed
from advisor_ui import cached
from advisor_ui.state.link import pack
from advisor_ui.state.session import Session, story
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.server import settle
from tests.advisor_ui.test_flows import conflict
from tests.advisor_ui.visiting import Visit, focused, reach

STORY = "async-coupling"


def test_the_whole_architecture_is_shown_and_nothing_is_in_the_link() -> None:
    page = opened(s=STORY, lang="en")
    assert page.button_group(key="view").value == ""
    assert "v" not in page.query_params


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("view", TITLES)
def test_a_view_is_in_the_link_and_comes_back(view: str, lang: Lang) -> None:
    page = opened(s=STORY, lang=lang)
    group = page.button_group(key="view")
    assert TITLES[view].in_(lang) in group.options
    group.set_value(view)
    ran(page)
    assert page.query_params["v"] in (view, [view])
    again = opened(s=STORY, lang=lang, v=view)
    assert again.button_group(key="view").value == view
    assert again.query_params["v"] in (view, [view])


def test_the_diagram_and_its_steps_follow() -> None:
    whole = cached.diagram(story(STORY), "en", "light", "right")
    security = cached.diagram(story(STORY), "en", "light", "right", "security")
    assert "ProcessBFunctionRole" in security.svg
    assert "ProcessBFunctionRole" not in whole.svg
    assert any("sqs:ReceiveMessage" in sentence for _, sentence in security.steps)


def test_an_unknown_view_is_ignored_and_another_design_begins_whole() -> None:
    page = opened(s=STORY, lang="en", v="../../etc")
    assert page.button_group(key="view").value == ""
    assert "v" not in page.query_params
    page = opened(s=STORY, lang="en", v="network")
    session: Session = page.session_state["session"]
    session.open(story("scheduled-batch"))
    ran(page)
    assert page.button_group(key="view").value == ""
    assert "v" not in page.query_params


def test_where_nothing_fits_there_are_no_views() -> None:
    packed = pack(conflict())
    assert packed
    page = opened(r=packed, lang="en", v="security")
    assert "view" not in [group.key for group in page.button_group]


def test_a_view_is_chosen_by_keyboard_and_downloaded(visit: Visit, book: Book) -> None:
    page = visit(f"s={STORY}&lang=ja")
    reach(page, "構成", key="view")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator(".diagram svg", has_text="ProcessBFunctionRole").wait_for()
    settle(page)
    assert "v=security" in page.url
    assert "st-key-view" in focused(page)["keys"]
    page.locator(".st-key-tab").get_by_text("ダウンロード").first.click()
    settle(page)
    page.get_by_text("ファイルには「セキュリティ」ビューの図が入ります。").wait_for()
    with page.expect_download(timeout=60_000) as file:
        page.get_by_role("button", name="SVG", exact=True).click()
    assert file.value.suggested_filename.endswith("-security.svg")
    expected = renderers.draw(viewed(advise(rules.load_story(STORY), book), "security"), ".svg", lang="ja")
    assert Path(file.value.path()).read_bytes() == expected
