"""Frames of a draw.io file: the container of each cell and its origin, because mxGraph uses relative coordinates."""

from renderers.drawio.cells import LAYER
from renderers.layout.nesting import holders
from renderers.layout.picture import Box, Picture, Point


class Frames:
    """The cells of the parts of a picture, by id; `origin` is the corner of the page in picture coordinates."""

    def __init__(self, picture: Picture, origin: Point = (0.0, 0.0)) -> None:
        self.origin = origin
        self._groups = {group.id: group for group in picture.groups}
        self._boxes = {node.id: node.box for node in picture.nodes} | {state.id: state.box for state in picture.states}
        self._parents = {group.id: group.parent for group in picture.groups}
        self._inside: dict[str, str | None] = {node.id: node.parent for node in picture.nodes}
        self._inside |= {state.id: state.machine for state in picture.states}
        self._inside |= {group.id: group.id for group in picture.groups}

    def cell(self, group: str | None) -> str:
        """Return the id of the cell of a group; the layer if there is none."""
        return f"group-{group}" if group in self._groups else LAYER

    def end(self, id: str) -> str:
        """Return the id of the cell that a line touches."""
        return self.cell(id) if id in self._groups else f"node-{id}"

    def box(self, id: str) -> Box:
        """Return the rectangle that a line touches."""
        return self._groups[id].box if id in self._groups else self._boxes[id]

    def inside(self, box: Box, group: str | None) -> Box:
        """Return a rectangle in the coordinates of its group."""
        x, y = self._origin(group)
        return box.moved(-x, -y)

    def shared(self, source: str, target: str) -> tuple[str, Point]:
        """Return the innermost cell that holds both ends of a line, and its corner: draw.io keeps lines there."""
        around = set(holders(self._inside.get(source), self._parents))
        group = next((id for id in holders(self._inside.get(target), self._parents) if id in around), None)
        return self.cell(group), self._origin(group)

    def _origin(self, group: str | None) -> Point:
        placed = self._groups.get(group) if group is not None else None
        return (placed.box.x, placed.box.y) if placed else self.origin
