"""Satellites: what stands directly at another item, with a short line, and takes no place in the flow of its own.

A web application firewall belongs to the entry whose requests it inspects, and a dead-letter queue to its queue. A layered
layout would put them into the layer that follows, which is behind a whole VPC where that is what the item leads to.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from renderers.layout.nesting import holders
from renderers.layout.picture import Box
from renderers.layout.placement import Placement, footprint, text_box
from renderers.layout.scene import Item, Link, Scene

#: The role of what inspects requests before they reach an entry.
GUARD = "firewall"
#: How long the line is at least, between the two.
_LINE, _AIR = 30.0, 7.0


@dataclass(frozen=True, slots=True)
class Satellite:
    """An item that stands at another one, and the link between the two."""

    item: Item
    host: Item
    link: Link

    @property
    def size(self) -> tuple[float, float]:
        """The width and height that it needs below its host, with its line."""
        wide, tall = footprint(self.item)
        return max(wide, 2 * (self.link.tag_w + 2 * _AIR)), tall + self.gap

    @property
    def gap(self) -> float:
        """The length of an upright line."""
        return max(_LINE, self.link.tag_h + 2 * _AIR)

    @property
    def across(self) -> float:
        """The width that it needs beside its host, with its line."""
        return self.reach + footprint(self.item)[0]

    @property
    def reach(self) -> float:
        """The length of a level line."""
        return max(_LINE, self.link.tag_w + 4 * _AIR)


def satellites(scene: Scene) -> Mapping[str, Satellite]:
    """Return the satellites of a scene by their hosts: one at most for each, in the border that the host is in."""
    near: dict[str, list[Link]] = {}
    for link in scene.links:
        near.setdefault(link.source, []).append(link)
        near.setdefault(link.target, []).append(link)
    parents = {frame.id: frame.parent for frame in scene.frames}
    found: dict[str, Satellite] = {}
    for item in scene.items:
        links = near.get(item.id, [])
        host = scene.by_id.get(links[0].source) if len(links) == 1 else None
        if host is None or host.id == item.id or host.shape or item.shape or host.parent != item.parent:
            continue
        is_near = item.role == GUARD or (links[0].kind == "failure" and _leads_into_border(host, near, scene, parents))
        if is_near and len(near[host.id]) > 1:
            found.setdefault(host.id, Satellite(item, host, links[0]))
    return found


def _leads_into_border(
    host: Item, near: Mapping[str, list[Link]], scene: Scene, parents: Mapping[str, str | None]
) -> bool:
    """Tell whether an item leads to another one in a border beside it; state machines are no such borders."""
    own = set(holders(host.parent, parents))
    targets = [scene.by_id.get(link.target) for link in near[host.id] if link.source == host.id]
    return any(
        target and not target.shape and target.parent and set(holders(target.parent, parents)) - own
        for target in targets
    )


def put(satellite: Satellite, placement: Placement) -> None:
    """Place a satellite below its host, or in a picture that runs down, beside it, with its line and tag."""
    item, host, link = satellite.item, placement.items[satellite.host.id], satellite.link
    if placement.direction == "right":
        text = text_box(satellite.host, host)
        start = text.bottom if text else host.bottom
        box = Box(host.cx - item.w / 2, start + satellite.gap, item.w, item.h)
        points = ((host.cx, start), (host.cx, box.y))
        tag = Box(host.cx + _AIR, (start + box.y - link.tag_h) / 2, link.tag_w, link.tag_h)
    else:
        left = host.cx + footprint(satellite.host)[0] / 2 + satellite.reach + (footprint(item)[0] - item.w) / 2
        box = Box(left, host.cy - item.h / 2, item.w, item.h)
        points = ((host.right, host.cy), (box.x, host.cy))
        tag = Box((host.right + box.x - link.tag_w) / 2, host.cy - 5.0 - link.tag_h, link.tag_w, link.tag_h)
    placement.items[item.id] = box
    placement.routes[link.id] = points
    if link.tag_w:
        placement.tags[link.id] = tag


def room(satellite: Satellite | None, item: Item) -> tuple[float, float]:
    """Return the width and height of the text of an item with its satellite below it."""
    if satellite is None:
        return item.text_w, item.text_h
    wide, tall = satellite.size
    return max(item.text_w, wide), item.text_h + tall
