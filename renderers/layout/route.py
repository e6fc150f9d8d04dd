"""Route: an orthogonal line for each link that has none, around everything in its way."""

from heapq import heappop, heappush

from renderers.layout.grid import PITCH, Grid
from renderers.layout.picture import Box, Point, around
from renderers.layout.placement import Placement, text_box
from renderers.layout.scene import Link
from renderers.layout.tidy import merged, solids, touch_box

_BEND = 9
_OUT, _IN = 30, 2
_OTHER_SIDE = 14
_CLEAR = 7.0
_MARGIN = 60.0
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def route(placement: Placement, links: list[Link]) -> None:
    """Route the links, the shortest first. A link that finds no way gets a plain line with one bend."""
    if not links:
        return
    grid = _grid(placement)
    for link in sorted(links, key=lambda link: (_distance(link, placement), link.id)):
        points = _find(grid, link, placement) or _plain(link, placement)
        placement.routes[link.id] = points
        grid.line(points)


def _grid(placement: Placement) -> Grid:
    boxes = [placement.items[item.id] for item in placement.scene.items] + list(placement.frames.values())
    grid = Grid(around(boxes).grown(_MARGIN))
    for box in solids(placement):
        grid.block(box.grown(_CLEAR))
    for frame in placement.scene.frames:
        grid.border(placement.frames[frame.id], _OUT if frame.parent is None else _IN)
    for points in placement.routes.values():
        if points:
            grid.line(points)
    return grid


def _distance(link: Link, placement: Placement) -> float:
    a, b = placement.end_box(link.source), placement.end_box(link.target)
    return abs(a.cx - b.cx) + abs(a.cy - b.cy)


def _ports(grid: Grid, id: str, placement: Placement, preferred: int) -> dict[tuple[int, int], tuple[int, Point]]:
    """Return where a line may leave a thing: (cell, direction) to its extra cost and the point on the thing's side.

    Directions are numbered as in `_STEPS`: right, down, left, up. A side with text beneath it is left out.
    """
    box = touch_box(id, placement)
    item = next((item for item in placement.scene.items if item.id == id), None)
    shut = 1 if item and placement.direction == "right" and text_box(item, placement.items[id]) else -1
    found: dict[tuple[int, int], tuple[int, Point]] = {}
    for way, (dx, dy) in enumerate(_STEPS):
        if way == shut:
            continue
        for step, point in _side(grid, placement.end_box(id) if dx else box, dx, dy):
            x, y = point[0] + dx * (PITCH + _CLEAR), point[1] + dy * (PITCH + _CLEAR)
            cell = grid.row(y) * grid.columns + grid.column(x)
            extra = 0 if way == preferred else _OTHER_SIDE * (2 if way == (preferred + 2) % 4 else 1)
            taken = (grid.level if dx else grid.upright)[cell] - 1
            if not grid.blocked[cell]:
                found.setdefault((cell, way), (extra + step + taken, point))
    return found


def _side(grid: Grid, box: Box, dx: int, dy: int) -> list[tuple[int, Point]]:
    """Return points on a side that lie on the grid, with a small cost for each step away from its middle."""
    if dx:
        x = box.right if dx > 0 else box.x
        first, last, middle = grid.row(box.y + 6), grid.row(box.bottom - 6), box.cy
        points = [(x, grid.y + row * PITCH) for row in range(first, last + 1)]
        return [(round(abs(p[1] - middle) / PITCH), p) for p in points if box.y + 5 <= p[1] <= box.bottom - 5]
    y = box.bottom if dy > 0 else box.y
    first, last, middle = grid.column(box.x + 6), grid.column(box.right - 6), box.cx
    points = [(grid.x + column * PITCH, y) for column in range(first, last + 1)]
    return [(round(abs(p[0] - middle) / PITCH), p) for p in points if box.x + 5 <= p[0] <= box.right - 5]


def _find(grid: Grid, link: Link, placement: Placement) -> tuple[Point, ...] | None:
    forward = 0 if placement.direction == "right" else 1
    starts = _ports(grid, link.source, placement, forward)
    ends = _ports(grid, link.target, placement, (forward + 2) % 4)
    goals = {(cell, (way + 2) % 4): value for (cell, way), value in ends.items()}
    cells = _search(grid, starts, goals, placement.end_box(link.target))
    if cells is None:
        return None
    first, last = cells[0], cells[-1]
    points = [starts[first][1], *(grid.point(cell) for cell, _ in cells), goals[last][1]]
    return merged(_square_ends(points))


def _square_ends(points: list[Point]) -> tuple[Point, ...]:
    """Let the first and last stretch keep the port's exact place: the grid holds the other coordinate."""
    return tuple((round(x, 2), round(y, 2)) for x, y in points)


State = tuple[int, int]


def _search(
    grid: Grid, starts: dict[State, tuple[int, Point]], goals: dict[State, tuple[int, Point]], target: Box
) -> list[State] | None:
    """Return the cheapest way over the grid (A*), as cells with the direction in which each is entered."""
    best: dict[State, int] = {state: extra for state, (extra, _) in starts.items()}
    came: dict[State, State] = {}
    queue: list[tuple[int, int, int, State]] = []
    for number, state in enumerate(sorted(best)):
        heappush(queue, (best[state] + _left(grid, state[0], target), best[state], number, state))
    done: set[State] = set()
    final: tuple[int, State] | None = None
    pushed = len(queue)
    while queue:
        total, cost, _, state = heappop(queue)
        if final and total >= final[0]:
            break
        if state in done:
            continue
        done.add(state)
        if state in goals and (final is None or cost + goals[state][0] < final[0]):
            final = (cost + goals[state][0], state)
        for after, price in _next(grid, state):
            new = cost + price
            if new < best.get(after, 1 << 30):
                best[after], came[after] = new, state
                pushed += 1
                heappush(queue, (new + _left(grid, after[0], target), new, pushed, after))
    return _back(final[1], came) if final else None


def _next(grid: Grid, state: State) -> list[tuple[State, int]]:
    cell, way = state
    row, column = divmod(cell, grid.columns)
    found = []
    for turn in (way, (way + 1) % 4, (way + 3) % 4):
        dx, dy = _STEPS[turn]
        if 0 <= column + dx < grid.columns and 0 <= row + dy < grid.rows:
            after = cell + dx + dy * grid.columns
            if not grid.blocked[after]:
                costs = grid.level if dx else grid.upright
                price = costs[after] + (0 if turn == way else _BEND + costs[cell] - 1)
                found.append(((after, turn), price))
    return found


def _left(grid: Grid, cell: int, target: Box) -> int:
    """Return the least number of steps still to go."""
    x, y = grid.point(cell)
    dx = max(target.x - x, 0.0, x - target.right)
    dy = max(target.y - y, 0.0, y - target.bottom)
    return max(0, int((dx + dy) / PITCH) - 3)


def _back(state: State, came: dict[State, State]) -> list[State]:
    way = [state]
    while state in came:
        state = came[state]
        way.append(state)
    return way[::-1]


def _plain(link: Link, placement: Placement) -> tuple[Point, ...]:
    a, b = touch_box(link.source, placement), touch_box(link.target, placement)
    start = (a.right, a.cy) if b.cx >= a.cx else (a.x, a.cy)
    if abs(a.cy - b.cy) < 1:
        return (start, (b.x if b.cx >= a.cx else b.right, a.cy))
    return (start, (b.cx, a.cy), (b.cx, b.y if b.cy >= a.cy else b.bottom))
