"""The scene as a graph for ELK, and ELK's answer as a placement."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from renderers.layout.nesting import holders
from renderers.layout.picture import Box, Direction, Point
from renderers.layout.placement import SIDE, Placement, footprint, least_width, top_padding
from renderers.layout.placing.effort import Effort
from renderers.layout.placing.order import backward, beside
from renderers.layout.placing.satellites import Satellite, put, room, satellites
from renderers.layout.placing.sweeps import swept_order
from renderers.layout.placing.tries import USUAL, Try
from renderers.layout.scene import Frame, Item, Link, Scene, even

_ROOT = {
    "elk.algorithm": "layered",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.shapeCoords": "ROOT",
    "elk.json.edgeCoords": "ROOT",
    "elk.layered.edgeLabels.sideSelection": "SMART_UP",
    "elk.layered.considerModelOrder.strategy": "PREFER_EDGES",
    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
}
_SPACING = {
    "elk.layered.thoroughness": "16",
    "elk.layered.layering.strategy": "LONGEST_PATH_SOURCE",
    "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
    "elk.layered.spacing.nodeNodeBetweenLayers": "26",
    "elk.layered.spacing.edgeNodeBetweenLayers": "18",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "14",
    "elk.spacing.nodeNode": "22",
    "elk.spacing.edgeNode": "16",
    "elk.spacing.edgeEdge": "13",
    "elk.spacing.edgeLabel": "5",
    "elk.spacing.labelNode": "5",
    "elk.spacing.portPort": "14",
    "elk.spacing.componentComponent": "24",
}


#: What a light try does otherwise: in time that grows with the graph and no faster.
_LIGHT = {"elk.layered.nodePlacement.strategy": "BRANDES_KOEPF"}


def graph(scene: Scene, direction: Direction, effort: Effort = "hard", one: Try = USUAL) -> dict[str, Any]:
    """Return the scene as ELK's JSON, with the options of one try."""
    tried = {**(_SPACING if effort == "hard" else {**_SPACING, **_LIGHT}), **one.options}
    nodes: dict[str | None, dict[str, Any]] = {
        None: {"id": "|root", "layoutOptions": {**_ROOT, **tried, "elk.direction": direction.upper()}}
    }
    nodes[None]["children"] = []
    places = swept_order(scene) if one.is_ordered else {}
    against = backward(scene)
    at = satellites(scene)
    apart = {each.item.id for each in at.values()}
    aside = beside(scene) | {each.link.id for each in at.values()}
    nodes[None]["edges"] = [_edge(link, link.id in against) for link in scene.links if link.id not in aside]
    lefts = _left_paddings(scene, direction)
    for frame in scene.frames:
        nodes[frame.id] = _frame(frame, direction, lefts[frame.id], tried)
        nodes[frame.parent]["children"].append(nodes[frame.id])
    for item in scene.items:
        if item.id not in apart:
            nodes[item.id] = _item(item, direction, at.get(item.id))
            nodes[item.parent]["children"].append(nodes[item.id])
    for id, place in places.items():
        if id in nodes:
            nodes[id]["layoutOptions"]["elk.position"] = f"({100 * place},{100 * place})"
    return nodes[None]


def _frame(frame: Frame, direction: Direction, left: float, tried: Mapping[str, str]) -> dict[str, Any]:
    top, wide = top_padding(frame), least_width(frame)
    least = (wide, top + SIDE) if direction == "right" else (top + SIDE, wide)  # ELK turns it with the direction
    options = {
        **tried,
        "elk.padding": f"[top={top},left={left},bottom={SIDE},right={SIDE}]",
        "elk.nodeSize.constraints": "MINIMUM_SIZE",
        "elk.nodeSize.minimum": f"({least[0]},{least[1]})",
    }
    return {"id": frame.id, "layoutOptions": options, "children": []}


