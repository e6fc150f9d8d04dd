"""Channels that carry a message for each item of a run: a program that goes over items sends one about each of them."""

from advisor.architecture import Node
from advisor.sizing.item_messages import ITEM_MESSAGES
from blueprints import settings


def is_for_items(channel: Node) -> bool:
    """Return whether a channel carries a message for each item of a run, and not one for each run."""
    return settings.flag(channel, ITEM_MESSAGES)
