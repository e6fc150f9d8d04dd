"""Route: an orthogonal line for each link that has none, around everything in its way."""

from heapq import heappop, heappush

from renderers.layout.picture import Box, Point, around
from renderers.layout.placement import Placement, text_box
from renderers.layout.routing.foreign import Walls
from renderers.layout.routing.grid import PITCH, Grid
from renderers.layout.routing.tidy import merged, solids, touch_box
from renderers.layout.scene import Link

_BEND = 9
_OUT, _IN = 30, 2
#: How much more the way ahead counts than the way behind, three times as fast: in a large picture the first way found has to do.
_WEIGHT, _LARGE_WEIGHT = 1.6, 3.0
_OTHER_SIDE = 14
_CLEAR = 7.0
_MARGIN = 60.0
_NEVER = 1 << 30
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
_TURNS = ((0, 1, 3), (1, 2, 0), (2, 3, 1), (3, 0, 2))
Ports = dict[int, tuple[int, Point]]


def route(placement: Placement, links: list[Link]) -> None:
    """Route the links, the shortest first. A link that finds no way gets a plain line with one bend."""
    if not links:
        return
    grid = _grid(placement)
    walls = Walls(grid, placement)
    for link in sorted(links, key=lambda link: (_distance(link, placement), link.id)):
        with walls.around(link):
            around = _find(grid, link, placement)
        points = around or _find(grid, link, placement) or _plain(link, placement)
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


def _ports(grid: Grid, id: str, placement: Placement, preferred: int) -> Ports:
    """Return the ports of an item or frame: states (see `_search`) to their extra cost and the point on the side.

    Directions are numbered as in `_STEPS`: right, down, left, up. A side with text beneath it is left out.
    """
    box = touch_box(id, placement)
    item = placement.scene.by_id.get(id)
    shut = 1 if item and placement.direction == "right" and text_box(item, placement.items[id]) else -1
    ports: Ports = {}
    for way, (dx, dy) in enumerate(_STEPS):
        if way == shut:
            continue
        for step, point in _side(grid, placement.end_box(id) if dx else box, dx, dy):
            x, y = point[0] + dx * (grid.pitch + _CLEAR), point[1] + dy * (grid.pitch + _CLEAR)
            cell = grid.row(y) * grid.columns + grid.column(x)
            extra = 0 if way == preferred else _OTHER_SIDE * (2 if way == (preferred + 2) % 4 else 1)
            occupied = (grid.level if dx else grid.upright)[cell] - 1
            if not grid.blocked[cell]:
                ports.setdefault(cell * 4 + way, (extra + step + occupied, point))
    return ports


def _side(grid: Grid, box: Box, dx: int, dy: int) -> list[tuple[int, Point]]:
    """Return points on a side that lie on the grid, with a small cost for each step away from its middle."""
    if dx:
        x = box.right if dx > 0 else box.x
        first, last, middle = grid.row(box.y + 6), grid.row(box.bottom - 6), box.cy
        points = [(x, grid.y + row * grid.pitch) for row in range(first, last + 1)]
        return [(round(abs(p[1] - middle) / grid.pitch), p) for p in points if box.y + 5 <= p[1] <= box.bottom - 5]
    y = box.bottom if dy > 0 else box.y
    first, last, middle = grid.column(box.x + 6), grid.column(box.right - 6), box.cx
    points = [(grid.x + column * grid.pitch, y) for column in range(first, last + 1)]
    return [(round(abs(p[0] - middle) / grid.pitch), p) for p in points if box.x + 5 <= p[0] <= box.right - 5]


def _find(grid: Grid, link: Link, placement: Placement) -> tuple[Point, ...] | None:
    forward = 0 if placement.direction == "right" else 1
    starts = _ports(grid, link.source, placement, forward)
    ends = _ports(grid, link.target, placement, (forward + 2) % 4)
    goals = {state ^ 2: value for state, value in ends.items()}
    states = _search(grid, starts, goals, placement.end_box(link.target))
    if states is None:
        return None
    cells = [grid.point(state >> 2) for state in states]
    return merged((starts[states[0]][1], *cells, goals[states[-1]][1]))


