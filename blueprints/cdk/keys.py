"""A key of the customer's own for what holds data: where the requirements ask for it, or where AWS's keys do not do.

AWS's own keys cannot be used from another account, nor by AWS services that publish to a topic. Who may use a service
may use the key through that service, as with AWS's own keys; so no role needs statements about the key.
"""

from collections.abc import Iterator, Mapping, Sequence

from advisor.architecture import Node
from advisor.text import Text
from blueprints import customer_key
from blueprints.cdk.context import Context
from blueprints.cdk.modules import cdk, iam, kms
from blueprints.cdk.outputs import output
from blueprints.cdk.tree import THIS, Call, Let, Own, Ref, Statement, Value, Words
from blueprints.cross_account import EXTERNAL_PRINCIPALS, key_uses, opened
from blueprints.traits import traits_of

ADMINISTERED = Own("keys", "AdministeredKey")
KEY = Ref("data_key")


def key_for(context: Context, node: Node | None = None) -> Ref | None:
    """Return the customer's key when it encrypts what a node holds, else None: AWS's own key does."""
    if context.plan.own_keys:
        return None if node is not None and node.role == "hosting" else KEY
    return KEY if node is not None and opened(context.architecture, node) else None


def data_key(context: Context) -> Iterator[Statement]:
    """Make the key, and name it as one that constructs cannot add statements to."""
    made = ADMINISTERED(
        THIS, "DataKey", description="Encrypts the data of the workload", statements=list(_statements(context))
    )
    yield Let("administered_data_key", made)
    why = Text(
        "Constructs would add statements with wildcards to the key's policy.",
        "コンストラクトに渡すと、キーポリシーにワイルドカード付きの権限が追加される。",
    )
    arn = Ref("administered_data_key").key_arn
    yield Let("data_key", kms.Key.from_key_arn(THIS, "DataKeyAsGiven", arn), why)
    yield output(context, "DataKeyArn", arn, Text("ARN of the key", "キーの ARN"))


def _statements(context: Context) -> Iterator[Call]:
    via = [Words(f"{name}.", cdk.Aws.REGION, ".amazonaws.com") for name in customer_key.services()]
    through: dict[str, Value] = {"kms:CallerAccount": cdk.Aws.ACCOUNT_ID, "kms:ViaService": list(via)}
    yield _use("AccountUsesThroughServices", iam.AnyPrincipal(), customer_key.USES, {"StringEquals": through})
    own = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
    for service in ("events", "sns"):
        principal = iam.ServicePrincipal(f"{service}.amazonaws.com")
        yield _use(f"{service.title()}Delivers", principal, customer_key.DELIVERING, own)
    groups = Words("arn:", cdk.Aws.PARTITION, ":logs:", cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID, ":log-group:*")
    written = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}}
    logs = iam.ServicePrincipal(Words("logs.", cdk.Aws.REGION, ".amazonaws.com"))
    yield _use("LogsAreWritten", logs, customer_key.LOG_USES, written)
    if any(traits_of(node.service).uses_key_itself for node in context.architecture.nodes):
        clusters = Words("arn:", cdk.Aws.PARTITION, ":dsql:", cdk.Aws.REGION, ":", cdk.Aws.ACCOUNT_ID, ":cluster/*")
        database = iam.ServicePrincipal("dsql.amazonaws.com")
        yield _use(
            "DatabaseIsEncrypted", database, customer_key.DATABASE_USES, {"ArnLike": {"aws:SourceArn": clusters}}
        )
    for node in context.architecture.of_service(*EXTERNAL_PRINCIPALS):
        for word, uses in key_uses(context.architecture, node):
            yield _use(f"{context.id(node.id)}{word}", *stranger(context, node, uses))


def stranger(context: Context, node: Node, actions: Sequence[str]) -> tuple[Call, Sequence[str], dict[str, Value]]:
    """Return principal, actions and conditions for another account, or for an AWS service on behalf of this one."""
    named = context.outside(node.id)
    if node.service == "other-account":
        return iam.ArnPrincipal(context.root_of(named)), actions, {}
    return iam.ServicePrincipal(named), actions, {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}


def _use(sid: str, principal: Value, actions: Sequence[str], conditions: Mapping[str, Value]) -> Call:
    options: dict[str, Value] = {"sid": sid, "principals": [principal], "actions": list(actions), "resources": ["*"]}
    if conditions:
        options["conditions"] = conditions
    return iam.PolicyStatement(**options)
