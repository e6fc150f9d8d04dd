"""The scene as a graph for ELK, and ELK's answer as a placement."""

from typing import Any

from renderers.layout.order import backward
from renderers.layout.picture import Box, Direction, Point
from renderers.layout.placement import SIDE, TOP, TOP_PLAIN, Placement, footprint, least_width
from renderers.layout.scene import ICON, Frame, Item, Link, Scene

_ROOT = {
    "elk.algorithm": "layered",
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.shapeCoords": "ROOT",
    "elk.json.edgeCoords": "ROOT",
    "elk.layered.thoroughness": "30",
    "elk.layered.layering.strategy": "LONGEST_PATH_SOURCE",
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
    "elk.layered.edgeLabels.sideSelection": "SMART_UP",
    "elk.layered.considerModelOrder.strategy": "PREFER_EDGES",
    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
}
_SPACING = {
    "elk.layered.spacing.nodeNodeBetweenLayers": "30",
    "elk.layered.spacing.edgeNodeBetweenLayers": "18",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "14",
    "elk.spacing.nodeNode": "34",
    "elk.spacing.edgeNode": "22",
    "elk.spacing.edgeEdge": "16",
    "elk.spacing.edgeLabel": "5",
    "elk.spacing.labelNode": "5",
    "elk.spacing.portPort": "14",
    "elk.spacing.componentComponent": "34",
}


def graph(scene: Scene, direction: Direction) -> dict[str, Any]:
    """Return the scene as ELK's JSON."""
    nodes: dict[str | None, dict[str, Any]] = {
        None: {"id": "|root", "layoutOptions": {**_ROOT, **_SPACING, "elk.direction": direction.upper()}}
    }
    nodes[None]["children"] = []
    against = backward(scene)
    nodes[None]["edges"] = [_edge(link, link.id in against) for link in scene.links]
    for frame in scene.frames:
        nodes[frame.id] = _frame(frame, direction)
        nodes[frame.parent]["children"].append(nodes[frame.id])
    for item in scene.items:
        nodes[item.parent]["children"].append(_item(item, direction))
    return nodes[None]


def _frame(frame: Frame, direction: Direction) -> dict[str, Any]:
    top = TOP if frame.corner else TOP_PLAIN
    options = {
        **_SPACING,
        "elk.padding": f"[top={top},left={SIDE},bottom={SIDE},right={SIDE}]",
        "elk.nodeSize.constraints": "MINIMUM_SIZE",
        "elk.nodeSize.minimum": f"({least_width(frame)},{top + SIDE})",
    }
    return {"id": frame.id, "layoutOptions": options, "children": []}


def _item(item: Item, direction: Direction) -> dict[str, Any]:
    options = {"elk.portAlignment.default": "CENTER", "elk.spacing.portPort": "14"}
    wide, tall = footprint(item)
    if direction == "down" or item.shape is not None or not item.text_h:
        return {"id": item.id, "width": wide, "height": tall, "layoutOptions": options}
    options["elk.nodeLabels.placement"] = "OUTSIDE V_BOTTOM H_CENTER"
    label = {"text": "x", "width": item.text_w, "height": item.text_h}
    return {"id": item.id, "width": ICON, "height": ICON, "labels": [label], "layoutOptions": options}


def _edge(link: Link, against: bool) -> dict[str, Any]:
    ends = (link.target, link.source) if against else (link.source, link.target)
    edge: dict[str, Any] = {"id": link.id, "sources": [ends[0]], "targets": [ends[1]]}
    if link.tag_w:
        edge["labels"] = [{"text": "x", "width": link.tag_w + 8, "height": max(link.tag_h, 16.0)}]
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
