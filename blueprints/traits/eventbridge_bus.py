"""Event buses of Amazon EventBridge."""

from blueprints.traits import Client, NodeAttribute, Traits

TRAITS = Traits(
    service="eventbridge-bus",
    noun="EventBus",
    brings_no_items=True,
    event="event",
    durable_event="event",
    client=Client(
        "channel", "eventbridge-bus", "bus", "Bus", tests={"refused_event": ()}, sdk_class="EventBridgeClient"
    ),
    variables=(NodeAttribute("BUS_NAME", "name"),),
    send_commands=(
        "aws events put-events --entries"
        ' \'[{"Source":"try","DetailType":"try","Detail":"{}","EventBusName":"\'"$(output {name}Name)"\'"}]\'',
    ),
    roles="connection",
    principal="events.amazonaws.com",
    by_rules=True,
    publish_actions=("events:PutEvents",),
    interface_endpoints=("events",),
)
