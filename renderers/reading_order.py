"""The order in which a picture is read and its parts are reached by keyboard: along the steps, each line between its ends."""

from collections.abc import Iterator

from renderers.layout.picture import Picture, PlacedGroup, PlacedLine, PlacedNode

Part = PlacedNode | PlacedGroup | PlacedLine


def reading_order(picture: Picture) -> tuple[Part, ...]:
    """Return the nodes, the state machines and the connections that can be read out, by the numbers of the steps.

    Connections without a number come after those with one, and parts that nothing leads to at the end. A state machine
    comes before what leads to one of its states.
    """
    parts: dict[str, Part] = {group.id: group for group in picture.groups if group.label}
    parts |= {node.id: node for node in picture.nodes}
    return tuple({(type(part), part.id): part for part in _parts(picture, parts)}.values())


def _parts(picture: Picture, parts: dict[str, Part]) -> Iterator[Part]:
    told = [line for line in picture.lines if line.label]
    last = max((line.tag.step or 0 for line in told if line.tag), default=0) + 1
    for line in sorted(told, key=lambda line: (line.tag.step if line.tag else None) or last):
        source, target = (parts.get(end.partition("|")[0]) for end in (line.source, line.target))
        ahead = isinstance(target, PlacedGroup)
        for part in (source, target, line) if ahead else (source, line, target):
            if part is not None:
                yield part
    yield from parts.values()
