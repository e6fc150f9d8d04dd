"""Text that a user provides: a requirements file, or a list of requirements in lines."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.reading import MOST_BYTES, NO_COMPONENTS, plain, read_plain
from advisor.text import Text
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.pasted_lines import read_lines
from advisor_ui.state.reading_record import Given
from advisor_ui.state.tolerant_reading import KEYS, understood

_FILE = re.compile(r"^\s*(?:components|channels|stores|workload|schema)\s*:", re.MULTILINE)
_FLOW = re.compile(r"\s*[{\[]")


def draft_of(content: bytes) -> tuple[Raw, tuple[Text, ...]]:
    """Return a text as a draft, and the parts that were not understood. Raises RequirementsError if nothing was."""
    draft, left_out, _ = given(content)
    return draft, left_out


def given(content: bytes) -> Given:
    """Return a text as a draft, with what of a list was read, line by line, and what was not. Raises RequirementsError if nothing was.

    What has the keys of a requirements file is read as one, and a line that is not YAML is named; else it is a list.
    """
    try:
        raw = read_plain(content)
    except RequirementsError as error:
        text = _text(content)
        if not text.strip() or _FILE.search(text) or _FLOW.match(text):
            raise
        return _lines(text, error.problems)
    if not _is_file(raw, content):
        return read_lines(_text(content))
    if (right := _checked(raw)) is not None:
        return Given(right)
    draft, problems = understood(raw)
    if not drafts.ids(draft, ("component",)):
        raise RequirementsError((*problems, NO_COMPONENTS))
    return Given(draft, problems)


def _lines(text: str, otherwise: tuple[Text, ...]) -> Given:
    """Return a list of requirements as a draft; if nothing is understood, also why it is not a requirements file."""
    try:
        return read_lines(text)
    except RequirementsError as error:
        raise RequirementsError((*error.problems, *otherwise)) from error


def _checked(raw: Any) -> Raw | None:
    """Return a file that is right in every answer as a draft, or None if something is wrong with it."""
    try:
        requirements = make_requirements(raw)
    except RequirementsError:
        return None
    return drafts.checked(plain(requirements)) if requirements.components else None


def _is_file(raw: Any, content: bytes) -> bool:
    if _FILE.search(_text(content)) or _FLOW.match(_text(content)):
        return True
    nested = isinstance(raw, Mapping) and any(isinstance(value, Mapping | list) for value in raw.values())
    return nested and not _has_headings(raw)


def _has_headings(raw: Mapping[str, Any]) -> bool:
    """Return whether a text that YAML reads as nested is a list of requirements with headings, such as "Security:"."""
    near = any(get_close_matches(str(key), KEYS, 1, 0.7) for key in raw if str(key).islower())
    return not near and all(_is_heading(value) for value in raw.values())


def _is_heading(value: Any) -> bool:
    """Return whether a heading can have this content: lines that are text, or a name with its value."""
    entries = value if isinstance(value, list) else [value]
    pairs = [pair for entry in entries for pair in (entry.values() if isinstance(entry, Mapping) else [entry])]
    return not any(isinstance(pair, Mapping | list) for pair in pairs)


def _text(content: bytes) -> str:
    """Return a text that is within the file size limit, or "" if there is none."""
    try:
        return content.decode("utf-8-sig") if len(content) <= MOST_BYTES else ""
    except UnicodeDecodeError:
        return ""
