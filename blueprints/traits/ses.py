"""Mail by Amazon SES."""

from blueprints.parameters.deployment import SENDER
from blueprints.traits import Client, NamedResource, NodeAttribute, Traits

#: Addresses whose mail has bounced, or whose owners complained, get no more mail.
SUPPRESSED_REASONS = ["BOUNCE", "COMPLAINT"]
TRAITS = Traits(
    service="ses",
    client=Client("channel", "ses", "sender", "Mailbox", sdk_class="SESv2Client", tests={"addressed": ()}),
    variables=(
        NodeAttribute("SENDER", "sender"),
        NodeAttribute("CONFIGURATION_SET", "name"),
        NodeAttribute("UNADDRESSED", "unaddressed"),
    ),
    parameters=(SENDER,),
    resources={
        "ses:SendEmail": (NamedResource("arn"), NamedResource("configuration-arn")),
    },
    sender_actions=("ses:SendEmail",),
    interface_endpoints=("email",),
)
