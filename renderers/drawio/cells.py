"""Cells of a draw.io file (mxGraph): ids, labels, links and geometries as XML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from zlib import crc32

from renderers.layout.picture import Box, Point
from renderers.words import clean

#: The attribute that says which part of an architecture a cell shows; it survives copying, which gives new ids.
PART = "advisor"
#: The attribute with checksums of style, label, and link with tooltip, as they were written: what differs is a person's.
MADE = "advisorMade"
#: The layers of the architecture, and of title, steps and key.
LAYER, STEPS_LAYER = "1", "advisor-steps"


@dataclass(frozen=True)
class Cell:
    """One cell. A vertex has a `box` in its parent's frame; an edge has `source` and `target`, or the `points` alone.

    `at` places a label on an edge: the share of the way (-1 to 1) and the offset from there.
    """

    id: str
    parent: str
    style: str
    label: str = ""
    box: Box | None = None
    source: str = ""
    target: str = ""
    points: tuple[Point, ...] = ()
    at: tuple[float, Point] | None = None
    data: Mapping[str, str] = field(default_factory=dict)

    def xml(self) -> str:
        """Return the cell wrapped in an object with its data."""
        kind = 'vertex="1"' if self.box is not None else 'edge="1"'
        ends = "".join(f' {name}="{attribute(id)}"' for name, id in self._ends() if id)
        inner = f'{kind} parent="{attribute(self.parent)}" style="{attribute(self.style)}"{ends}'
        made = {MADE: checksums(self.style, self.label, self.data)} if PART in self.data else {}
        data = "".join(f' {name}="{attribute(value)}"' for name, value in {**self.data, **made}.items() if value)
        head = f'label="{attribute(self.label)}"{data} id="{attribute(self.id)}"'
        return f"<object {head}><mxCell {inner}>{self._geometry()}</mxCell></object>"

    def _ends(self) -> tuple[tuple[str, str], ...]:
        return ("source", self.source), ("target", self.target)

    def _geometry(self) -> str:
        if self.box is None:
            return self._edge_geometry()
        size = f'width="{number(self.box.w)}" height="{number(self.box.h)}"'
        if self.at is None:
            return f'<mxGeometry x="{number(self.box.x)}" y="{number(self.box.y)}" {size} as="geometry"/>'
        share, offset = self.at
        return f'<mxGeometry x="{share:.4f}" {size} relative="1" as="geometry">{_point(offset, "offset")}</mxGeometry>'

    def _edge_geometry(self) -> str:
        glued = bool(self.source and self.target)
        inner = self.points[1:-1]
        ends = "" if glued else _point(self.points[0], "sourcePoint") + _point(self.points[-1], "targetPoint")
        between = f'<Array as="points">{"".join(_point(at) for at in inner)}</Array>' if inner else ""
        return f'<mxGeometry relative="1" as="geometry">{ends}{between}</mxGeometry>'


def checksums(style: str, label: str, data: Mapping[str, str]) -> str:
    """Return the checksums of a cell's style, label, and link with tooltip."""
    texts = (style, clean(label), clean(data.get("link", "")) + " " + clean(data.get("tooltip", "")))
    return ".".join(f"{crc32(text.encode()):08x}" for text in texts)


def _point(at: Point, name: str = "") -> str:
    as_name = f' as="{name}"' if name else ""
    return f'<mxPoint x="{number(at[0])}" y="{number(at[1])}"{as_name}/>'


def number(value: float) -> str:
    """Return a number rounded to at most one decimal place, without negative zero."""
    return f"{value + 0.0:.1f}".removesuffix(".0").replace("-0.0", "0") if round(value, 1) else "0"


def attribute(text: str) -> str:
    """Return a text as the value of an XML attribute."""
    return escape(clean(text), quote=True)


def layer(id: str, name: str) -> str:
    """Return a layer."""
    return f'<mxCell id="{id}" value="{attribute(name)}" parent="0"/>'


def style(*words: str, **values: object) -> str:
    """Return a style string: flags first, then key-value pairs."""
    named = [f"{name}={_value(value)}" for name, value in values.items() if value not in (None, "")]
    return ";".join([*words, *named]) + ";"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
