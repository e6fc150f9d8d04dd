"""AWS's icons by the ids of the catalogue.

Each has a row: `<id>.yaml` in this folder, one for every service, part of a service, outside thing and group.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

import yaml

ROWS: Traversable = files(__name__)
FALLBACK = "application"
_PLATE = 0.07


@dataclass(frozen=True, slots=True)
class Icon:
    """A row of the table: the file below `assets/icons`, AWS's category, the class of the `diagrams` package, and the
    file for dark backgrounds. `drawio` is the stencil of draw.io's `mxgraph.aws4`, where it has one. `note` names the
    substitute if AWS has no icon for it.
    """

    id: str
    file: str
    category: str
    diagrams: str = ""
    dark: str | None = None
    note: str = ""
    drawio: str = ""


@dataclass(frozen=True, slots=True)
class Artwork:
    """The content of an icon file: its view box and its shapes as SVG, unmodified."""

    view_box: str
    shapes: str


@cache
def table() -> dict[str, Icon]:
    """Return every icon by id."""
    ids = sorted(row.name.removesuffix(".yaml") for row in ROWS.iterdir() if row.name.endswith(".yaml"))
    return {id: icon(id) for id in ids}


@cache
def icon(id: str) -> Icon:
    """Return an icon; an id that has no row gets AWS's generic application."""
    row = ROWS.joinpath(f"{id}.yaml")
    if not row.is_file():
        return icon(FALLBACK)
    return Icon(id, **yaml.safe_load(row.read_text(encoding="utf-8")))


@cache
def source(file: str) -> str:
    """Return the text of an icon's file."""
    return files("renderers").joinpath("assets/icons", file).read_text(encoding="utf-8")


@cache
def artwork(file: str) -> Artwork:
    """Return the shapes of an icon for embedding in an SVG, without its title, which would appear as a tooltip."""
    match = re.fullmatch(r'\s*<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>\s*', source(file), re.DOTALL)
    if match is None:
        raise ValueError(f"renderers/assets/icons/{file} is not an icon")
    return Artwork(match[1], re.sub(r"<title>.*?</title>", "", match[2], flags=re.DOTALL))


@cache
def _bounds() -> dict[str, list[float]]:
    text = files("renderers").joinpath("assets/icons/bounds.json").read_text(encoding="utf-8")
    bounds: dict[str, list[float]] = json.loads(text)
    return bounds


class Extent(NamedTuple):
    """The bounds of the drawn part of an icon, as fractions of its square."""

    left: float
    top: float
    right: float
    bottom: float


def extent(id: str) -> Extent:
    """Return the bounds of the drawn part of an icon.

    Icons of dark lines get a little more, because they stand on a plate in the dark theme.
    """
    file = icon(id).file
    left, top, right, bottom = _bounds().get(file, [0.0, 0.0, 1.0, 1.0])
    air = _PLATE if is_drawn_dark(file) else 0.0
    return Extent(max(0.0, left - air), max(0.0, top - air), min(1.0, right + air), min(1.0, bottom + air))


def cropped(id: str, *, dark: bool = False) -> str:
    """Return an icon as a standalone SVG cropped to its drawn part."""
    row, sides = icon(id), extent(id)
    art = artwork(row.dark if dark and row.dark else row.file)
    left, top, wide, tall = (float(part) for part in art.view_box.split())
    box = (left + sides.left * wide, top + sides.top * tall)
    size = ((sides.right - sides.left) * wide, (sides.bottom - sides.top) * tall)
    view_box = " ".join(f"{part:g}" for part in (*box, *size))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}">{art.shapes}</svg>'


@cache
def is_drawn_dark(file: str) -> bool:
    """Return whether an icon consists of dark lines without a background and needs a light plate in the dark theme."""
    return not re.search(r"#fff\b", source(file)) and bool(re.search(r"#(23|24)2f3[de]", source(file)))
