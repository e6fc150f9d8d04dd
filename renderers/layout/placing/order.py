"""The order in which a scene is read: which links run against it because they close a circle."""

from renderers.layout.scene import Link, Scene


def backward(scene: Scene) -> frozenset[str]:
    """Return the links that close a circle, found by following the links in their numbered order.

    They are laid out the other way round, so that an answer or a retry runs beside the call and not around the picture.
    """
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
