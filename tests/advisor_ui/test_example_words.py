"""The words of an example do not stay in a design that is made of it: its summary goes, its title is replaced in both languages."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.session import story
from advisor_ui.state.stories import with_own_title, without_summary_of_story
from tests.advisor_ui.page import opened, ran

EXAMPLE = "data-processing"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_example_with_another_title_has_no_summary_and_files_of_that_title(lang: str) -> None:
    draft = with_own_title(story(EXAMPLE), "設備監視", "ja" if lang == "ja" else "en")
    assert draft["title"] == "設備監視"
    assert "summary" not in draft
    assert drafts.slug(draft) == "設備監視"


def test_a_title_and_a_summary_of_ones_own_stay() -> None:
    own = {**story(EXAMPLE), "title": {"en": "Plant", "ja": "設備"}, "summary": "Our plant."}
    changed = with_own_title(own, "設備監視", "ja")
    assert changed["title"] == {"en": "Plant", "ja": "設備監視"}
    assert changed["summary"] == "Our plant."
    assert without_summary_of_story(own) == own
    example = story(EXAMPLE)
    title = drafts.titled(example["title"], "ja")
    assert with_own_title(example, title, "ja") == example, "the same title changes nothing"


def test_on_the_page_a_renamed_example_loses_its_summary() -> None:
    page = opened(s=EXAMPLE, lang="ja")
    assert "summary" in page.session_state["session"].draft
    page.session_state["parts"] = "workload"
    page.session_state["session"].select("workload")
    ran(page)
    page.text_input(key="title.").set_value("設備監視")
    ran(page)
    draft = page.session_state["session"].draft
    assert (draft["title"], "summary" in draft) == ("設備監視", False)


def test_on_the_page_an_example_without_one_of_its_parts_loses_its_summary() -> None:
    page = opened(s=EXAMPLE, lang="en")
    page.button(key="remove").click()
    ran(page)
    assert "summary" not in page.session_state["session"].draft
