"""Mail by Amazon SES."""

from blueprints.traits import NodeAttribute, Traits

TRAITS = Traits(
    service="ses",
    variables=(NodeAttribute("SENDER", "sender"), NodeAttribute("CONFIGURATION_SET", "name")),
    interface_endpoints=("email",),
)
