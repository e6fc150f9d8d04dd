"""Topics that route: each subscription has a filter policy with all types that programs publish, from which its owner removes."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints import Target
from tests.blueprints.templates import of_type
from tests.blueprints.translation import translated

TYPES = ["booking.created", "booking.replaced", "booking.removed"]


def bookings(**channel: Any) -> Design:
    asked = {"trigger": "request", "authentication": "sign-up", "reads": ["bookings"], "writes": ["bookings"]}
    components: list[dict[str, Any]] = [
        {"id": "booking", **asked, "publishes": ["events"]},
        *({"id": id, "trigger": "message", "listens_to": "events", "writes": [id + "s"]} for id in ("room", "price")),
    ]
    stores = [{"id": id, "access": "key-value"} for id in ("bookings", "rooms", "prices")]
    answers = {
        "components": components,
        "stores": stores,
        "channels": [{"id": "events", "carries": "event", **channel}],
    }
    return advise(make_requirements(answers), rules.load_book())


@pytest.mark.parametrize(
    "channel", [{"ordering": "per-key"}, {"pins": {"messaging": "sns"}}], ids=["ordered", "pinned"]
)
@pytest.mark.parametrize("routing", [True, False])
def test_each_subscription_lists_the_types_from_which_it_selects(routing: bool, channel: dict[str, Any]) -> None:
    files = blueprints.build(bookings(routing=routing, **channel), "sam", lang="en", extras={})
    found = [one for _, one in of_type(translated(files), "AWS::SNS::Subscription") if one["Protocol"] == "sqs"]
    assert [one.get("FilterPolicy") for one in found] == [{"type": TYPES} if routing else None] * 2
    assert ("`type` in its filter policy" in files["README.md"].decode()) is routing


@pytest.mark.parametrize(("lang", "words"), [("en", "without a filter policy"), ("ja", "フィルターポリシーなし")])
@pytest.mark.parametrize("devices", [True, False])
def test_the_readme_says_that_devices_receive_all_types(devices: bool, lang: Lang, words: str) -> None:
    kinds = [{"kind": "email"}, *([{"kind": "push"}] if devices else [])]
    design = bookings(routing=True, pins={"messaging": "sns"}, destinations=kinds)
    readme = blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()
    assert (words in readme) is devices


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("cdk-python", "sns.SubscriptionFilter.string_filter("),
        ("cdk-typescript", "sns.SubscriptionFilter.stringFilter("),
    ],
)
def test_constructs_have_the_same_filter(target: Target, words: str) -> None:
    files = blueprints.build(bookings(routing=True, ordering="per-key"), target, lang="ja", extras={})
    code = b"".join(text for path, text in files.items() if path.startswith(("stacks/", "lib/"))).decode()
    assert code.count(words) == 2
    assert code.count(TYPES[2]) == 2
    assert "フィルターポリシー" in files["README.md"].decode()
