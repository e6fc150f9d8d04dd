"""Foreign frames: those that hold neither end of a line. No line runs through them while there is a way around."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from renderers.layout.check import runs_through
from renderers.layout.nesting import holders
from renderers.layout.placement import Placement
from renderers.layout.routing.grid import Grid
from renderers.layout.scene import Link, Scene

_AIR = 4.0


class Walls:
    """The cells of a grid that each frame takes up; they block the lines that have no end in the frame."""

    def __init__(self, grid: Grid, placement: Placement) -> None:
        self.grid = grid
        self.scene = placement.scene
        self.homes = homes(placement.scene)
        self.cells = {id: grid.inside(box.grown(_AIR)) for id, box in placement.frames.items()}

    @contextmanager
    def around(self, link: Link) -> Iterator[None]:
        """Block the foreign frames of a link for the time being."""
        free = self.grid.blocked
        self.grid.blocked = bytearray(free)
        for frame in foreign(link, self.scene, self.homes):
            for cell in self.cells[frame]:
                self.grid.blocked[cell] = 1
        try:
            yield
        finally:
            self.grid.blocked = free


def homes(scene: Scene) -> Mapping[str, frozenset[str]]:
    """Return the frames that each item and frame is in; a frame is in itself."""
    parents = {frame.id: frame.parent for frame in scene.frames}
    inside: dict[str, str | None] = {item.id: item.parent for item in scene.items} | {id: id for id in parents}
    return {id: frozenset(holders(frame, parents)) for id, frame in inside.items()}


def foreign(link: Link, scene: Scene, held: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the outermost frames that hold neither end of a link."""
    own = held[link.source] | held[link.target]
    return [frame.id for frame in scene.frames if frame.id not in own and (frame.parent is None or frame.parent in own)]


def entered(placement: Placement) -> list[tuple[Link, str]]:
    """Return the links that run through foreign frames, each with the frame."""
    held = homes(placement.scene)
    return [
        (link, frame)
        for link in placement.scene.links
        for frame in foreign(link, placement.scene, held)
        if runs_through(placement.routes.get(link.id, ()), placement.frames[frame])
    ]
