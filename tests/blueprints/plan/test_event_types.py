"""Event types of a bus that routes: each rule lists them, and no event that a program publishes is lost."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Lang
from tests.blueprints.templates import of_type
from tests.blueprints.translation import translated

TYPES = ["booking.created", "booking.replaced", "booking.removed"]


def bookings(**channel: Any) -> Design:
    asked = {"trigger": "request", "authentication": "sign-up", "reads": ["bookings"], "writes": ["bookings"]}
    components: list[dict[str, Any]] = [
        {"id": "booking", **asked, "publishes": ["events"]},
        *({"id": id, "trigger": "message", "listens_to": "events", "writes": [id + "s"]} for id in ("room", "price")),
    ]
    stores = [{"id": id, "title": id, "access": "key-value"} for id in ("bookings", "rooms", "prices")]
    events = {"id": "events", "title": "Events", "carries": "event", "replay": True, **channel}
    answers = {"schema": 2, "title": "Bookings", "stores": stores, "channels": [events]}
    parts = [{"title": one["id"], **one} for one in components]
    return advise(make_requirements({**answers, "components": parts}), rules.load_book())


@pytest.mark.parametrize(
    ("routing", "pattern"), [(True, {"detail-type": TYPES}), (False, {"source": [{"prefix": ""}]})]
)
def test_each_rule_lists_the_types_from_which_it_selects(routing: bool, pattern: dict[str, Any]) -> None:
    design = bookings(routing=routing)
    files = blueprints.build(design, "sam", lang="en", extras={})
    patterns = [rule["EventPattern"] for _, rule in of_type(translated(files), "AWS::Events::Rule")]
    assert [one for one in patterns if one == pattern] == [pattern] * 2
    languages: tuple[Lang, ...] = ("en", "ja")
    for lang in languages:
        readme = blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()
        assert ("`detail-type`" in readme and TYPES[2] in readme) is routing
