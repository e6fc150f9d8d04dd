"""Email by Amazon SES: a sender identity, and a configuration set that requires TLS."""

from advisor.architecture import Node
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS
from blueprints.shared.cross_account import assumes_sender_role
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.sent_messages import record_table, table_arn, table_name
from blueprints.stack.registry import carried, connection, itself, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.ses import SUPPRESSED_REASONS
from blueprints.values import Ref, arn, joined

carried(["ses"], ["deliver"], ["customer-email"])
carried(PROGRAMS, ["publish"], ["ses"])
carried(["application"], ["publish"], ["ses"], by="target")


@service(
    "ses",
    name=itself,
    arn=lambda _scope, _node: arn("ses", joined("identity/", Ref("SenderAddress"))),
    configuration_arn=lambda scope, node: arn("ses", joined("configuration-set/", Ref(scope.main(node.id)))),
    sender=lambda _scope, _node: Ref("SenderAddress"),
    unaddressed=lambda _scope, _node: Ref("UnaddressedMail"),
    sent_table_name=table_name,
    sent_table_arn=table_arn,
)
def sender(scope: Scope, node: Node) -> None:
    """The sender identity, which has to be confirmed, and the configuration set."""
    id = scope.name(node.id)
    options: Json = {
        "DeliveryOptions": {"TlsPolicy": "REQUIRE"},
        "ReputationOptions": {"ReputationMetricsEnabled": True},
        "SendingOptions": {"SendingEnabled": True},
        "SuppressionOptions": {"SuppressedReasons": SUPPRESSED_REASONS},
    }
    scope.add(id, "AWS::SES::ConfigurationSet", options, node=node.id)
    record_table(scope, node)
    if "SenderIdentity" not in scope.resources:
        identity = {"EmailIdentity": Ref("SenderAddress")}
        scope.add("SenderIdentity", "AWS::SES::EmailIdentity", identity, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the configuration set")


connection(EXTERNAL_PRINCIPALS, "publish", ["ses"])(assumes_sender_role)
