"""A cache of pictures, by the architecture that they show."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from advisor.architecture import Architecture, Node
from advisor.text import Lang
from renderers.layout.picture import Direction, Picture

_MOST = 64


class PictureCache:
    """A bounded cache of pictures, thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pictures: OrderedDict[Hashable, Picture] = OrderedDict()

    def get(self, key: Hashable) -> Picture | None:
        """Return the picture kept under a key, or None."""
        with self._lock:
            picture = self._pictures.get(key)
            if picture is not None:
                self._pictures.move_to_end(key)
            return picture

    def keep(self, key: Hashable, picture: Picture) -> None:
        """Keep a picture, and evict the least recently used one."""
        with self._lock:
            self._pictures[key] = picture
            self._pictures.move_to_end(key)
            while len(self._pictures) > _MOST:
                self._pictures.popitem(last=False)

    def clear(self) -> None:
        """Remove every picture."""
        with self._lock:
            self._pictures.clear()


def key(architecture: Architecture, title: str, lang: Lang, direction: Direction) -> Hashable:
    """Return everything that a picture is made of, as one value."""
    edges = tuple(
        (e.id, e.source, e.verb, e.target, e.label.in_(lang), e.sentence.in_(lang), e.flow, e.step, e.budgets)
        for e in architecture.edges
    )
    groups = tuple((g.id, g.kind, g.title.in_(lang), g.parent, g.service) for g in architecture.groups)
    return (lang, direction, title, tuple(_node(node, lang) for node in architecture.nodes), edges, groups)


def _node(node: Node, lang: Lang) -> Hashable:
    states = tuple(
        (s.id, s.kind, s.title.in_(lang), s.note.in_(lang), tuple(s.next), s.on_error, s.settings.get("retry"))
        for s in node.states
    )
    return (
        node.id, node.service, node.kind, node.subject, node.role, node.heading.in_(lang), node.note.in_(lang),
        node.icon, node.group, states,
    )  # fmt: skip
