"""A draw.io file that a person has edited, read as positions, styles and notes. What is broken or hostile is refused."""

import base64
import binascii
import html
import math
import re
import urllib.parse
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from advisor.text import Text
from renderers.drawio.cells import LAYER, PART, STEPS_LAYER
from renderers.layout.picture import Box

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 8 * 1024 * 1024
_MOST_CELLS = 20_000
_FURTHEST = 10_000.0
_ACTIVE = re.compile(r"""<\s*/?\s*(script|iframe|object|embed|base|meta|link)\b|<[^<>]*[\s/"']on\w+\s*=""", re.I)
#: Addresses that run what they hold. Browsers read them without line breaks and tabs, and labels with entities.
_RUNS = re.compile(r"(java|vb)script\s*:|data\s*:\s*text/html", re.I)
_RUNNING = ("script", "iframe", "embed")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")

_TOO_LARGE = Text(
    "The draw.io file is larger than 8 MiB. Keep only the page with the architecture diagram.",
    "draw.io ファイルが 8 MiB を超えています。構成図のページだけを保存してください。",
)
_NOT_XML = Text(
    "The draw.io file is not well-formed XML. Save it again with draw.io.",
    "draw.io ファイルが整形式の XML ではありません。draw.io で保存し直してください。",
)
_ENTITIES = Text(
    "The draw.io file was not read because it contains a document type or entity declaration. Save "
    "it again with draw.io.",
    "draw.io ファイルに文書型宣言または実体宣言があるため、読み込みを中止しました。draw.io で保存し直してください。",
)
_NOT_DRAWIO = Text(
    "The file is XML, but not a draw.io file: it must contain mxfile or mxGraphModel.",
    "XML ですが draw.io ファイルではありません。mxfile または mxGraphModel が必要です。",
)
_PACKED = Text(
    "A page of the draw.io file cannot be decompressed. Save it without compression (File > Properties).",
    "draw.io ファイルのページを展開できません。圧縮なしで保存してください（ファイル > プロパティ）。",
)
_SCRIPTS = Text(
    "The draw.io file contains a script or other executable content in a label, link or style. Remove it.",
    "draw.io ファイルのラベル、リンク、またはスタイルに、スクリプトなどの実行可能なコンテンツが含まれ"
    "ています。削除してください。",
)
_TOO_MANY = Text(
    "The draw.io file has more than 20,000 cells. Keep only the page with the architecture diagram.",
    "draw.io ファイルのセルが 20,000 個を超えています。構成図のページだけを残してください。",
)
_NO_PARTS = Text(
    "The draw.io file contains nothing that this tool created. Edit a file from `advisor draw -o picture.drawio`.",
    "この draw.io ファイルには、本ツールで作成した要素がありません。`advisor draw -o picture.drawio` "
    "で出力したファイルを編集してください。",
)
_NO_NUMBER = Text(
    "The draw.io file has a position or size that is not a number from -10,000 to 10,000 pixels.",
    "draw.io ファイルに、±10,000 ピクセルの範囲の数値ではない位置またはサイズがあります。",
)


