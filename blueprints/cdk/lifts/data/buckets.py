"""Buckets with their policies."""

from collections.abc import Mapping

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.network.content_delivery import origin_statements
from blueprints.cdk.lifts.security.identity import statement, statements_of
from blueprints.cdk.lifts.security.keys import key
from blueprints.cdk.modules import cdk, s3
from blueprints.cdk.tree import THIS, Call, Do, Let, Value
from blueprints.traits.s3 import BLOCK_PUBLIC_ACCESS, tls_only_statement
from blueprints.values import Ref

_POLICY = "AWS::S3::BucketPolicy"
_WHY = Text(
    "Set on the resource: the EventBridge property of the L2 construct would add a Lambda function.",
    "リソースに直接設定します。L2 コンストラクトの EventBridge のプロパティを使うと、Lambda 関数が追加されます。",
)
_EVENTS = "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled"
_QUEUES = "NotificationConfiguration.QueueConfigurations"
_WHY_QUEUES = Text(
    "Set on the resource: the notification method of the L2 construct would add a Lambda function.",
    "リソースに直接設定します。L2 コンストラクトの通知のメソッドを使うと、Lambda 関数が追加されます。",
)
_LOCK = "ObjectLockConfiguration"
_WHY_LOCK = Text(
    "Set on the resource: the L2 construct takes no parameter as the mode.",
    "リソースに直接設定します。L2 コンストラクトのモードには、パラメータを指定できません。",
)
_OWNERS = {
    "BucketOwnerEnforced": s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    "BucketOwnerPreferred": s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
}
#: Methods of requests from browsers.
_METHODS = {"GET": s3.HttpMethods.GET, "PUT": s3.HttpMethods.PUT}
#: Part of a lifecycle rule -> what it is called, and the property that holds its days.
_PERIODS: Mapping[str, tuple[str, str]] = {
    "AbortIncompleteMultipartUpload": ("abort_incomplete_multipart_upload_after", "DaysAfterInitiation"),
    "NoncurrentVersionExpiration": ("noncurrent_version_expiration", "NoncurrentDays"),
}


@lift(
    "AWS::S3::Bucket",
    ref="bucket_name",
    members={"Arn": "bucket_arn", "RegionalDomainName": "bucket_regional_domain_name"},
    absorbs=(naming(_POLICY, "Bucket"),),
)
def bucket(lifter: Lifter, resource: Resource) -> Statements:
    """A private bucket with its policy."""
    resource.expect("PublicAccessBlockConfiguration", BLOCK_PUBLIC_ACCESS)
    options: dict[str, Value] = {"block_public_access": s3.BlockPublicAccess.BLOCK_ALL}
    options |= _encryption(lifter, resource)
    options["object_ownership"] = (
        resource.part("OwnershipControls").only_part("Rules").choose("ObjectOwnership", _OWNERS)
    )
    enforced, added_statements = _policy(lifter, resource)
    if enforced:
        options["enforce_ssl"] = True
    if "VersioningConfiguration" in resource:
        resource.part("VersioningConfiguration").expect("Status", "Enabled")
        options["versioned"] = True
    rules = resource.part("LifecycleConfiguration").parts("Rules")
    if rules:
        options["lifecycle_rules"] = [_rule(rule) for rule in rules]
    shared = resource.part("CorsConfiguration").parts("CorsRules")
    if shared:
        options["cors"] = [_cors(lifter, rule) for rule in shared]
    if "BucketName" in resource:
        options["bucket_name"] = lifter.value(resource.take("BucketName"))
    overridden = _notifications(lifter, resource)
    if _LOCK in resource:
        resource.expect("ObjectLockEnabled", True)
        options["object_lock_enabled"] = True
        overridden.append((_LOCK, lifter.value(resource.take(_LOCK)), _WHY_LOCK))
    options |= resource.removal(cdk_keeps=True)
    yield Let(lifter.name(resource), s3.Bucket(THIS, resource.id, **options))
    for path, value, why in overridden:
        yield Do(lifter.ref(resource).node.default_child.add_property_override(path, value), why)
    for id in resource.depends():
        yield Do(lifter.ref(resource).node.default_child.node.add_dependency(lifter.dependency(id)))
    for added in added_statements:
        yield Do(lifter.ref(resource).add_to_resource_policy(added))


def _notifications(lifter: Lifter, resource: Resource) -> list[tuple[str, Value, Text]]:
    """Consume whom the bucket notifies: return each property path that is set on the resource, its value, and why it is set there."""
    found: list[tuple[str, Value, Text]] = []
    stated = resource.part("NotificationConfiguration") if "NotificationConfiguration" in resource else None
    if stated is not None and "EventBridgeConfiguration" in stated:
        stated.part("EventBridgeConfiguration").expect("EventBridgeEnabled", True)
        found.append((_EVENTS, True, _WHY))
    if stated is not None and "QueueConfigurations" in stated:
        found.append((_QUEUES, lifter.value(stated.take("QueueConfigurations")), _WHY_QUEUES))
    return found


def _policy(lifter: Lifter, resource: Resource) -> tuple[bool, list[Call]]:
    """Consume the bucket policies: return whether TLS is enforced, and the statements that no construct adds."""
    enforced = False
    added_statements: list[Call] = []
    by_origins = origin_statements(lifter, resource.id)
    for policy in resource.of_type(_POLICY):
        policy.expect("Bucket", Ref(resource.id))
        for properties in statements_of(policy.part("PolicyDocument")):
            by_origin = next((document for document in by_origins if properties.is_all(document)), None)
            if by_origin is not None:
                by_origins.remove(by_origin)
            elif properties.is_all(tls_only_statement(resource.id)):
                enforced = True
            else:
                added_statements.append(statement(lifter, properties))
    if by_origins:
        resource.refuse("PolicyDocument", f"without {by_origins!r}")
    return enforced, added_statements


def _encryption(lifter: Lifter, resource: Resource) -> dict[str, Value]:
    rules = resource.part("BucketEncryption").parts("ServerSideEncryptionConfiguration")
    if len(rules) != 1:
        resource.refuse("BucketEncryption", rules)
    by_default = rules[0].part("ServerSideEncryptionByDefault")
    if by_default.choose("SSEAlgorithm", {"AES256": True, "aws:kms": False}):
        return {"encryption": s3.BucketEncryption.S3_MANAGED}
    encryption_key = key(lifter, by_default.take("KMSMasterKeyID"))
    keyed = rules[0].take("BucketKeyEnabled")
    return {"encryption": s3.BucketEncryption.KMS, "encryption_key": encryption_key, "bucket_key_enabled": keyed}


def _cors(lifter: Lifter, rule: Properties) -> Call:
    return s3.CorsRule(
        allowed_origins=lifter.value(rule.take("AllowedOrigins")),
        allowed_methods=[_METHODS[method] for method in rule.take("AllowedMethods")],
        allowed_headers=rule.take("AllowedHeaders"),
        max_age=rule.take("MaxAge"),
    )


def _rule(rule: Properties) -> Call:
    options: dict[str, Value] = {"id": rule.take("Id")}
    rule.expect("Status", "Enabled")
    for name, (option, days) in _PERIODS.items():
        if name in rule:
            options[option] = cdk.Duration.days(rule.part(name).take(days))
    if "ExpirationInDays" in rule:
        options["expiration"] = cdk.Duration.days(rule.take("ExpirationInDays"))
    return s3.LifecycleRule(**options)
