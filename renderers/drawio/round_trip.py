"""The way back: the architecture drawn into a file that a person has edited."""

from dataclasses import dataclass

from advisor.design import Design
from advisor.text import Lang, Text
from renderers import documentation
from renderers.drawio import cells, document
from renderers.drawio.differences import differences
from renderers.drawio.edits import merged
from renderers.drawio.reading import Edited, read
from renderers.heading import title_of
from renderers.layout.kept import Kept, Rearranged, rearrange
from renderers.layout.picture import Direction, Picture
from renderers.theme import Theme


@dataclass(frozen=True)
class Redrawn:
    """Applies the layout of an edited draw.io file to the architecture, and lists the differences."""

    arranged: Rearranged
    edited: Edited
    differences: tuple[Text, ...]

    @property
    def picture(self) -> Picture:
        """The positioned picture."""
        return self.arranged.picture


def redraw(design: Design, drawing: bytes, *, lang: Lang = "en", direction: Direction = "right") -> Redrawn:
    """Lay out an architecture as in a draw.io file. Raises BadDrawing if the file is invalid."""
    edited = read(drawing)
    words = [cell.box for part, cell in edited.parts.items() if part.partition(" ")[0] in ("legend", "title")]
    notes = [cell.box for cell in edited.own if not cell.is_edge]
    kept = Kept(
        items=edited.boxes("node") | edited.boxes("state"),
        frames=edited.boxes("group"),
        taken=tuple(box for box in (*words, *notes) if box),
    )
    title = title_of(design, lang)
    arranged = rearrange(design.architecture, title, kept, lang=lang, direction=direction)
    found = differences(design.architecture, edited, arranged.outside)
    return Redrawn(arranged, edited, tuple(found))


def write(redrawn: Redrawn, design: Design, lang: Lang, theme: Theme) -> bytes:
    """Return the draw.io file with the person's places, sizes, colors, texts and notes."""
    picture = redrawn.picture
    made = cells(picture, theme, documentation.links(design, lang), redrawn.arranged.origin)
    return document(picture, theme, merged(made, redrawn.edited)).encode()
