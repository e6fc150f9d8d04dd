"""Snapshots: kept under a name that a person gives and edits, compared with, and brought back by the link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.state.session import Session, story
from advisor_ui.state.snapshots import MOST, Snapshot, from_link, renamed, to_link, with_snapshot
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_rulebook import shown


def state(page: AppTest) -> Session:
    session: Session = page.session_state["session"]
    return session


def kept(page: AppTest, name: str) -> AppTest:
    page.text_input(key="snapshot.new").set_value(name)
    ran(page)
    page.button(key="snapshot.keep").click()
    return ran(page)


@pytest.mark.parametrize("lang", LANGS)
def test_a_snapshot_has_the_name_that_it_is_given_and_is_compared_with(lang: Lang) -> None:
    page = opened(s="scheduled-batch", lang=lang)
    page.session_state["tab"] = "compare"
    kept(ran(page), "夜間のみ **A**")
    assert state(page).compared_with == "kept-1"
    state(page).change(drafts.with_answer(story("scheduled-batch"), "aggregate", "longest_run_s", "10 min"))
    ran(page)
    assert {"en": "| 40 min | 10 min |", "ja": "| 40 分 | 10 分 |"}[lang] in shown(page)
    assert r"夜間のみ \*\*A\*\*" in shown(page), "its name stands over its drawing and is no markup"
    kept(page, "")
    assert [one.name for one in state(page).snapshots][1] == {"en": "Snapshot 2", "ja": "スナップショット 2"}[lang]


def test_a_name_is_edited_and_a_snapshot_removed() -> None:
    page = opened(s="scheduled-batch", lang="en")
    page.session_state["tab"] = "compare"
    kept(ran(page), "first")
    page.text_input(key="snapshot.name.kept-1").set_value("before the meeting")
    ran(page)
    assert "before the meeting" in page.selectbox(key="versus.en").options
    page.text_input(key="snapshot.name.kept-1").set_value("  ")
    ran(page)
    assert state(page).snapshots[0].name == "before the meeting", "a snapshot always has a name"
    page.button(key="snapshot.remove").click()
    ran(page)
    assert not state(page).snapshots
    assert "k" not in page.query_params


def test_the_link_brings_snapshots_and_their_names_back() -> None:
    page = opened(s="scheduled-batch", lang="en")
    page.session_state["tab"] = "compare"
    kept(ran(page), "as sold")
    draft = drafts.with_answer(story("scheduled-batch"), "aggregate", "longest_run_s", "10 min")
    state(page).change(draft)
    ran(page)
    address = {key: value[0] if isinstance(value, list) else value for key, value in page.query_params.items()}
    other = opened(**address)
    assert state(other).snapshots == (Snapshot("as sold", story("scheduled-batch")),)
    assert state(other).compared_with == "kept-1"
    assert state(other).draft == draft
    assert "| 40 min | 10 min |" in shown(other)


def test_another_design_starts_without_snapshots() -> None:
    page = opened(s="scheduled-batch", lang="en")
    page.session_state["tab"] = "compare"
    kept(ran(page), "first")
    state(page).open(story("realtime-chat"))
    ran(page)
    assert not state(page).snapshots


def test_what_is_no_snapshot_is_left_out() -> None:
    good = ["a", story("scheduled-batch")]
    raw = {"kept": [good, ["", good[1]], ["b", {"components": 3}], "c", ["d"], [1, good[1]]]}
    assert [one.name for one in from_link(str(pack(raw)))] == ["a"]
    assert from_link("nonsense") == ()
    assert from_link(str(pack([1]))) == ()  # type: ignore[arg-type]
    page = opened(s="scheduled-batch", lang="en", k="%%%", vs="kept-9")
    assert state(page).compared_with == "start"


@given(st.lists(st.text(min_size=1, max_size=99), max_size=9))
def test_any_names_come_back_from_the_link(names: list[str]) -> None:
    snapshots: tuple[Snapshot, ...] = ()
    for name in names:
        if name.strip() and name.isprintable():
            snapshots = with_snapshot(snapshots, name, drafts.new())
    assert len(snapshots) <= MOST
    assert from_link(str(to_link(snapshots))) == snapshots
    assert [one.name for one in renamed(snapshots, 0, "x")][:1] == ["x"][: len(snapshots)]
