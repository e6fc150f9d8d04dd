"""Text that a user provides: a requirements file, or a list of requirements in lines."""

import re
from collections.abc import Mapping
from typing import Any

from advisor.requirements import RequirementsError, make_requirements
from advisor.requirements.reading import MOST_BYTES, NO_COMPONENTS, plain, read_plain
from advisor.text import Text
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.pasted_lines import read_lines
from advisor_ui.state.tolerant_reading import understood

_FILE = re.compile(r"^\s*(?:components|channels|stores|workload|schema)\s*:", re.MULTILINE)
_FLOW = re.compile(r"\s*[{\[]")


def draft_of(content: bytes) -> tuple[Raw, tuple[Text, ...]]:
    """Return a text as a draft, and the parts that were not understood. Raises RequirementsError if nothing was.

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
        return right, ()
    draft, problems = understood(raw)
    if not drafts.ids(draft, ("component",)):
        raise RequirementsError((*problems, NO_COMPONENTS))
    return draft, problems


def _lines(text: str, otherwise: tuple[Text, ...]) -> tuple[Raw, tuple[Text, ...]]:
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
    return bool(_FILE.search(_text(content)) or _FLOW.match(_text(content))) or (
        isinstance(raw, Mapping) and any(isinstance(value, Mapping | list) for value in raw.values())
    )


def _text(content: bytes) -> str:
    """Return a text that is within the file size limit, or "" if there is none."""
    try:
        return content.decode("utf-8-sig") if len(content) <= MOST_BYTES else ""
    except UnicodeDecodeError:
        return ""
