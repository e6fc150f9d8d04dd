"""The customer managed key for data at rest: if the requirements demand it, or AWS managed keys do not suffice.

AWS managed keys cannot be used from another account, nor by AWS services that publish to a topic. A principal that is
allowed to use a service can use the key through that service, as with AWS managed keys, so no role needs statements for
the key.
"""

from blueprints.plan import customer_key
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS, key_uses, opened
from blueprints.shared.access_logs import LOGS
from blueprints.shared.keys import key
from blueprints.stack.registry import key_settings
from blueprints.stack.scope import Json, Scope
from blueprints.traits import traits_of
from blueprints.values import ACCOUNT, REGION, Att, Ref, account_root, arn, joined

KEY = "DataKey"
GROUP = "cloud"


def add_keys(scope: Scope) -> None:
    """Encrypt all data under the customer managed key, or only the channels that other accounts and AWS services reach."""
    everything = scope.plan.own_keys
    channels = [scope.main(node.id) for node in scope.architecture.nodes if opened(scope.architecture, node)]
    if not everything and not channels:
        return
    other = {scope.main(node.id) for node in scope.architecture.nodes if node.role == "hosting"}
    other |= {id for id in scope.resources if id.endswith(LOGS) and scope.resources[id]["Type"] == "AWS::S3::Bucket"}
    encrypted = set(scope.resources) - other if everything else set(channels)
    settings = key_settings()
    for id, resource in scope.resources.items():
        if id in encrypted and resource["Type"] in settings:
            settings[resource["Type"]](resource["Properties"], Att(KEY, "Arn"))
    key(scope, KEY, "Encrypts the data of the workload", _statements(scope), group=GROUP)
    scope.output(f"{KEY}Arn", Att(KEY, "Arn"), "ARN of the key")


def _statements(scope: Scope) -> list[Json]:
    services = [joined(f"{name}.", REGION, ".amazonaws.com") for name in customer_key.services()]
    through = {"StringEquals": {"kms:CallerAccount": ACCOUNT, "kms:ViaService": services}}
    own_account = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    logs = arn("logs", "log-group:*")
    statements = [
        _allow("AllowUseThroughServices", {"AWS": "*"}, customer_key.USES, through),
        *(
            _allow(
                f"{name.title()}Delivers",
                {"Service": f"{name}.amazonaws.com"},
                customer_key.DELIVERING,
                own_account,
            )
            for name in ("events", "sns")
        ),
        _allow(
            "LogsAreWritten",
            {"Service": joined("logs.", REGION, ".amazonaws.com")},
            customer_key.LOG_USES,
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
        ),
    ]
    return statements + _for_buses(scope) + _for_databases(scope) + _for_external_principals(scope)


def _for_buses(scope: Scope) -> list[Json]:
    """EventBridge uses the key as a service principal for the events that a bus and its archive keep."""
    if not any("KmsKeyIdentifier" in one.get("Properties", {}) for one in scope.resources.values()):
        return []
    events = {"Service": "events.amazonaws.com"}
    buses = {"ArnLike": {"kms:EncryptionContext:aws:events:event-bus:arn": arn("events", "event-bus/*")}}
    return [
        # AWS documents no condition for this action, which reads no data.
        _allow("AllowBusesToFindKey", events, ("kms:DescribeKey",), {}),
        _allow("AllowBusesToKeepEvents", events, customer_key.KEEPING, buses),
    ]


def _for_databases(scope: Scope) -> list[Json]:
    """Aurora DSQL uses the key as a service principal, and not on behalf of a caller."""
    if not any(traits_of(node.service).uses_key_itself for node in scope.architecture.nodes):
        return []
    clusters = arn("dsql", "cluster/*")
    condition = {"ArnLike": {"aws:SourceArn": clusters}}
    return [_allow("AllowDatabaseEncryption", {"Service": "dsql.amazonaws.com"}, customer_key.DATABASE_USES, condition)]


def _for_external_principals(scope: Scope) -> list[Json]:
    statements = []
    for node in scope.architecture.of_service(*EXTERNAL_PRINCIPALS):
        parameter = Ref(scope.plan.parameter(node.id).id)
        account = {"AWS": account_root(parameter)}
        principal = account if node.service == "other-account" else {"Service": parameter}
        condition = {} if node.service == "other-account" else {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
        for word, uses in key_uses(scope.architecture, node):
            statements.append(_allow(f"Allow{scope.name(node.id)}{word}", principal, uses, condition))
    return statements


def _allow(sid: str, principal: Json, actions: tuple[str, ...], condition: Json) -> Json:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*"}
    return {**statement, "Condition": condition} if condition else statement
