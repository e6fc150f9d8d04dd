"""Texts as drawn: cleaned, measured with the shipped font, and wrapped."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from advisor.architecture import NAMED, Architecture, Node
from advisor.text import EMPTY, Text, bracketed, repeats
from renderers.katakana import divided
from renderers.wholes import ALL, LOOSER, NOTHING, QUOTED, reference, wholes

_EM = 1000
_NARROW = 560
_BIDI = frozenset(range(0x202A, 0x202F)) | frozenset(range(0x2066, 0x206A)) | {0x200E, 0x200F, 0x061C}
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】〉》〕｝ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々)]}.,:;!?%…‥"
)
_CLOSING = frozenset("）」』】〉》〕｝")
_NEVER_LAST = frozenset("（「『【〈《〔｛([{")
ELLIPSIS = "…"
#: Characters in brackets that stay on one line.
_BRACKETED = 14


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """Return the text on one line without control, bidi override, surrogate and non-characters."""
    characters = []
    for char in text:
        point = ord(char)
        if unicodedata.category(char) in ("Cc", "Zl", "Zp"):
            characters.append(" ")
        elif unicodedata.category(char) != "Cs" and point not in _BIDI and not _noncharacter(point):
            characters.append(char)
    return " ".join("".join(characters).split())


def shown_note(node: Node) -> Text:
    """Return the note of a node, unless it repeats how the title ends: "Application Load Balancer" is a load balancer."""
    return EMPTY if repeats(node.heading, node.note) else node.note


def node_name(node: Node) -> Text:
    """Return the name of a node with a distinguishing addition: "AWS Lambda (Orders)".

    An addition that repeats the end of the name tells nothing: "Application Load Balancer", not "… (load balancer)".
    """
    heading, note = (Text(clean(text.en), clean(text.ja)) for text in (node.heading, node.note))
    return heading if repeats(heading, note) else bracketed(heading, note)


def with_owner(architecture: Architecture, node: Node, names: Mapping[str, Text]) -> Node:
    """Return a dead-letter queue with the name of what it belongs to: the consumer of a queue, or the part. Others stay.

    `names` are the names of the parts by their ids.
    """
    if node.service != "dead-letter-queue" or node.note.en:
        return node
    entering = architecture.entering(node.id)
    source = next((architecture.node(edge.source) for edge in entering if edge.flow == "failure"), None)
    named = source is not None and source.role in NAMED and source.note.en
    return replace(node, note=source.note if source and named else names.get(node.subject, node.note))


def _noncharacter(point: int) -> bool:
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF or point == 0xFEFF


@cache
def _table(bold: bool) -> dict[str, int]:
    data = json.loads(files("renderers").joinpath("assets/fonts/widths.json").read_text(encoding="utf-8"))
    table: dict[str, int] = data["bold" if bold else "regular"]
    return table


@lru_cache(maxsize=8192)
def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in pixels at a font size in pixels."""
    return _units(text, bold) * size / _EM


def _units(text: str, bold: bool) -> int:
    """Return the width of a text in thousandths of the font size."""
    table = _table(bold)
    return sum(_advance(char, table) for char in text)


def _advance(char: str, table: dict[str, int]) -> int:
    in_table = table.get(char)
    if in_table is not None:
        return in_table
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    return _EM if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0x1F000 else max(_NARROW, _EM)


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _script(char: str) -> str:
    if "ぁ" <= char <= "ゖ":
        return "hiragana"
    if "ァ" <= char <= "ヺ" or char == "ー":
        return "katakana"
    return "kanji" if _wide(char) else "latin"


def _may_break(before: str, after: str) -> bool:
    """Return whether a line can break between two characters: at spaces and, in Japanese, at probable phrase boundaries.

    A phrase ends in hiragana, and what follows starts in another script; words of one script stay whole. A particle stays
    with the name before it.
    """
    if before == " " or after == " ":
        return before == " " and _script(after) != "hiragana"
    if unicodedata.category(before).startswith("P") and _wide(before):
        return not (before in _CLOSING and _script(after) == "hiragana")
    before_script, after_script = _script(before), _script(after)
    return before_script != after_script and after_script != "hiragana" and {before_script, after_script} != {"latin"}


