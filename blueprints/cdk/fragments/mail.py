"""Mail to customers by SES: a sender that confirms itself, and a configuration set that insists on TLS."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import ses
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Do, Let, Statement

granted(("ses",), ("deliver",), ("customer-email",))


@service("ses")
def sender(context: Context, node: Node) -> Iterator[Statement]:
    """Make the sender's address, which gets a mail to confirm, and how its mail is sent and watched."""
    made = ses.ConfigurationSet(
        THIS,
        context.id(node.id),
        tls_policy=ses.ConfigurationSetTlsPolicy.REQUIRE,
        reputation_metrics=True,
        sending_enabled=True,
        suppression_reasons=ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    )
    yield Let(context.name(node.id), made)
    if context.architecture.of_service("ses")[0].id == node.id:
        address = ses.Identity.email(context.parameter("SenderAddress"))
        yield Do(ses.EmailIdentity(THIS, "SenderIdentity", identity=address))
    name = context.ref(node.id).configuration_set_name
    yield output(context, context.id(node.id, "Name"), name, Text("Name of the configuration set", "設定セット名"))
