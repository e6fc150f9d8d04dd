"""What may use a key without need: statements of key policies that are wider than what the resources under the key need.

A policy is read from the template alone, and what is needed comes from the table below. Callers reach a key through a service
that holds data under it. Grants go through a service for its own resource: Amazon RDS asks to allow `kms:CreateGrant` only so
(https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html). Producers and consumers of a Kinesis
stream need no grant, but generate data keys and decrypt
(https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html). Who reads Performance Insights decrypts through
Amazon RDS (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.cmk-policy.html). ElastiCache
calls by the name of DAX as well (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html). All read
2026-12-01.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import named
from prove.readback import Stack
from prove.readback.policies import as_list
from prove.readback.stack import Resource
from prove.readback.values import texts

_KEY, _GRANT = "AWS::KMS::Key", "kms:creategrant"
_COMMON = frozenset(("kms:decrypt", "kms:describekey", "kms:generatedatakey"))
_FULL = _COMMON | {"kms:encrypt", "kms:generatedatakeywithoutplaintext", "kms:reencryptfrom", "kms:reencryptto"}
#: What EFS requires (https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html).
_FILES = frozenset(("kms:decrypt", "kms:describekey", "kms:generatedatakeywithoutplaintext"))
_FINDING = frozenset(("kms:describekey",))
#: Type of a resource under a key -> the services through which callers use it, and for what; what makes grants.
_THROUGH: Mapping[str, tuple[Mapping[str, frozenset[str]], bool]] = {
    "AWS::DSQL::Cluster": ({"dsql": _FULL}, False),
    "AWS::DynamoDB::GlobalTable": ({"dynamodb": _FULL}, True),
    "AWS::DynamoDB::Table": ({"dynamodb": _FULL}, True),
    "AWS::ECR::Repository": ({"ecr": _FINDING}, True),
    "AWS::EFS::FileSystem": ({"elasticfilesystem": _FILES}, True),
    "AWS::ElastiCache::ServerlessCache": ({"elasticache": _FULL, "dax": _FULL}, True),
    "AWS::Kinesis::Stream": ({"kinesis": _COMMON}, False),
    "AWS::KinesisFirehose::DeliveryStream": ({"firehose": _FINDING}, True),
    "AWS::OpenSearchServerless::Collection": ({"aoss": _FINDING}, True),
    "AWS::RDS::DBCluster": ({"rds": _FINDING, "secretsmanager": _COMMON}, True),
    "AWS::RDS::DBInstance": ({"rds": _COMMON, "secretsmanager": _COMMON}, True),
    "AWS::S3::Bucket": ({"s3": _COMMON}, False),
    "AWS::S3Vectors::Index": ({"s3vectors": _COMMON}, False),
    "AWS::S3Vectors::VectorBucket": ({"s3vectors": _COMMON}, False),
    "AWS::SNS::Topic": ({"sns": _COMMON}, False),
    "AWS::SQS::Queue": ({"sqs": _COMMON}, False),
    "AWS::SecretsManager::Secret": ({"secretsmanager": _COMMON}, False),
}
#: Service principal -> the types of which one must be in the template, and those of which one must be under the key.
_OWN_NAMES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "events": (
        frozenset(("AWS::Events::Rule", "AWS::Events::EventBus", "AWS::Events::Archive")),
        frozenset(("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Events::EventBus", "AWS::Events::Archive")),
    ),
    "sns": (frozenset(("AWS::SNS::Subscription",)), frozenset(("AWS::SQS::Queue",))),
    "logs": (frozenset(("AWS::Logs::LogGroup",)), frozenset(("AWS::Logs::LogGroup",))),
    "dsql": (frozenset(("AWS::DSQL::Cluster",)), frozenset(("AWS::DSQL::Cluster",))),
    "cloudfront": (frozenset(("AWS::CloudFront::Distribution",)), frozenset(("AWS::S3::Bucket",))),
    "cloudwatch": (frozenset(("AWS::CloudWatch::Alarm",)), frozenset(("AWS::SNS::Topic",))),
    "s3": (frozenset(("AWS::S3::Bucket",)), frozenset(("AWS::SQS::Queue",))),
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield statements of keys that nothing under the key needs."""
    stack = evidence.stack
    for key in stack.of_type(_KEY):
        under = {one.type for one in stack.resources.values() if one.id != key.id and _is_under(one, key)}
        for statement in key.properties.get("KeyPolicy", {}).get("Statement", ()):
            if statement.get("Effect") == "Allow":
                for message in _wider(stack, statement, under):
                    yield Problem("wide-key-statement", key.id, message, _KEY)


def _is_under(resource: Resource, key: Resource) -> bool:
    return key.id in named(dict(resource.properties))


def _wider(stack: Stack, statement: Mapping[str, Any], under: set[str]) -> Iterator[str]:
    tests = statement.get("Condition", {})
    conditions = {name.lower(): value for test in tests.values() for name, value in test.items()}
    principal = statement.get("Principal", {})
    actions = {str(action).lower() for action in as_list(statement.get("Action", ()))}
    if isinstance(principal, dict) and "Service" in principal:
        yield from _in_own_names(stack, as_list(principal["Service"]), actions, under)
        return
    names = as_list(principal.get("AWS", ()) if isinstance(principal, dict) else principal)
    if names and all(":root" in text for name in names for text in texts([name])):
        return  # administrators, and other accounts, whose own policies narrow it
    if "kms:viaservice" in conditions:
        yield from _through(conditions, actions, under)
    elif _GRANT in actions:
        yield "Callers may make grants themselves."


def _through(conditions: Mapping[str, Any], actions: set[str], under: set[str]) -> Iterator[str]:
    services = {text.partition(".")[0] for text in texts(as_list(conditions["kms:viaservice"]))}
    needs = [_THROUGH[type] for type in under if type in _THROUGH]
    for service in sorted(services):
        uses: set[str] = {use for through, _ in needs for use in through.get(service, ())}
        granting = any(grants and service in through for through, grants in needs)
        if actions == {_GRANT} and not granting:
            yield f"Nothing under the key needs a grant through {service}."
        elif not uses:
            yield f"Nothing under the key is reached through {service}."
        elif more := sorted(actions - uses - {_GRANT}):
            yield f"{', '.join(more)} is not needed through {service}."
    if _GRANT in actions and (len(actions) > 1 or not _is_true(conditions.get("kms:grantisforawsresource"))):
        yield "Grants are not limited to those that AWS services make for their resources."


def _is_true(value: Any) -> bool:
    return value is not None and {str(one).lower() for one in as_list(value)} == {"true"}


def _in_own_names(stack: Stack, names: list[Any], actions: set[str], under: set[str]) -> Iterator[str]:
    present = {one.type for one in stack.resources.values()}
    for name in (text.partition(".")[0] for text in texts(names)):
        using, data = _OWN_NAMES.get(name, (frozenset[str](), frozenset[str]()))
        if name in _OWN_NAMES and (present.isdisjoint(using) or under.isdisjoint(data)):
            yield f"Nothing under the key needs {name}."
    if actions & {_GRANT, "kms:*"}:
        yield "A service principal may make grants."
