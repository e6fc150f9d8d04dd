"""Differences between an edited diagram and the architecture, as sentences."""

import re
from collections.abc import Iterator
from html import unescape

from advisor.architecture import Architecture, Edge
from advisor.text import Text
from renderers.drawio.cells import MADE, checksums
from renderers.drawio.reading import Edited, EditedCell
from renderers.support import dead_letters
from renderers.words import clean, node_name

_TAG = re.compile(r"<[^<>]*>")


def plain(label: str) -> str:
    """Return a label without its HTML, on one line."""
    return clean(unescape(_TAG.sub(" ", label)))[:80]


def differences(architecture: Architecture, edited: Edited, outside: tuple[tuple[str, str], ...]) -> list[Text]:
    """Return the differences: parts, then connections, then places and names."""
    return [
        *_parts(architecture, edited), *_connections(architecture, edited),
        *_outside(architecture, outside), *_renamed(architecture, edited),
    ]  # fmt: skip


def _parts(architecture: Architecture, edited: Edited) -> Iterator[Text]:
    drawn = {part.partition(" ")[2]: cell for part, cell in edited.parts.items() if _kind(part) in ("node", "group")}
    marks = {edge.target for edges in dead_letters(architecture).values() for edge in edges}
    for node in architecture.nodes:
        if node.id in marks and node.id in drawn:
            name = named(architecture, node.id)
            yield Text(f"{name.en} is now a mark at its sender.", f"{name.ja} は送信元のマークになりました。")
        elif node.id not in drawn and node.id not in marks:
            name = named(architecture, node.id)
            yield Text(f"{name.en} was not in the drawing and was added.", f"{name.ja} は図にないため、追加しました。")
    known = {node.id for node in architecture.nodes} | {group.id for group in architecture.groups}
    for id, cell in drawn.items():
        if id not in known and not id.startswith("|"):
            name_drawn = plain(cell.label) or id
            yield Text(
                f"{name_drawn} is no longer in the architecture and was removed from the drawing.",
                f"{name_drawn} は図にありますが、アーキテクチャにないため、削除しました。",
            )


def _connections(architecture: Architecture, edited: Edited) -> Iterator[Text]:
    edges = {edge.id: edge for edge in architecture.edges}
    drawn = {part.partition(" ")[2]: cell for part, cell in edited.parts.items() if _kind(part) in ("line", "mark")}
    shown = {cell.id: part.partition(" ")[2].partition("|")[0] for part, cell in edited.parts.items()}
    for edge in architecture.edges:
        words = _between(architecture, edge)
        if edge.id not in drawn:
            yield Text(f"{words.en} was not in the drawing and was added.", f"{words.ja}は図にないため、追加しました。")
        elif drawn[edge.id].is_edge and _ends(drawn[edge.id], shown) != (edge.source, edge.target):
            yield Text(
                f"{words.en} connects other parts in the drawing and was redrawn as in the architecture.",
                (f"{words.ja}は、図では別の要素につながっていたため、アーキテクチャのとおりに描き直しました。"),
            )
    for id in drawn:
        if id not in edges and "|" not in id:
            yield Text(
                f"The connection {id} is no longer in the architecture and was removed from the drawing.",
                f"接続 {id} は図にありますが、アーキテクチャにないため、削除しました。",
            )
    for cell in edited.own:
        if cell.is_edge and cell.source in shown and cell.target in shown:
            source, target = (named(architecture, shown[end]) for end in (cell.source, cell.target))
            yield Text(
                (
                    f"The drawing has a line from {source.en} to {target.en} that is not in the architecture. "
                    "It was kept as a note."
                ),
                f"図には {source.ja} から {target.ja} への線がありますが、アーキテクチャにはありません。注記として残しました。",
            )


def _ends(cell: EditedCell, shown: dict[str, str]) -> tuple[str, str]:
    return shown.get(cell.source, ""), shown.get(cell.target, "")


def _outside(architecture: Architecture, outside: tuple[tuple[str, str], ...]) -> Iterator[Text]:
    for id, border in outside:
        part, around = named(architecture, id), named(architecture, border)
        yield Text(
            f"{part.en} lies outside {around.en} in the drawing, but belongs to it in the architecture.",
            f"{part.ja} は図では {around.ja} の外にありますが、アーキテクチャではその中にあります。",
        )


def _renamed(architecture: Architecture, edited: Edited) -> Iterator[Text]:
    for part, cell in edited.parts.items():
        id = part.partition(" ")[2]
        label = (*cell.data.get(MADE, "").split("."), "", "")[1]
        is_known = architecture.find(id) is not None or any(group.id == id for group in architecture.groups)
        if _kind(part) in ("node", "group") and is_known and checksums("", cell.label, {}).split(".")[1] != label:
            name = named(architecture, id)
            yield Text(
                f'{name.en} is named "{plain(cell.label)}" in the drawing. This name was kept.',
                f"{name.ja} は図では「{plain(cell.label)}」という名前です。その名前を残しました。",
            )


def _kind(part: str) -> str:
    return part.partition(" ")[0]


def named(architecture: Architecture, id: str) -> Text:
    """Return the name of a part or border as it is drawn."""
    node = architecture.find(id)
    if node is None:
        group = next((group for group in architecture.groups if group.id == id), None)
        return Text(clean(group.title.en), clean(group.title.ja)) if group else Text(id, id)
    return node_name(node)


def _between(architecture: Architecture, edge: Edge) -> Text:
    source, target = named(architecture, edge.source), named(architecture, edge.target)
    return Text(f"The connection from {source.en} to {target.en}", f"{source.ja} から {target.ja} への接続")
