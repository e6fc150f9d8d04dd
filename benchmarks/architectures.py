"""Generated architectures for pictures: requirements of one to some twenty parts, drawn with a seed, each with a design.

Nobody drew them for the layout: parts, triggers, stores and channels come by chance, as a company's systems do over the years.
"""

import random
from collections.abc import Iterator
from typing import Any

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import RequirementsError, make_requirements

#: Nodes of the largest architecture, and of the smallest.
MOST, FEWEST = 60, 3
#: Draws for each architecture before the next size is taken.
DRAWS = 40
Part = dict[str, Any]

_TRIGGERS = ("request", "request", "message", "message", "stream", "schedule", "event", "always-on", "on-demand")
_ACCESS = ("key-value", "key-value", "relational", "objects", "search", "cache", "files")
_CARRIES = ("work", "work", "event", "records")
_DESTINATIONS = ("queue", "function", "email", "sms", "partner-http", "saas", "other-account")
_ESTATES = ("none", "none", "serverless", "containers", "kubernetes")
_NOUNS = (
    ("Order", "注文"), ("Payment", "決済"), ("Stock", "在庫"), ("Customer", "顧客"), ("Invoice", "請求書"), ("Catalog", "カタログ"),
    ("Shipping", "配送"), ("Report", "レポート"), ("Search", "検索"), ("Pricing", "価格計算"), ("Coupon", "クーポン"), ("Audit", "監査"),
)  # fmt: skip
_KINDS = {"components": ("service", "処理"), "channels": ("messages", "メッセージ"), "stores": ("data", "データ")}


def designs(count: int, book: Book, seed: int = 1, most: int = MOST) -> Iterator[tuple[str, Design]]:
    """Yield so many designs with names, their sizes spread evenly from the smallest to the largest."""
    for number in range(count):
        yield generated(number, count, book, seed, most)


def generated(number: int, count: int, book: Book, seed: int = 1, most: int = MOST) -> tuple[str, Design]:
    """Return one of so many designs, by its number, with its name."""
    chance = random.Random(f"{seed}-{number}")
    wanted = FEWEST + (most - FEWEST) * number / max(1, count - 1)
    return f"generated-{number:03}", _design(chance, book, wanted, most)


def _design(chance: random.Random, book: Book, wanted: float, most: int) -> Design:
    """Return the first design drawn of nearly the size that is wanted, else the one nearest to it."""
    nearest: Design | None = None
    parts = max(1, round(wanted / 4))
    for _ in range(DRAWS):
        design = _drawn(chance, book, parts)
        size = len(design.architecture.nodes) if design else 0
        if design is None or not 0 < size <= most:
            parts = max(1, parts - 1) if size > most else parts
            continue
        if nearest is None or abs(size - wanted) < abs(len(nearest.architecture.nodes) - wanted):
            nearest = design
        if abs(size - wanted) <= max(2, wanted / 12):
            return design
        parts = max(1, parts + (1 if size < wanted else -1))
    if nearest is None:
        raise RuntimeError("no architecture could be drawn")
    return nearest


def _drawn(chance: random.Random, book: Book, count: int) -> Design | None:
    try:
        return advise(make_requirements(requirements(chance, count)), book)
    except RequirementsError:
        return None


def requirements(chance: random.Random, count: int) -> Part:
    """Return a requirements file of so many components, with the stores and channels that link them."""
    stores = [_titled(chance, "stores", n) | {"access": chance.choice(_ACCESS)} for n in range(1 + count // 3)]
    channels = [_titled(chance, "channels", n) | _channel(chance) for n in range((count + 1) // 3)]
    components = [_component(chance, n, stores, channels) for n in range(count)]
    _link(chance, components, channels)
    workload = {"estate": chance.choice(_ESTATES)}
    lists = {"components": components, "channels": channels, "stores": stores}
    return {
        "schema": 2, "title": {"en": "Generated system", "ja": "生成したシステム"}, "workload": workload,
        **{name: listed for name, listed in lists.items() if listed},
    }  # fmt: skip


def _titled(chance: random.Random, kind: str, number: int) -> Part:
    noun, what = chance.choice(_NOUNS), _KINDS[kind]
    title = {"en": f"{noun[0]} {what[0]}", "ja": f"{noun[1]}{what[1]}"}
    return {"id": f"{kind[:-1]}-{number + 1}", "title": title}


def _channel(chance: random.Random) -> Part:
    if chance.random() < 0.7:
        return {"carries": chance.choice(_CARRIES)}
    kinds = chance.sample(_DESTINATIONS, chance.randint(1, 2))
    return {"carries": "event", "destinations": [{"kind": kind} for kind in kinds]}


def _component(chance: random.Random, number: int, stores: list[Part], channels: list[Part]) -> Part:
    part = _titled(chance, "components", number)
    part["trigger"] = chance.choice([t for t in _TRIGGERS if channels or t not in ("message", "stream")])
    if part["trigger"] in ("message", "stream"):
        part["listens_to"] = chance.choice(channels)["id"]
    if chance.random() < 0.4:
        part["packaging"] = "container-image"
    if part["trigger"] == "request" and chance.random() < 0.5:
        part["exposure"] = chance.choice(("public", "private", "partner"))
        part["authentication"] = chance.choice(("none", "sign-up", "existing-provider"))
    if part["trigger"] == "schedule" and chance.random() < 0.5:
        part["longest_run_s"] = "2 h"
    held = [store["id"] for store in stores]
    part["reads"] = chance.sample(held, min(len(held), chance.randint(0, 2)))
    part["writes"] = chance.sample(held, min(len(held), chance.randint(0, 2)))
    return part


def _link(chance: random.Random, components: list[Part], channels: list[Part]) -> None:
    """Give each channel a producer, and a consumer where it leads nowhere; a few components call others."""
    for channel in channels:
        listening = [one for one in components if one.get("listens_to") == channel["id"]]
        others = [one for one in components if one not in listening]
        if not listening and "destinations" not in channel and len(others) > 1:
            consumer = others.pop(chance.randrange(len(others)))
            consumer |= {"trigger": "message", "listens_to": channel["id"]}
        if others:
            chance.choice(others).setdefault("publishes", []).append(channel["id"])
    asked = [one["id"] for one in components if one["trigger"] == "request"]
    for one in components:
        if asked and chance.random() < 0.25:
            called = chance.choice(asked)
            if called != one["id"]:
                one["calls"] = [called]
