"""The shapes of a slide and of its groups.

For each shape that it adds, python-pptx searches the whole slide for the highest id, and measures all groups around it: time that
grows with the square of the shapes. Here the ids of a slide are counted, and groups are measured once, when they are complete.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from lxml import etree
from pptx.oxml import oxml_parser
from pptx.oxml.shapes.groupshape import CT_GroupShape


@dataclass(frozen=True)
class Shapes:
    """What is added to a slide, or to one of its groups; `of` is python-pptx's list of shapes, `groups` has all of the slide."""

    of: Any
    ids: Iterator[int]
    groups: list[Any] = field(default_factory=list)

    @classmethod
    def of_slide(cls, slide: Any) -> "Shapes":
        """Return the shapes of a slide, whose ids follow those that it has."""
        return cls(slide.shapes, count(slide.shapes._spTree.max_shape_id + 1))

    def next_id(self) -> int:
        """Return an id that no other shape of the slide has."""
        return next(self.ids)

    def add(self, way: str, *what: Any) -> Any:
        """Add a shape in a way of python-pptx, such as `add_textbox`, and return it."""
        self.of._cached_max_shape_id = self.next_id() - 1
        return getattr(self.of, way)(*what)

    def append(self, xml: str) -> None:
        """Add a shape that is given as XML."""
        self.of._spTree.append(etree.fromstring(xml, parser=oxml_parser))

    def group(self, name: str) -> "Shapes":
        """Add a group, and return what is added to it."""
        element = CT_GroupShape.new_grpSp(self.next_id(), "")
        self.of._spTree.append(element)
        self.groups.append(element)
        group = self.of._shape_factory(element)
        group.name = name
        group.shapes._recalculate_extents = _later
        return Shapes(group.shapes, self.ids, self.groups)

    def fit_groups(self) -> None:
        """Give each group the extents of what it holds, inner ones first."""
        for group in reversed(self.groups):
            x, y, wide, tall = group._child_extents
            group.chOff.x = group.x = x
            group.chOff.y = group.y = y
            group.chExt.cx = group.cx = wide
            group.chExt.cy = group.cy = tall


def _later() -> None:
    """Leave a group as it is until all of it is there."""
