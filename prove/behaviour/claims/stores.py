"""Claims about buckets, queues and databases."""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.references import ids_in
from prove.readback.stack import Resource

_BUCKET, _QUEUE = "AWS::S3::Bucket", "AWS::SQS::Queue"
_OWN_ACCOUNT = "${AWS::AccountId}"


@claim("buckets-serve-this-stack")
def buckets(evidence: Evidence) -> Iterator[Untrue]:
    """The policy of a bucket allows AWS services and this account only, and its public access is blocked."""
    stack = evidence.stack
    for bucket in stack.of_type(_BUCKET):
        block = bucket.properties.get("PublicAccessBlockConfiguration", {})
        if [str(value) for value in block.values()] != ["true"] * 4:
            yield bucket.id, "Public access to it is not blocked."
    for policy in stack.of_type("AWS::S3::BucketPolicy"):
        yield from _strangers(policy, policy.properties.get("PolicyDocument", {}))


@claim("buckets-notify-who-listens")
def notifications(evidence: Evidence) -> Iterator[Untrue]:
    """The bucket of a store whose objects start a component sends notifications about them."""
    components = evidence.requirements.of_kind("component")
    heard = {str(one.answer("listens_to")) for one in components if one.answer("event_source") == "s3-object"}
    for bucket in evidence.stack.of_type(_BUCKET):
        owner = bucket.owner.node.partition(".")[0]
        if owner in heard and not bucket.properties.get("NotificationConfiguration"):
            yield bucket.id, "A component waits for its objects, and it tells nobody of them."


@claim("queues-serve-this-account")
def queues(evidence: Evidence) -> Iterator[Untrue]:
    """The policy of a queue allows AWS services, for resources of this account, and this account only."""
    for policy in evidence.stack.of_type("AWS::SQS::QueuePolicy"):
        yield from _strangers(policy, policy.properties.get("PolicyDocument", {}))


def _strangers(policy: Resource, document: dict[str, Any]) -> Iterator[Untrue]:
    for statement in document.get("Statement", ()):
        principal = statement.get("Principal", {})
        if statement.get("Effect") != "Allow":
            continue
        by_tls = "true" in statement.get("Condition", {}).get("Bool", {}).get("aws:securetransport", ())
        for arn in principal.get("AWS", ()):
            if by_tls and "*" not in str(arn):
                continue
            if _OWN_ACCOUNT not in str(arn) and not (ids_in(str(arn)) and "${AWS::" not in str(arn)):
                yield policy.id, f"It lets in {arn}."
        # Logs of other accounts are delivered to folders of theirs.
        own_folder = all(f"/AWSLogs/{_OWN_ACCOUNT}/" in str(resource) for resource in statement.get("Resource", ()))
        if principal.get("Service") and not statement.get("Condition") and not own_folder:
            yield policy.id, "It lets in a service on behalf of any account."


@claim("queues-for-people-are-read-by-nothing")
def dead_letter_queues(evidence: Evidence) -> Iterator[Untrue]:
    """A queue without a dead-letter queue is one itself, and no program takes from it."""
    stack = evidence.stack
    mappings = stack.of_type("AWS::Lambda::EventSourceMapping")
    read = {*ids_in([mapping.properties.get("EventSourceArn") for mapping in mappings])}
    kept = {*ids_in([{key: value for key, value in dict(resource.properties).items() if key != "Environment"}
                     for resource in stack.resources.values()])}  # fmt: skip
    polled = {*ids_in([dict(definition.properties) for definition in stack.of_type("AWS::ECS::TaskDefinition")])}
    for queue in stack.of_type(_QUEUE):
        if "RedrivePolicy" in queue.properties:
            continue
        if queue.id in read | polled:
            yield queue.id, "A program takes from it, and what fails there is kept nowhere."
        elif queue.id not in kept:
            yield queue.id, "Nothing keeps dead letters in it."


@claim("unkept-messages-go-to-people")
def messages(evidence: Evidence) -> Iterator[Untrue]:
    """A subscription without a dead-letter queue is email or SMS.

    https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html (2026-11-27): 50 attempts over more than 6 hours.
    """
    for subscription in evidence.stack.of_type("AWS::SNS::Subscription"):
        protocol = subscription.properties.get("Protocol")
        if "RedrivePolicy" not in subscription.properties and protocol not in ("email", "sms"):
            yield subscription.id, f"It delivers by {protocol}, and keeps nothing that it cannot deliver."


@claim("databases-are-protected")
def protected(evidence: Evidence) -> Iterator[Untrue]:
    """Deletion protection of a database is a parameter with the default true."""
    stack = evidence.stack
    for database in stack.of_type("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"):
        protection = str(database.properties.get("DeletionProtection", "false"))
        parameter = stack.parameters.get(protection.removeprefix("${").removesuffix("}"), {})
        if "DBClusterIdentifier" not in database.properties and "true" not in (protection, parameter.get("Default")):
            yield database.id, "It is not protected from deletion."


@claim("databases-let-in-programs-alone")
def closed_databases(evidence: Evidence) -> Iterator[Untrue]:
    """The security group of a database names other groups as its sources, and no range of addresses."""
    stack = evidence.stack
    rules = stack.of_type("AWS::EC2::SecurityGroupIngress")
    for database in stack.of_type("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"):
        names = ("VpcSecurityGroupIds", "VPCSecurityGroups")
        groups = set(ids_in([database.properties.get(name, []) for name in names]))
        inline = [rule for group in groups if group in stack.resources
                  for rule in stack.resources[group].properties.get("SecurityGroupIngress", [])]  # fmt: skip
        stated = [rule.properties for rule in rules if groups.intersection(ids_in(rule.properties.get("GroupId")))]
        if any("CidrIp" in rule or "CidrIpv6" in rule for rule in [*inline, *stated]):
            yield database.id, "A range of addresses reaches its port."


@claim("databases-ring-alarms")
def watched(evidence: Evidence) -> Iterator[Untrue]:
    """A provisioned instance has alarms on CPU, storage and connections; Aurora Serverless needs none."""
    alarms = evidence.stack.of_type("AWS::CloudWatch::Alarm")
    wanted = {"CPUUtilization", "FreeStorageSpace", "DatabaseConnections"}
    for instance in evidence.stack.of_type("AWS::RDS::DBInstance"):
        about = [alarm for alarm in alarms if instance.id in ids_in(alarm.properties.get("Dimensions", []))]
        missing = wanted - {str(alarm.properties.get("MetricName")) for alarm in about}
        if instance.properties.get("DBInstanceClass") != "db.serverless" and missing:
            yield instance.id, f"No alarm watches its {min(missing)}."
