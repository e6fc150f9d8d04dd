"""The reading order of a scene: the links against the flow, which close a cycle, and the first elements."""

from renderers.layout.placing.satellites import GUARD, satellites
from renderers.layout.scene import Link, Scene

_LAST = 1 << 30


def beside(scene: Scene) -> frozenset[str]:
    """Return the links from one thing outside the cloud to another that only receives, such as to a provider of identity.

    Both stand before the cloud, one below the other, so that such a link is no part of the flow.
    """
    outside = {item.id for item in scene.items if item.parent is None}
    sources = {link.source for link in scene.links}
    return frozenset(
        link.id
        for link in scene.links
        if link.source in outside and link.target in outside and link.target not in sources
    )


def backward(scene: Scene) -> frozenset[str]:
    """Return the links that close a circle, found by following the links in their numbered order, and those to what stands
    beside the start, or before an entry.

    They are laid out the other way round, so that an answer or a retry runs beside the call and not around the picture.
    """
    aside = beside(scene)
    before = {link.target for link in scene.links if link.id in aside}
    near = {each.item.id for each in satellites(scene).values()}
    before |= {item.id for item in scene.items if item.role == GUARD and item.id not in near}
    return _circles(scene) | {link.id for link in scene.links if link.target in before and link.id not in aside}


def _circles(scene: Scene) -> frozenset[str]:
    out: dict[str, list[Link]] = {}
    entered: set[str] = set()
    for link in scene.links:
        out.setdefault(link.source, []).append(link)
        entered.add(link.target)
    for links in out.values():
        links.sort(key=lambda link: (link.step is None, link.step or 0))
    starts = [item.id for item in scene.items] + [frame.id for frame in scene.frames]
    starts.sort(key=lambda id: id in entered)
    closing: set[str] = set()
    state: dict[str, int] = {}
    for start in starts:
        if start not in state:
            _visit(start, out, state, closing)
    return frozenset(closing)


def _visit(start: str, out: dict[str, list[Link]], state: dict[str, int], closing: set[str]) -> None:
    """Follow links depth first; 1 in `state` is a node on the way here, 2 a finished one."""
    stack = [(start, iter(out.get(start, ())))]
    state[start] = 1
    while stack:
        at, links = stack[-1]
        link = next(links, None)
        if link is None:
            state[at] = 2
            stack.pop()
        elif state.get(link.target) == 1:
            closing.add(link.id)
        elif link.target not in state:
            state[link.target] = 1
            stack.append((link.target, iter(out.get(link.target, ()))))


def reading_order(scene: Scene) -> dict[str, int]:
    """Return the place of each item and frame where links are followed in their numbered order, the first start first.

    An additional element changes the positions of others, but not their order. A frame has the place of the first
    thing in it.
    """
    against, out, entered = backward(scene), dict[str, list[tuple[int, str]]](), set[str]()
    first: dict[str, int] = {}
    for link in scene.links:
        step = _LAST if link.step is None else link.step
        source, target = (link.target, link.source) if link.id in against else (link.source, link.target)
        out.setdefault(source, []).append((step, target))
        entered.add(target)
        for end in (source, target):
            first[end] = min(step, first.get(end, _LAST))
    ids = [item.id for item in scene.items] + [frame.id for frame in scene.frames if frame.label]
    places: dict[str, int] = {}
    for start in sorted(ids, key=lambda id: (id in entered, first.get(id, _LAST))):
        todo = [start]
        while todo:
            at = todo.pop()
            if at not in places:
                places[at] = len(places)
                todo += [target for _, target in sorted(out.get(at, ()), reverse=True)]
    for frame in reversed(scene.frames):
        inside = [item.id for item in scene.items if item.parent == frame.id]
        inside += [other.id for other in scene.frames if other.parent == frame.id]
        places[frame.id] = min(places[id] for id in (*inside, frame.id) if id in places)
    return places