def _left_paddings(scene: Scene, direction: Direction) -> dict[str, float]:
    """Return the left padding of each frame; if lines enter from above, the content starts to the right of the title."""
    paddings = {frame.id: SIDE for frame in scene.frames}
    if direction == "right":
        return paddings
    parents = {frame.id: frame.parent for frame in scene.frames}
    home = {item.id: item.parent for item in scene.items} | parents
    entered = _entered(scene, home, parents)
    frames = {frame.id: frame for frame in scene.frames}
    for holder in {item.parent for item in scene.items} & entered:
        at, level = holder, 0
        while at is not None and frames[at].look not in ("cloud", "region"):
            if at in entered and holder is not None:
                needed = least_width(frames[at]) - SIDE * level
                paddings[holder] = max(paddings[holder], needed)
            at, level = parents[at], level + 1
    return paddings


def _entered(scene: Scene, home: dict[str, str | None], parents: dict[str, str | None]) -> set[str]:
    """Return the frames that a line enters from above."""
    entered: set[str] = set()
    against = backward(scene)
    for link in scene.links:
        ends = (link.target, link.source) if link.id in against else (link.source, link.target)
        entered |= set(holders(home[ends[1]], parents)) - set(holders(home[ends[0]], parents))
    return entered


def _item(item: Item, direction: Direction, satellite: Satellite | None) -> dict[str, Any]:
    options = {"elk.portAlignment.default": "CENTER", "elk.spacing.portPort": "14"}
    wide, tall = footprint(item)
    if direction == "down" and satellite:
        options["elk.nodeLabels.placement"] = "OUTSIDE H_RIGHT V_TOP H_PRIORITY"
        beside_it = {"text": "x", "width": ceil(satellite.across), "height": ceil(footprint(satellite.item)[1])}
        return {"id": item.id, "width": wide, "height": ceil(tall), "labels": [beside_it], "layoutOptions": options}
    if direction == "down" or item.shape is not None or not item.text_h:
        return {"id": item.id, "width": wide, "height": ceil(tall), "layoutOptions": options}
    options["elk.nodeLabels.placement"] = "OUTSIDE V_BOTTOM H_CENTER"
    label_w, label_h = room(satellite, item)
    label = {"text": "x", "width": even(label_w), "height": ceil(label_h)}
    return {"id": item.id, "width": item.w, "height": item.h, "labels": [label], "layoutOptions": options}


def _edge(link: Link, against: bool) -> dict[str, Any]:
    ends = (link.target, link.source) if against else (link.source, link.target)
    edge: dict[str, Any] = {"id": link.id, "sources": [ends[0]], "targets": [ends[1]]}
    if link.tag_w:
        edge["labels"] = [{"text": "x", "width": even(link.tag_w) + 8, "height": even(max(link.tag_h, 16.0))}]
        edge["layoutOptions"] = {"elk.edgeLabels.placement": "CENTER"}
    return edge


def read(answer: dict[str, Any], scene: Scene, direction: Direction) -> Placement:
    """Return ELK's answer as a placement."""
    placement = Placement(scene, direction)
    frames = {frame.id for frame in scene.frames}
    shapes = {item.id: item for item in scene.items}
    todo = list(answer.get("children", ()))
    while todo:
        node = todo.pop()
        box = Box(node["x"], node["y"], node["width"], node["height"])
        if node["id"] in frames:
            placement.frames[node["id"]] = box
        else:
            item = shapes[node["id"]]
            placement.items[item.id] = Box(box.cx - item.w / 2, box.y, item.w, item.h)
        todo += node.get("children", ())
    for satellite in satellites(scene).values():
        put(satellite, placement)
    against = backward(scene)
    for edge in answer.get("edges", ()):
        _read_edge(edge, placement, edge["id"] in against)
    return placement


def _read_edge(edge: dict[str, Any], placement: Placement, against: bool) -> None:
    points: list[Point] = []
    for section in edge.get("sections", ()):
        ends = [section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]]
        points += [(point["x"], point["y"]) for point in ends]
    placement.routes[edge["id"]] = tuple(reversed(points) if against else points)
    for label in edge.get("labels", ()):
        placement.tags[edge["id"]] = Box(label["x"], label["y"], label["width"], label["height"])
