"""The customer managed key for data at rest: if the requirements demand it, or AWS managed keys do not suffice.

AWS managed keys cannot be used from another account, nor by AWS services that publish to a topic. A principal that is
allowed to use a service can use the key through that service, as with AWS managed keys, so no role needs statements for
the key.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from copy import deepcopy

from blueprints.plan import customer_key
from blueprints.plan.cross_account import EXTERNAL_PRINCIPALS, opened
from blueprints.plan.cross_account import key_uses as outside_uses
from blueprints.plan.customer_key import KeyUse
from blueprints.shared.access_logs import LOGS
from blueprints.shared.keys import key
from blueprints.stack.registry import key_settings, key_uses
from blueprints.stack.scope import Json, Scope
from blueprints.traits import cloudfront, s3, s3_vectors, secrets_manager
from blueprints.values import ACCOUNT, REGION, Att, Ref, account_root, arn, joined

KEY = "DataKey"
#: The statements for what callers do through services.
_THROUGH = (
    ("AllowUseThroughServices", customer_key.THROUGH),
    ("AllowAllUsesThroughServices", customer_key.ALL_THROUGH),
    ("AllowUseThroughFileSystems", customer_key.FOR_FILES),
    ("AllowServicesToFindKey", customer_key.FINDING),
)
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
    keyed = _put_under_key([resource for id, resource in scope.resources.items() if id in encrypted])
    key(scope, KEY, "Encrypts the data of the workload", _statements(scope, keyed), group=GROUP)
    scope.output(f"{KEY}Arn", Att(KEY, "Arn"), "ARN of the key")


def _put_under_key(resources: Iterable[Json]) -> set[str]:
    """Put resources under the key; return the types of those that name it, as the instances of a cluster do not."""
    keyed = set()
    for resource in resources:
        setting = key_settings().get(resource["Type"])
        if setting is not None:
            unencrypted = deepcopy(resource["Properties"])
            setting(resource["Properties"], Att(KEY, "Arn"))
            if resource["Properties"] != unencrypted:
                keyed.add(resource["Type"])
    return keyed


def _statements(scope: Scope, keyed: AbstractSet[str]) -> list[Json]:
    """Return the statements that resources of the `keyed` types need."""
    return [
        *_through_services(keyed),
        *_for_deliveries(scope, keyed),
        *_for_logs(keyed),
        *_for_buses(scope),
        *_for_pipes(scope),
        *_for_state_machines(scope),
        *_for_databases(keyed),
        *_for_vectors(keyed),
        *_for_notifications(scope, keyed),
        *_for_distributions(scope, keyed),
        *_for_external_principals(scope),
    ]


def _through_services(keyed: AbstractSet[str]) -> list[Json]:
    """The account's callers use the key through the services that hold data under it, and let some of them use it later.

    * RDS (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html), ECR
      (https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html) and Firehose
      (`DeliveryStreamEncryptionConfigurationInput` of its API) make grants, all read 2026-12-01. So do DynamoDB, EFS, ElastiCache
      and OpenSearch Serverless, by the pages that their parts name. Secrets Manager makes none.
    * A grant is only made by a service for its resource, and by no caller for itself:
      https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html (read 2026-12-01)
    """
    used = [use for type, use in sorted(key_uses().items()) if type in keyed]
    used += [KeyUse(secrets_manager.KEY_SERVICE)] if any(use.secret for use in used) else []
    statements = []
    for sid, uses in _THROUGH:
        if services := _names(use for use in used if use.uses == uses):
            statements.append(_allow(sid, {"AWS": "*"}, uses, _called_through(services)))
    if services := _names(use for use in used if use.grants):
        condition = {**_called_through(services), "Bool": {"kms:GrantIsForAWSResource": "true"}}
        statements.append(_allow("AllowGrantsToServices", {"AWS": "*"}, (customer_key.GRANT,), condition))
    return statements


def _names(used: Iterable[KeyUse]) -> list[str]:
    return sorted({name for use in used for name in (use.service, *use.also)})


def _called_through(services: list[str]) -> Json:
    names = [joined(f"{name}.", REGION, ".amazonaws.com") for name in services]
    return {"StringEquals": {"kms:CallerAccount": ACCOUNT, "kms:ViaService": names}}


def _for_deliveries(scope: Scope, keyed: AbstractSet[str]) -> list[Json]:
    """Rules and topics use the key as service principals for what they put into queues and topics under it."""
    types = {resource["Type"] for resource in scope.resources.values()}
    queues, topics = "AWS::SQS::Queue" in keyed, "AWS::SNS::Topic" in keyed
    delivering = {
        "events": "AWS::Events::Rule" in types and (queues or topics),
        "sns": "AWS::SNS::Subscription" in types and queues,
    }
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    return [
        _allow(f"{name.title()}Delivers", {"Service": f"{name}.amazonaws.com"}, customer_key.DELIVERING, condition)
        for name, needed in delivering.items()
        if needed
    ]


def _for_logs(keyed: AbstractSet[str]) -> list[Json]:
    if "AWS::Logs::LogGroup" not in keyed:
        return []
    writing = {"Service": joined("logs.", REGION, ".amazonaws.com")}
    groups = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:*")}}
    return [_allow("LogsAreWritten", writing, customer_key.LOG_USES, groups)]


def _for_buses(scope: Scope) -> list[Json]:
    """EventBridge uses the key as a service principal for the events that a bus and its archive keep."""
    if not _has_key(scope, "AWS::Events::EventBus", "KmsKeyIdentifier"):
        return []
    events = {"Service": "events.amazonaws.com"}
    buses = {"ArnLike": {"kms:EncryptionContext:aws:events:event-bus:arn": arn("events", "event-bus/*")}}
    return [
        # AWS documents no condition for this action, which reads no data.
        _allow("AllowBusesToFindKey", events, customer_key.FINDING, {}),
        _allow("AllowBusesToKeepEvents", events, customer_key.KEEPING, buses),
    ]


def _for_pipes(scope: Scope) -> list[Json]:
    """EventBridge Pipes uses the key by the role of a pipe, for the patterns and the input transformers that a pipe keeps.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-pipes-cmkey.html (read 2026-11-30)
    """
    if not _has_key(scope, "AWS::Pipes::Pipe", "KmsKeyIdentifier"):
        return []
    own = {"StringEquals": {"kms:CallerAccount": ACCOUNT}}
    pipes = {"ArnLike": {"kms:EncryptionContext:aws:pipes:arn": arn("pipes", "pipe/*")}}
    return [
        # AWS documents no other condition for this action, which reads no data.
        _allow("AllowPipesToFindKey", {"AWS": "*"}, customer_key.FINDING, own),
        _allow("AllowPipesToKeepData", {"AWS": "*"}, customer_key.DELIVERING, {**own, **pipes}),
    ]


def _for_state_machines(scope: Scope) -> list[Json]:
    """Step Functions uses the key by the role of a state machine or of its caller; its logs are delivered in another name.

    https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html (read 2026-11-30)
    """
    if not _has_key(scope, "AWS::StepFunctions::StateMachine", "EncryptionConfiguration"):
        return []
    own = {"StringEquals": {"kms:CallerAccount": ACCOUNT}}
    machines = {"ArnLike": {"kms:EncryptionContext:aws:states:stateMachineArn": arn("states", "stateMachine:*")}}
    logs = {"ArnLike": {"kms:EncryptionContext:SourceArn": arn("logs", "*")}}
    delivery = {"Service": "delivery.logs.amazonaws.com"}
    return [
        _allow("AllowStateMachinesToKeepData", {"AWS": "*"}, customer_key.DELIVERING, {**own, **machines}),
        _allow("AllowStateMachinesToSendLogs", {"AWS": "*"}, ("kms:GenerateDataKey",), {**own, **logs}),
        _allow("AllowDeliveryOfLogs", delivery, ("kms:Decrypt",), {"StringEquals": {"aws:SourceAccount": ACCOUNT}}),
    ]


def _has_key(scope: Scope, type: str, property: str) -> bool:
    """Return whether a resource of a type is encrypted under the key."""
    return any(one["Type"] == type and property in one.get("Properties", {}) for one in scope.resources.values())


def _for_databases(keyed: AbstractSet[str]) -> list[Json]:
    """Aurora DSQL uses the key as a service principal, and not on behalf of a caller."""
    if "AWS::DSQL::Cluster" not in keyed:
        return []
    clusters = arn("dsql", "cluster/*")
    condition = {"ArnLike": {"aws:SourceArn": clusters}}
    return [_allow("AllowDatabaseEncryption", {"Service": "dsql.amazonaws.com"}, customer_key.DATABASE_USES, condition)]


def _for_vectors(keyed: AbstractSet[str]) -> list[Json]:
    """S3 Vectors uses the key as a service principal when it maintains an index in the background.

    The condition names no single bucket, because the key is made before it:
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-data-encryption.html (read 2026-12-01)
    """
    if not keyed & {"AWS::S3Vectors::Index", "AWS::S3Vectors::VectorBucket"}:
        return []
    condition = {
        "ArnLike": {"aws:SourceArn": arn("s3vectors", "bucket/*")},
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": ["aws:s3vectors:arn", "aws:s3vectors:resource-id"]},
    }
    return [_allow("AllowVectorIndexing", {"Service": s3_vectors.INDEXING}, ("kms:Decrypt",), condition)]


def _for_distributions(scope: Scope, keyed: AbstractSet[str]) -> list[Json]:
    """CloudFront uses the key for the objects that it delivers; which bucket each distribution reads is in its policy.

    The condition names no single distribution, because the key is made before its bucket, and the bucket before the distribution:
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html (read 2026-11-30)
    """
    if "AWS::S3::Bucket" not in keyed or not cloudfront.stores(scope.architecture):
        return []
    own = {"ArnLike": {"aws:SourceArn": arn("cloudfront", "distribution/*", region="")}}
    return [_allow("AllowDistributionsToRead", {"Service": cloudfront.PRINCIPAL}, ("kms:Decrypt",), own)]


def _for_notifications(scope: Scope, keyed: AbstractSet[str]) -> list[Json]:
    """S3 uses the key as a service principal for the notifications that a bucket sends to a queue.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html (read 2026-11-30)
    """
    notifying = any(s3.notifies(scope.architecture, node) for node in scope.architecture.nodes)
    if "AWS::SQS::Queue" not in keyed or not notifying:
        return []
    # AWS documents no condition for it. The policy of the queue names the bucket and its account.
    return [_allow("AllowBucketsToNotify", {"Service": s3.PRINCIPAL}, customer_key.DELIVERING, {})]


def _for_external_principals(scope: Scope) -> list[Json]:
    statements = []
    for node in scope.architecture.of_service(*EXTERNAL_PRINCIPALS):
        parameter = Ref(scope.plan.parameter(node.id).id)
        account = {"AWS": account_root(parameter)}
        principal = account if node.service == "other-account" else {"Service": parameter}
        condition = {} if node.service == "other-account" else {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
        for word, uses in outside_uses(scope.architecture, node):
            statements.append(_allow(f"Allow{scope.name(node.id)}{word}", principal, uses, condition))
    return statements


def _allow(sid: str, principal: Json, actions: tuple[str, ...], condition: Json) -> Json:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*"}
    return {**statement, "Condition": condition} if condition else statement