@lru_cache(maxsize=1024)
def _pieces(text: str, bold: bool, kept: str = ALL) -> tuple["_Piece", ...]:
    """Split into unbreakable pieces.

    Characters that may not begin or end a line stay with the next or previous one, and so do quoted names and the like.
    """
    starts, inside = wholes(text, kept)
    pieces: list[str] = []
    for at, char in enumerate(text):
        clings = bool(pieces) and (
            at in inside
            or pieces[-1][-1] in _NEVER_LAST
            or char in _NEVER_FIRST
            or unicodedata.combining(char) > 0
            or unicodedata.category(char) in ("Cf", "Mn", "Sk")
            or (at not in starts and not _may_break(pieces[-1][-1], char))
            or _holds_on(pieces[-1])
        )
        if clings:
            pieces[-1] += char
        else:
            pieces.append(char)
    return tuple(_piece(piece, bold) for piece in pieces)


class _Piece(NamedTuple):
    """An unbreakable piece of a line, its width and that of the spaces at its end, in thousandths of the font size."""

    text: str
    units: int
    spaces: int
    is_blank: bool


def _piece(text: str, bold: bool) -> _Piece:
    kept = len(text.rstrip())
    return _Piece(text, _units(text, bold), _units(text[kept:], bold) if kept < len(text) else 0, not kept)


def _holds_on(piece: str) -> bool:
    """Return whether a line must not break after a piece: within short brackets."""
    opened = max(piece.rfind("("), piece.rfind("（"))
    closed = max(piece.rfind(")"), piece.rfind("）"))
    return opened > closed and len(piece) - opened <= _BRACKETED


def _fitting(piece: _Piece, limit: float, size: float, bold: bool, kept: str = ALL) -> Iterator[_Piece]:
    """Yield a piece, or what it is divided into if it is wider than a line: its words, and parts of these."""
    if piece.units * size / _EM <= limit:
        yield piece
    elif kept == NOTHING:
        yield from _break_long(piece.text, limit, size, bold)
    else:
        for word in _pieces(piece.text, bold, LOOSER[kept]):
            yield from _fitting(word, limit, size, bold, LOOSER[kept])


def _break_long(piece: str, limit: float, size: float, bold: bool) -> list[_Piece]:
    """Cut a word that is wider than a line: after a slash, dot or hyphen, else where a word of a compound ends, if it has any."""
    parts, current = [], ""
    for at, char in enumerate(piece):
        if current and width(current + char, size, bold) > limit:
            cut = max(current.rfind(mark) for mark in "/-_.") + 1
            if cut <= len(current) // 2:
                cut = _last_word(piece, at - len(current), at)
            parts.append(current[:cut])
            current = current[cut:]
        current += char
    if parts:
        parts[-1], current = _halves(parts[-1] + current, limit, size, bold) or (parts[-1], current)
    return [_piece(part, bold) for part in (*parts, current)]


def _last_word(piece: str, start: int, end: int) -> int:
    """Return how many letters of a part of a word fill a line: to its last place between words, otherwise all."""
    places = [place for place in _places(piece) if start < place <= end]
    return max(places) - start if places else end - start - (piece[end] in _NEVER_FIRST and end - start > 1)


@lru_cache(maxsize=1024)
def _places(piece: str) -> frozenset[int]:
    """Return the places between the words of a compound: where its script changes, and between words of katakana."""
    places: set[int] = set()
    start = 0
    for at in range(1, len(piece) + 1):
        if at < len(piece) and _script(piece[at]) == _script(piece[start]):
            continue
        if _script(piece[start]) == "katakana":
            places |= {start + place for place in divided(piece[start:at]).between}
        if at < len(piece) and "latin" not in (_script(piece[at - 1]), _script(piece[at])):
            places |= {at} if _script(piece[at]) != "hiragana" else set()
        start = at
    return frozenset(at for at in places if piece[at] not in _NEVER_FIRST and piece[at - 1] not in _NEVER_LAST)


