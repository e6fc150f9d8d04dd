"""Who may do what on what, read back from a stack in the form of the table of `advisor iam`.

What is taken as the same, and why: a reference that is an ARN and the attribute `Arn` name the same resource, and the
logical ids of CDK are read without the letters that it appends. An API has a permission for each route, which the
table states once. Not read: trust and policies that AWS manages, as in the table; they are compared between targets.
"""

import re
from collections.abc import Iterable, Iterator

from blueprints.permissions import Permission
from prove.readback.pairing import HASH
from prove.readback.policies import listed
from prove.readback.stack import Stack
from prove.readback.values import Value, renamed

#: Who (a role, or who is let in by a policy of the resource), the actions, the resources.
Row = tuple[str, tuple[str, ...], tuple[str, ...]]
_POLICIES = (
    "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy", "AWS::Kinesis::ResourcePolicy",
    "AWS::Events::EventBusPolicy",
)  # fmt: skip


def plain(id: str) -> str:
    """Return a logical id without the letters that CDK appends, and without what one construct adds to its own."""
    return HASH.sub("", id).replace("DestinationApiDestination", "Destination")


def spelled(text: str) -> str:
    """Return a resource as it is named in both."""
    return str(renamed(text, lambda id, attribute: f"${{{plain(id)}{attribute.replace('.Arn', '')}}}"))


def table(found: Iterable[Permission]) -> dict[Row, Permission]:
    """Return the rows of the table of a plan."""
    return {
        (one.role, tuple(sorted(one.actions)), tuple(sorted({spelled(r.template) for r in one.resources}))): one
        for one in found
    }


def held(stack: Stack) -> set[Row]:
    """Return what the roles of a stack hold, and what the policies of its resources let others do."""
    return {*_roles(stack), *_resources(stack), *_functions(stack)}


def _row(who: str, statement: Value) -> Row:
    return who, tuple(sorted(statement["Action"])), tuple(sorted({*map(spelled, statement["Resource"])}))


def _roles(stack: Stack) -> Iterator[Row]:
    for role in stack.of_type("AWS::IAM::Role"):
        for statement in role.properties.get("Statements", ()):
            if statement["Effect"] == "Allow":
                yield _row(plain(role.id), statement)


def _resources(stack: Stack) -> Iterator[Row]:
    for policy in stack.of_type(*_POLICIES):
        given = policy.properties
        document = given.get("PolicyDocument") or given.get("ResourcePolicy") or {"Statement": given.get("Statement")}
        for statement in listed(document["Statement"]):
            if statement and statement["Effect"] == "Allow":
                for who in (one for kind in statement["Principal"].values() for one in listed(kind)):
                    yield _row(spelled(who), {key: listed(statement[key]) for key in ("Action", "Resource")})


def _functions(stack: Stack) -> Iterator[Row]:
    for one in stack.of_type("AWS::Lambda::Permission"):
        given = one.properties
        yield (
            spelled(given["Principal"]),
            (given["Action"],),
            (re.sub(r"\.Arn\}$", "}", spelled(given["FunctionName"])),),
        )
