"""Event buses of Amazon EventBridge. The default bus of the account is not created by a project, which adds only rules to it."""

from advisor.architecture import Architecture, Node
from blueprints.traits import Client, NodeAttribute, Traits

#: Callees outside AWS: a bus sends them an API key, which a secret holds.
WITH_KEY = ("partner-http", "saas")

TRAITS = Traits(
    service="eventbridge-bus",
    noun="EventBus",
    brings_no_items=True,
    event="event",
    durable_event="event",
    client=Client(
        "channel",
        "eventbridge-bus",
        "bus",
        "Bus",
        tests={"refused_event": (), "refused_in_batch": ()},
        sdk_class="EventBridgeClient",
        largest_item=900_000,
    ),
    variables=(NodeAttribute("BUS_NAME", "name"),),
    send_commands=(
        "aws events put-events --entries"
        ' \'[{"Source":"try","DetailType":"{type}","Detail":{detail},"EventBusName":"\'"$(output {name}Name)"\'"}]\'',
    ),
    principal="events.amazonaws.com",
    by_rules=True,
    publish_actions=("events:PutEvents",),
    interface_endpoints=("events",),
)

#: Services whose events only reach the account's default bus.
DEFAULT_BUS_SOURCES = ("s3", "aws-service")


def on_default_bus(architecture: Architecture, node: Node) -> bool:
    """Return whether a bus is the default bus of the account, which receives events of AWS services."""
    emitters = (architecture.node(edge.source).service for edge in architecture.entering(node.id, "emit"))
    return any(service in DEFAULT_BUS_SOURCES for service in emitters)