def _search(grid: Grid, starts: Ports, goals: Ports, target: Box) -> list[int] | None:
    """Return a cheap way over the grid (A*), as states: four times the cell plus the direction it is entered in."""
    columns, states = grid.columns, 4 * grid.columns * grid.rows
    across, down, weight = _away(grid, target)
    moves = _moves(grid)
    best, ahead = [_NEVER] * states, [_NEVER] * (states // 4)
    came_from: dict[int, int] = {}
    # The cost of a way through a state times the number of states, plus the state: one number is compared faster than two.
    queue: list[int] = []
    for state, (extra, _) in starts.items():
        best[state] = extra
        row, column = divmod(state >> 2, columns)
        heappush(queue, (extra + max(0, int((across[column] + down[row]) * weight) - 3)) * states + state)
    done = bytearray(states)
    final, dearest = -1, _NEVER
    while queue:
        total, state = divmod(heappop(queue), states)
        if total >= dearest:
            break
        if done[state]:
            continue
        done[state] = 1
        cost, cell = best[state], state >> 2
        if state in goals and cost + goals[state][0] < dearest:
            final, dearest = state, cost + goals[state][0]
        for turn, offset, blocked, costs, bend in moves[state & 3]:
            after = cell + offset
            if blocked[after]:
                continue
            new = cost + costs[after] + (bend + costs[cell] if bend else 0)
            state_after = after * 4 + turn
            if new < best[state_after]:
                best[state_after], came_from[state_after] = new, state
                steps = ahead[after]
                if steps == _NEVER:
                    ahead[after] = steps = int((across[after % columns] + down[after // columns]) * weight) - 3
                heappush(queue, (new + steps if steps > 0 else new) * states + state_after)
    return _back(final, came_from) if final >= 0 else None


def _moves(grid: Grid) -> list[list[tuple[int, int, bytes, list[int], int]]]:
    """Return the next steps by direction: the new one, the offset of the cell, the blocked cells, the costs, and that of turning."""
    offsets, costs = (1, grid.columns, -1, -grid.columns), (grid.level, grid.upright)
    outside = bytes((1,)) * grid.columns  # what is above or below the grid is blocked
    blocked = [grid.blocked + outside for _ in offsets]
    for way, edge in ((0, 0), (2, grid.columns - 1)):  # and so is what is beyond its sides
        blocked[way][edge :: grid.columns] = bytes((1,)) * len(blocked[way][edge :: grid.columns])
    return [
        [
            (turn, offsets[turn], bytes(blocked[turn]), costs[turn & 1], 0 if turn == way else _BEND - 1)
            for turn in turns
        ]
        for way, turns in enumerate(_TURNS)
    ]


def _away(grid: Grid, target: Box) -> tuple[list[float], list[float], float]:
    """Return how far each column and each row of the grid is from the target, and what a pixel of that costs."""
    lefts = (grid.x + at * grid.pitch for at in range(grid.columns))
    tops = (grid.y + at * grid.pitch for at in range(grid.rows))
    across = [max(target.x - x, 0.0, x - target.right) for x in lefts]
    down = [max(target.y - y, 0.0, y - target.bottom) for y in tops]
    return across, down, (_WEIGHT if grid.pitch == PITCH else _LARGE_WEIGHT) / grid.pitch


def _back(state: int, came_from: dict[int, int]) -> list[int]:
    way = [state]
    while state in came_from:
        state = came_from[state]
        way.append(state)
    return way[::-1]


def _plain(link: Link, placement: Placement) -> tuple[Point, ...]:
    a, b = touch_box(link.source, placement), touch_box(link.target, placement)
    start = (a.right, a.cy) if b.cx >= a.cx else (a.x, a.cy)
    if abs(a.cy - b.cy) < 1:
        return (start, (b.x if b.cx >= a.cx else b.right, a.cy))
    return (start, (b.cx, a.cy), (b.cx, b.y if b.cy >= a.cy else b.bottom))
