"""Files are parsed by libyaml if it is there, and read as PyYAML alone would read them."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from advisor.requirements import RequirementsError, reading
from advisor.requirements.reading import read_plain

PIECES = st.sampled_from([
    *"ab01 -:#,[]{}&*!|>'\"%@`?\n\t~.\\\r語😀\ufeff\x85\u2028\x07\xa0", "null", "true", ": ", "- ", "\n  ", "? ", "---\n", "...\n",
    "\\x", "|#", ">-2#", "'a': ",
])  # fmt: skip


def outcome(text: str) -> Any:
    """What is read of a text, with its types, or what is said of it."""
    try:
        return repr(read_plain(text.encode()))
    except RequirementsError as error:
        return error.problems


def outcome_of_pyyaml(text: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_FAST", None)
        return outcome(text)


def test_libyaml_is_there() -> None:
    assert yaml.__with_libyaml__
    assert reading._FAST is not None


@given(pieces=st.lists(PIECES, max_size=12))
def test_any_text_is_read_or_refused_as_by_pyyaml(pieces: list[str]) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert outcome(text) == outcome_of_pyyaml(text, monkeypatch)


@pytest.mark.parametrize(
    "text", ["a\tb: 1", "a: b?c", "{a?b: 1}", "\ufeff\ufeffa: 1", "a\u2028b: 1", "|# a", "a: >2#\n  b"]
)
def test_what_libyaml_reads_otherwise_is_read_by_pyyaml(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(text) == outcome_of_pyyaml(text, monkeypatch)
