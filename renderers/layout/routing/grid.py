"""The routing grid over the picture: blocked cells, and the cost of each cell."""

from itertools import pairwise

from renderers.layout.picture import Box, Point, stretch

#: Between two lanes; in a large picture fewer lanes have to do.
PITCH, COARSE = 10.0, 12.0
_LARGE = 4_000_000.0
CROSS, ALONG, HUG = 12, 60, 3
_CLOSE = 9.0


class Grid:
    """Grid cells of `pitch` pixels, each with its center. Costs are per step, separately for horizontal and vertical steps."""

    def __init__(self, area: Box) -> None:
        self.x, self.y = area.x, area.y
        self.pitch = PITCH if area.w * area.h <= _LARGE else COARSE
        self.columns = int(area.w // self.pitch) + 1
        self.rows = int(area.h // self.pitch) + 1
        size = self.columns * self.rows
        self.blocked = bytearray(size)
        self.level = [1] * size
        self.upright = [1] * size

    def point(self, cell: int) -> Point:
        """Return the position of a cell."""
        return (self.x + cell % self.columns * self.pitch, self.y + cell // self.columns * self.pitch)

    def column(self, x: float) -> int:
        """Return the column nearest to an x."""
        return max(0, min(self.columns - 1, round((x - self.x) / self.pitch)))

    def row(self, y: float) -> int:
        """Return the row nearest to a y."""
        return max(0, min(self.rows - 1, round((y - self.y) / self.pitch)))

    def inside(self, box: Box) -> list[int]:
        """Return the cells whose centers are in a rectangle."""
        left, right = self._from(box.x - self.x), self._to(box.right - self.x)
        top, bottom = self._from(box.y - self.y), self._to(box.bottom - self.y)
        columns = range(max(0, left), min(self.columns - 1, right) + 1)
        return [
            row * self.columns + column
            for row in range(max(0, top), min(self.rows - 1, bottom) + 1)
            for column in columns
        ]

    def _from(self, offset: float) -> int:
        return -int(-offset // self.pitch)

    def _to(self, offset: float) -> int:
        return int(offset // self.pitch)

    def block(self, box: Box) -> None:
        """Block a rectangle for lines."""
        for cell in self.inside(box):
            self.blocked[cell] = 1

    def border(self, box: Box, price: int) -> None:
        """Allow lines to cross a border at a cost, but not to run along it."""
        half = self.pitch / 2
        for y in (box.y, box.bottom):
            for cell in self.inside(Box(box.x, y - half, box.w, self.pitch - 0.01)):
                self.level[cell] += HUG
                self.upright[cell] += price
        for x in (box.x, box.right):
            for cell in self.inside(Box(x - half, box.y, self.pitch - 0.01, box.h)):
                self.upright[cell] += HUG
                self.level[cell] += price

    def line(self, points: tuple[Point, ...]) -> None:
        """Allow lines to cross a line at a cost, but not to run along it."""
        for a, b in pairwise(points):
            lane = stretch(a, b).grown(_CLOSE)
            along, across = (self.upright, self.level) if abs(a[0] - b[0]) < 0.5 else (self.level, self.upright)
            for cell in self.inside(lane):
                along[cell] += ALONG
                across[cell] += CROSS
        for x, y in points[1:-1]:
            for cell in self.inside(Box(x, y, 0, 0).grown(_CLOSE)):
                self.level[cell] += ALONG
                self.upright[cell] += ALONG
