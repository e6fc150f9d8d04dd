"""Event buses of Amazon EventBridge."""

from blueprints.traits import NodeAttribute, Traits

TRAITS = Traits(
    service="eventbridge-bus",
    noun="EventBus",
    brings_no_items=True,
    variables=(NodeAttribute("BUS_NAME", "name"),),
    interface_endpoints=("events",),
    principal="events.amazonaws.com",
    by_rules=True,
    publish_actions=("events:PutEvents",),
)