class BadDrawing(Exception):
    """A draw.io file that cannot be imported; `reason` states why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class EditedCell:
    """A cell of the file with the element of the architecture that it shows (empty for a user's own note)."""

    id: str
    part: str
    parent: str
    style: str
    label: str
    data: Mapping[str, str]
    box: Box | None
    source: str
    target: str
    is_edge: bool
    element: "Element"


@dataclass(frozen=True)
class Edited:
    """The cells of the page with the architecture: generated cells by element, the user's own cells in order."""

    parts: Mapping[str, EditedCell]
    own: tuple[EditedCell, ...]
    ids: Mapping[str, str] = field(default_factory=dict)

    def boxes(self, kind: str) -> dict[str, Box]:
        """Return the places of all parts of a kind (*node*, *state*, *group*), by their id in the architecture."""
        start = f"{kind} "
        return {
            part[len(start) :]: cell.box for part, cell in self.parts.items() if part.startswith(start) and cell.box
        }


def read(content: bytes) -> Edited:
    """Read a file. Raises BadDrawing if it is invalid."""
    if len(content) > MOST_BYTES:
        raise BadDrawing(_TOO_LARGE)
    pages = [_cells(page) for page in _pages(_parsed(content))]
    best = max(pages, key=lambda page: sum(bool(cell.part) for cell in page), default=[])
    if not any(cell.part for cell in best):
        raise BadDrawing(_NO_PARTS)
    parts: dict[str, EditedCell] = {}
    for cell in best:
        if cell.part and (cell.part not in parts or cell.id == _usual_id(cell.part)):
            parts[cell.part] = cell
    ours = {cell.id for cell in parts.values()}
    own = tuple(cell for cell in best if cell.id not in ours)
    return Edited(parts, own, {cell.id: _usual_id(cell.part) for cell in parts.values()})


def _usual_id(part: str) -> str:
    """Return the id that a cell has in our files."""
    kind, _, id = part.partition(" ")
    return f"{'node' if kind == 'state' else kind}-{id}"


def _parsed(content: bytes) -> "Element":
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadDrawing(_ENTITIES) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise BadDrawing(_NOT_XML) from error
    embedded = root.get("content")
    if root.tag.rpartition("}")[2] == "svg" and embedded and len(embedded) <= MOST_BYTES:
        return _parsed(embedded.encode())
    return root


def _pages(root: "Element") -> list["Element"]:
    if root.tag == "mxGraphModel":
        return [root]
    if root.tag != "mxfile":
        raise BadDrawing(_NOT_DRAWIO)
    pages = []
    for diagram in root.iter("diagram"):
        model = diagram.find("mxGraphModel")
        if model is None and (diagram.text or "").strip():
            model = _parsed(_inflated(diagram.text or ""))
        if model is not None and model.tag == "mxGraphModel":
            pages.append(model)
    return pages


def _inflated(text: str) -> bytes:
    """Decompress a page: base64 of raw deflate of percent-encoded XML; more than the largest file is refused."""
    inflater = zlib.decompressobj(-15)
    try:
        made = inflater.decompress(base64.b64decode(text.strip(), validate=True), MOST_BYTES)
        plain = urllib.parse.unquote_to_bytes(made)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise BadDrawing(_PACKED) from error
    if inflater.unconsumed_tail:
        raise BadDrawing(_TOO_LARGE)
    return plain


def _cells(model: "Element") -> list[EditedCell]:
    root = model.find("root")
    elements = list(root) if root is not None else []
    if len(elements) > _MOST_CELLS:
        raise BadDrawing(_TOO_MANY)
    found = [cell for element in elements if (cell := _cell(element)) is not None]
    by_id = {cell.id: cell for cell in found}
    return [_placed(cell, by_id) for cell in found if cell.id not in ("0", LAYER, STEPS_LAYER)]


def _cell(element: "Element") -> EditedCell | None:
    inner = element if element.tag == "mxCell" else element.find("mxCell")
    if inner is None:
        return None
    for part in element.iter():
        _check(part)
    outer: dict[str, str] = {} if element is inner else dict(element.attrib)
    label = inner.get("value", "") if element is inner else outer.get("label", "")
    return EditedCell(
        id=element.get("id") or inner.get("id") or "", part=outer.get(PART, ""), parent=inner.get("parent", ""),
        style=inner.get("style", ""), label=label, data=outer, box=_box(inner), source=inner.get("source", ""),
        target=inner.get("target", ""), is_edge=inner.get("edge") == "1", element=element,
    )  # fmt: skip


def _check(part: "Element") -> None:
    """Refuse what runs, and points of lines that are no numbers."""
    texts = (*part.attrib.values(), part.text or "", part.tail or "")
    if any(map(_is_active, texts)) or part.tag.rpartition("}")[2].lower() in _RUNNING:
        raise BadDrawing(_SCRIPTS)
    if part.tag in ("mxGeometry", "mxPoint"):
        for name in ("x", "y", "width", "height"):
            _number(part.get(name))


def _is_active(text: str) -> bool:
    return bool(_ACTIVE.search(text) or _RUNS.search(_UNSEEN.sub("", html.unescape(text))))


def _box(cell: "Element") -> Box | None:
    geometry = cell.find("mxGeometry")
    if geometry is None or cell.get("vertex") != "1" or geometry.get("relative") == "1":
        return None
    x, y, w, h = (_number(geometry.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, max(w, 0.0), max(h, 0.0))


def _number(text: str | None) -> float:
    try:
        # Python reads other digits and underscores, draw.io does not.
        value = float((text or "0").encode("ascii")) if "_" not in (text or "") else math.nan
    except ValueError as error:
        raise BadDrawing(_NO_NUMBER) from error
    if not math.isfinite(value) or abs(value) > _FURTHEST:
        raise BadDrawing(_NO_NUMBER)
    return value


def _placed(cell: EditedCell, by_id: Mapping[str, EditedCell]) -> EditedCell:
    """Return a cell with its rectangle in page coordinates."""
    if cell.box is None:
        return cell
    x, y, at, seen = 0.0, 0.0, by_id.get(cell.parent), {cell.id}
    while at is not None and at.id not in seen:
        if at.box:
            x, y = x + at.box.x, y + at.box.y
        seen.add(at.id)
        at = by_id.get(at.parent)
    return replace(cell, box=cell.box.moved(x, y))
