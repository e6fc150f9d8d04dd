"""A list whose labels change is shown anew: the browser would keep the outdated label, and send it as an answer."""

from typing import Any

import pytest

from advisor_ui.state import list_keys

HOUSE, FILES = {"": "assumed: An in-house application", "s3": "Files"}, {"": "assumed: Files", "s3": "Files"}


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found: dict[str, Any] = {}
    monkeypatch.setattr(list_keys.st, "session_state", found)
    return found


def test_another_assumption_is_shown_in_a_new_list() -> None:
    assert [list_keys.key_of_list("q", labels, [""]) for labels in (HOUSE, HOUSE, FILES, FILES, HOUSE)] == [
        "q", "q", "q.1", "q.1", "q.2",
    ]  # fmt: skip


def test_who_picks_keeps_the_list_and_its_focus() -> None:
    assert [list_keys.key_of_list("q", HOUSE, [value]) for value in ("", "s3", "")] == ["q", "q", "q"]


def test_an_answer_that_is_taken_back_for_another_assumption_is_shown_anew() -> None:
    assert list_keys.key_of_list("q", HOUSE, [""]) == "q"
    assert list_keys.key_of_list("q", FILES, ["s3"]) == "q"
    assert list_keys.key_of_list("q", HOUSE, [""]) == "q.1"


def test_a_renamed_part_is_shown_anew_among_several() -> None:
    one, other = {"a": "Orders", "b": "Claims"}, {"a": "Orders", "b": "Cases", "c": "New"}
    assert list_keys.key_of_list("q", one, ["a"]) == "q"
    assert list_keys.key_of_list("q", other, ["a", "c"]) == "q"
    assert list_keys.key_of_list("q", one, ["a", "b"]) == "q.1"
