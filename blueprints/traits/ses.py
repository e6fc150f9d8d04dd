"""Mail by Amazon SES."""

from blueprints.parameter_list import SENDER
from blueprints.traits import NamedResource, NodeAttribute, Traits

TRAITS = Traits(
    service="ses",
    variables=(NodeAttribute("SENDER", "sender"), NodeAttribute("CONFIGURATION_SET", "name")),
    interface_endpoints=("email",),
    resources={
        "ses:SendEmail": (NamedResource("arn"), NamedResource("configuration-arn")),
    },
    parameters=(SENDER,),
    sender_actions=("ses:SendEmail",),
)
