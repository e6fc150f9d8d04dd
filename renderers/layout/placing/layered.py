"""A placement without the engine: layers in the order of the links, frames around their content. Plain, but right."""

from renderers.layout.picture import Box, Direction, around
from renderers.layout.placement import SIDE, Placement, footprint, least_width, top_padding, whole_box
from renderers.layout.placing.order import backward
from renderers.layout.scene import Scene

_BESIDE, _BETWEEN = 60.0, 72.0


def place(scene: Scene, direction: Direction) -> Placement:
    """Place every item in the layer of its longest way from a start; each frame is a block of its own."""
    placement = Placement(scene, direction)
    layers = _layers(scene)
    _inside(None, 0.0, 0.0, placement, layers)
    return placement


def _layers(scene: Scene) -> dict[str, int]:
    """Return the layer of each item and state machine."""
    against = backward(scene)
    layers = {item.id: 0 for item in scene.items} | {frame.id: 0 for frame in scene.frames}
    for _ in range(len(layers)):
        moved = False
        for link in scene.links:
            ahead = (link.target, link.source) if link.id in against else (link.source, link.target)
            if layers[ahead[1]] <= layers[ahead[0]]:
                layers[ahead[1]] = layers[ahead[0]] + 1
                moved = True
        if not moved:
            break
    return layers


def _inside(frame: str | None, x: float, y: float, placement: Placement, layers: dict[str, int]) -> Box:
    """Place the direct content of a frame layer by layer from a corner; return its bounding rectangle."""
    scene = placement.scene
    blocks: dict[int, list[tuple[str, bool]]] = {}
    for other in scene.frames:
        if other.parent == frame:
            blocks.setdefault(_first_layer(other.id, scene, layers), []).append((other.id, True))
    for item in scene.items:
        if item.parent == frame:
            blocks.setdefault(_layer_of(item.id, frame, scene, layers), []).append((item.id, False))
    boxes: list[Box] = []
    along = x if placement.direction == "right" else y
    for layer in sorted(blocks):
        placed = _layer(blocks[layer], along, y if placement.direction == "right" else x, placement, layers)
        boxes += placed
        whole = around(placed)
        along = (whole.right if placement.direction == "right" else whole.bottom) + _BESIDE + _tags(scene, placement)
    return around(boxes) if boxes else Box(x, y, 0, 0)


def _layer_of(item: str, frame: str | None, scene: Scene, layers: dict[str, int]) -> int:
    """Return the layer of an item among its neighbors; external items that start something come first."""
    if frame is not None:
        return layers[item]
    return -1 if any(link.source == item for link in scene.links) else len(layers)


def _tags(scene: Scene, placement: Placement) -> float:
    """Return the space that the widest tag needs between two layers."""
    return max((link.tag_w if placement.direction == "right" else link.tag_h for link in scene.links), default=0.0)


def _layer(
    blocks: list[tuple[str, bool]], along: float, across: float, placement: Placement, layers: dict[str, int]
) -> list[Box]:
    boxes = []
    right = placement.direction == "right"
    for id, is_frame in blocks:
        x, y = (along, across) if right else (across, along)
        box = _frame(id, x, y, placement, layers) if is_frame else _item(id, x, y, placement)
        boxes.append(box)
        across = (box.bottom if right else box.right) + _BETWEEN
    return boxes


def _first_layer(id: str, scene: Scene, layers: dict[str, int]) -> int:
    inside = {id}
    for frame in scene.frames:
        if frame.parent in inside:
            inside.add(frame.id)
    return min((layers[item.id] for item in scene.items if item.parent in inside), default=0)


def _item(id: str, x: float, y: float, placement: Placement) -> Box:
    item = next(item for item in placement.scene.items if item.id == id)
    wide, _ = footprint(item)
    placement.items[id] = Box(x + (wide - item.w) / 2, y, item.w, item.h)
    return whole_box(item, placement.items[id])


def _frame(id: str, x: float, y: float, placement: Placement, layers: dict[str, int]) -> Box:
    frame = next(frame for frame in placement.scene.frames if frame.id == id)
    top = top_padding(frame) + 14
    content = _inside(id, x + SIDE + 12, y + top, placement, layers)
    wide = max(content.right + SIDE + 12 - x, least_width(frame))
    placement.frames[id] = Box(x, y, wide, content.bottom + SIDE + 8 - y)
    return placement.frames[id]