def _halves(word: str, limit: float, size: float, bold: bool) -> tuple[str, str] | None:
    """Return a compound of katakana in two parts of nearly the same length, each a word of its own where that shows."""
    if any(_script(char) != "katakana" for char in word):
        return None
    cuts = [
        cut
        for cut in range(2, len(word) - 1)
        if word[cut] not in _NEVER_FIRST and max(width(half, size, bold) for half in (word[:cut], word[cut:])) <= limit
    ]
    cut = min(cuts, key=lambda cut: (_rank(word, cut), abs(2 * cut - len(word))), default=0)
    return (word[:cut], word[cut:]) if cut else None


def _rank(compound: str, cut: int) -> int:
    """Return how bad it is to divide a compound at a place: between words, where an unknown one seems to end, or anywhere."""
    found = divided(compound)
    if cut in found.between:
        return 0
    seems_to_end = compound[:cut].endswith(("ー", "ション")) and not compound.startswith("ション", cut)
    return 1 if cut in found.unknown and seems_to_end else 2 if cut in found.unknown else 3


@lru_cache(maxsize=4096)
def wrap(text: str, limit: float, size: float, bold: bool = False, most: int = 3) -> tuple[str, ...]:
    """Return the lines of a cleaned text, none wider than `limit` pixels; more than `most` end in an ellipsis.

    A number stays with what it counts, unless that costs text.
    """
    lines = _lines(text, limit, size, bold, ALL)
    if len(lines) > most:
        lines = _lines(text, limit, size, bold, QUOTED)
    stripped = [line.strip() for line in lines]
    if len(lines) <= most:
        return tuple(stripped)
    return (*stripped[: most - 1], _shorten((lines[most - 1] + lines[most]).strip(), limit, size, bold))


def _lines(text: str, limit: float, size: float, bold: bool, kept: str) -> list[str]:
    lines: list[str] = []
    current, taken, spaces, is_blank = "", 0, 0, True
    for whole in _pieces(text, bold, kept):
        for piece in (whole,) if whole.units * size / _EM <= limit else _fitting(whole, limit, size, bold, kept):
            after = spaces + piece.units if piece.is_blank else piece.spaces
            if not is_blank and (taken + piece.units - after) * size / _EM > limit:
                lines.append(current)
                current, taken, after, is_blank = "", 0, piece.spaces, True
            current, taken, spaces = current + piece.text, taken + piece.units, after
            is_blank = is_blank and piece.is_blank
    return lines if is_blank else [*lines, current]


def _shorten(text: str, limit: float, size: float, bold: bool) -> str:
    while text and width(text + ELLIPSIS, size, bold) > limit:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


@lru_cache(maxsize=2048)
def balance(text: str, limit: float, size: float, bold: bool = False, most: int = 3) -> tuple[str, ...]:
    """Wrap a text into as few lines as `wrap` does, of nearly the same width; a reference at its end has its own if it can."""
    lines = wrap(text, limit, size, bold, most)
    if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):
        return lines
    before, last = reference(text)
    apart = (*balance(before, limit, size, bold, most - 1), last) if last else lines
    if last and len(apart) <= len(lines) and not apart[-2].endswith(ELLIPSIS) and width(last, size, bold) <= limit:
        return apart
    low, high = limit / len(lines), limit
    while high - low > 2:
        middle = (low + high) / 2
        if len(wrap(text, middle, size, bold, most + 1)) <= len(lines) and not _cut_word(text, middle, size, bold):
            high = middle
        else:
            low = middle
    return wrap(text, high, size, bold, most)


def _cut_word(text: str, limit: float, size: float, bold: bool) -> bool:
    return any(piece.units * size / _EM > limit for piece in _pieces(text, bold))
