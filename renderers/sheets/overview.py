"""The overview: the components with their entry points, channels and stores, each with the number of its sheet.

What supports them, such as keys, logs and dead-letter queues, is on the sheets only. An architecture with too many
components for one picture is shown with a node for each sheet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from advisor.architecture import Architecture, Edge, Flow, Node
from advisor.text import EMPTY, Lang, Text
from renderers.sheets.context import fronts_of
from renderers.sheets.division import Unit, nodes_of, owners_of
from renderers.sheets.part import referred
from renderers.sheets.passing import is_passed_on_the_way, is_shared_endpoint, leads_nowhere, past

SHEET = "sheet."
#: What stands behind the name of a component on each sheet but its first.
_MORE = Text(" (continued)", "（続き）")
_MOST_NAMES = 2
#: Roles of what is part of a component in an overview.
_OF_COMPONENT = ("compute", "workflow", "events", "schedule", "buffer")
#: Roles of the parts that requirements have.
_ASKED_FOR = ("compute", "store", "messaging")


@dataclass(frozen=True, slots=True)
class _Level:
    """How much an overview shows: a node for each component or for each sheet, and which others besides."""

    by_component: bool
    has_own_stores: bool = False
    has_fronts: bool = False
    has_shared: bool = True


#: From the most to the least detail.
_LEVELS = (
    _Level(by_component=True, has_own_stores=True, has_fronts=True),
    _Level(by_component=True, has_fronts=True),
    _Level(by_component=False, has_fronts=True),
    _Level(by_component=False),
    _Level(by_component=False, has_shared=False),
)
#: The first of them with a node for each sheet.
BY_SHEET = next(n for n, level in enumerate(_LEVELS) if not level.by_component)


def named(architecture: Architecture, group: list[Unit], lang: Lang) -> str:
    """Return the title of a sheet: the titles of its first components."""
    computes = [node for unit in group for node in _programs(architecture, unit)[:1]]
    begun = {unit.subject for unit in group if not unit.is_more}
    titled = ((node.note if node.note != EMPTY else node.title, node.subject in begun) for node in computes)
    names = list(dict.fromkeys(f"{name.in_(lang)}{'' if is_first else _MORE.in_(lang)}" for name, is_first in titled))
    names = names or [_other_name(architecture, unit).in_(lang) for unit in group if unit.edges]
    more = len(names) - _MOST_NAMES
    if more == 1:  # "1 more" would hide a name and save nothing
        return f"{', '.join(names[:-1])} and {names[-1]}" if lang == "en" else "、".join(names)
    shown = (", " if lang == "en" else "、").join(names[:_MOST_NAMES])
    if more <= 0:
        return shown
    return f"{shown} and {more} more" if lang == "en" else f"{shown} ほか {more} 件"


def _other_name(architecture: Architecture, unit: Unit) -> Text:
    """Return the name of a unit without programs: of the sender of its destinations, otherwise what is connected first."""
    edge = unit.edges[0]
    sender = architecture.node(edge.source)
    if not unit.destinations:
        return architecture.node(edge.target).title
    return sender.note if sender.note != EMPTY else sender.title


def _programs(architecture: Architecture, unit: Unit) -> list[Node]:
    return [node for node in architecture.nodes if node.subject == unit.subject and node.role == "compute"]


def sheet_of(id: str) -> int | None:
    """Return the number of the sheet that a node of an overview leads to."""
    return int(id.removeprefix(SHEET).partition(".")[0]) if id.startswith(SHEET) else None


def overviews(architecture: Architecture, groups: list[list[Unit]], lang: Lang) -> Iterator[Architecture]:
    """Yield the architecture of an overview, from the one with the most detail to the one with the least."""
    for level in _LEVELS:
        yield _Overview(architecture, groups, level).drawn(lang)


@dataclass
class _Overview:
    """One overview: the nodes and connections of an architecture, and what they are in it."""

    architecture: Architecture
    groups: list[list[Unit]]
    level: _Level
    homes: dict[str, str] = field(default_factory=dict)
    carried: list[tuple[Edge, str]] = field(default_factory=list)

    def drawn(self, lang: Lang) -> Architecture:
        """Return the architecture of the overview."""
        self._place()
        edges = self._edges()
        linked = {end for edge in edges for end in (edge.source, edge.target)}
        cloud = next((group for group in self.architecture.groups if group.parent is None), None)
        nodes: dict[str, Node] = {}
        for node in self.architecture.nodes:
            home = self.homes.get(node.id, "")
            if home == node.id and home in linked:
                nodes[home] = replace(node, group=cloud.id if cloud and node.group else None, states=())
            elif home.startswith(SHEET):
                nodes.setdefault(home, self._node(home, lang, cloud.id if cloud else None))
        return replace(
            self.architecture,
            nodes=tuple(nodes.values()),
            edges=edges,
            groups=(cloud,) if cloud else (),
            rows=tuple(row for row in self.architecture.rows if not row.nodes),
        )

    def _place(self) -> None:
        """Find what each node is in the overview: itself, its component or its sheet; what supports others has no place."""
        owners, fronts = owners_of(self.architecture), self._fronts()
        nodes = (node for node in self.architecture.nodes if node.id not in fronts)
        left_out = {node.id for node in nodes if is_passed_on_the_way(node, self.architecture)}
        self.carried = [*past(self.architecture, left_out)]
        numbered = [(n, unit) for n, group in enumerate(self.groups, 1) for unit in group if not unit.is_more]
        units = {unit.subject: self._home(unit, n) for n, unit in numbered}
        for node in self.architecture.nodes:
            owner = owners.get(node.id) or (node.subject if node.role == "compute" else "")
            is_end = node.role == "buffer" and leads_nowhere(node.id, self.architecture)
            if node.kind == "outside" or is_end:
                self.homes[node.id] = node.id
            elif node.role in _OF_COMPONENT and owner in units:
                self.homes[node.id] = units[owner]
        for n, group in enumerate(self.groups, 1):
            self.homes |= {end: self._home(unit, n) for unit in group for end in unit.destinations}
        for node in self.architecture.nodes:
            passed = node.id in fronts or (node.role in ("store", "messaging") and node.kind == "service")
            if not passed or node.id in self.homes:
                continue
            if self._is_shown(node, node.id in fronts):
                self.homes[node.id] = node.id
            elif not self.level.by_component:
                self.homes[node.id] = self._behind(node.id) if node.id in fronts else self._first(node.id, units)

    def _home(self, unit: Unit, number: int) -> str:
        return f"{SHEET}{number}.{unit.subject}" if self.level.by_component else f"{SHEET}{number}"

    def _fronts(self) -> set[str]:
        """Return what requests pass on their way to something else: a CDN, an endpoint, a load balancer."""
        passed = fronts_of(self.architecture)
        shared = {node.id for node in self.architecture.nodes if is_shared_endpoint(node, self.architecture)}
        return shared | {id for id in passed if any(e.flow == "sync" for e in self.architecture.leaving(id))}

    def _is_shown(self, node: Node, is_front: bool) -> bool:
        """Return whether a node of its own stands for an entry point, a channel or a store."""
        if is_front:
            return self.level.has_fronts
        around = ((edge.source, target) for edge, target in self.carried if node.id in (edge.source, target))
        ends = {self.homes.get(end) for each in around for end in each}
        shared = len({end for end in ends if end and end.startswith(SHEET)}) > 1
        if node.role == "messaging" and self.level.by_component:
            return True
        return self.level.has_own_stores or (shared and self.level.has_shared)

    def _behind(self, id: str) -> str:
        """Return the first sheet with a program that requests reach through an entry point or a load balancer."""
        homes = (self.homes.get(target) or "" for edge, target in self.carried if edge.source == id)
        return min(
            (home for home in homes if home.startswith(SHEET)),
            key=lambda home: sheet_of(home) or 0,
            default=f"{SHEET}1",
        )

    def _first(self, id: str, units: Mapping[str, str]) -> str:
        """Return the first sheet of the first component with a node."""
        numbered = ((n, unit) for n, group in enumerate(self.groups, 1) for unit in group)
        found = (units.get(unit.subject, f"{SHEET}{n}") for n, unit in numbered if id in nodes_of([unit]))
        return next(found, f"{SHEET}1")

    def _edges(self) -> tuple[Edge, ...]:
        """Return one connection for each kind of flow between two nodes of the overview."""
        found: dict[tuple[str, str, Flow], Edge] = {}
        for edge, end in self.carried:
            source, target = self.homes.get(edge.source), self.homes.get(end)
            if not source or not target or source == target:
                continue
            plain = replace(
                edge, id=f"{source}>{edge.flow}>{target}", source=source, target=target, label=EMPTY, sentence=EMPTY,
                step=None, budgets=(),
            )  # fmt: skip
            first = found.setdefault((source, target, edge.flow), plain)
            if edge.flow == "data" and edge.verb != first.verb:
                found[source, target, edge.flow] = replace(first, verb="read-write")
        return tuple(found.values())

    def _node(self, home: str, lang: Lang, cloud: str | None) -> Node:
        """Return the node of a component or of a sheet."""
        number = sheet_of(home) or 1
        group = self.groups[number - 1]
        if self.level.by_component:
            found = [unit for unit in group if self._home(unit, number) == home]
            return self._component(home, found, number, cloud)
        computes = [node for unit in group for node in _programs(self.architecture, unit)]
        title = Text(*(f"{number}. {named(self.architecture, group, lang)}" for lang in ("en", "ja")))
        nodes = [self.architecture.node(id) for id in sorted(nodes_of(group))]
        count = len({node.subject for node in nodes if node.role in _ASKED_FOR and node.kind != "outside"})
        ends = sum(len(unit.destinations) for unit in group)
        note = _counted_destinations(ends) if ends and not computes else _counted_parts(count)
        icon = computes[0].icon if len({node.icon for node in computes}) == 1 else "application"
        subject = computes[0].subject if computes else ""
        return Node(home, "sheet", "part", subject, "compute", title, note, icon, cloud)

    def _component(self, home: str, units: list[Unit], number: int, cloud: str | None) -> Node:
        if ends := [self.architecture.node(end) for unit in units for end in unit.destinations]:
            title, note = _counted_destinations(len(ends)), referred(EMPTY, [number])
            icon = ends[0].icon if len({end.icon for end in ends}) == 1 else "application"
            inside = cloud if all(end.group for end in ends) else None
            return Node(home, "sheet", "part", ends[0].subject, "messaging", title, note, icon, inside)
        node = next(iter(_programs(self.architecture, units[0])), self.architecture.nodes[0])
        subject = units[0].subject
        on = [n for n, group in enumerate(self.groups, 1) if any(unit.subject == subject for unit in group)]
        return replace(node, id=home, note=referred(node.note, on), group=cloud, states=(), remarks=(), count=1)


def _counted_parts(count: int) -> Text:
    return Text("1 part" if count == 1 else f"{count} parts", f"要素 {count} 個")


def _counted_destinations(count: int) -> Text:
    return Text(f"{count} destinations", f"宛先 {count} 件")
