"""What a template really allows, read back from it in the form of the table of `advisor iam`."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from blueprints.permissions import Permission
from tests.blueprints.templates import Json, identity_statements, listed, of_type, spelled

Row = tuple[str, tuple[str, ...], tuple[str, ...]]
Name = Callable[[str], str]
_POLICIES = (
    "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy", "AWS::Kinesis::ResourcePolicy",
    "AWS::Events::EventBusPolicy",
)  # fmt: skip
_REFERENCE = re.compile(r"\$\{([A-Za-z0-9]+)((?:\.[A-Za-z]+)*)\}")
#: How CDK spells the ARN of a database cluster.
_CLUSTER = re.compile(
    r"arn:\$\{AWS::Partition\}:rds:\$\{AWS::Region\}:\$\{AWS::AccountId\}:cluster:\$\{([A-Za-z0-9]+)\}"
)
#: The devices of a push application, by the account and the name in its ARN.
_DEVICES = re.compile(
    r"\$\{(\w+)PlatformApplicationArn\}\[:app/\]\[0\]:endpoint/\$\{\1PlatformApplicationArn\}\[:app/\]\[1\]"
)


def as_it_is(id: str) -> str:
    return id


def without_hash(id: str) -> str:
    """A logical id of CDK without the eight letters of its path, and without what one construct adds to its own."""
    return re.sub(r"(?<=.)[0-9A-F]{8}$", "", id).replace("DestinationApiDestination", "Destination")


def without_component(known: Collection[str]) -> Name:
    """What reads a logical id of CDK also without the component that stands before a name which is known."""

    def name(id: str) -> str:
        whole = without_hash(id)
        return next((end for at in range(len(whole)) if (end := whole[at:]) in known and end[0].isupper()), whole)

    return name


def resource(text: str, name: Name = as_it_is) -> str:
    """A resource, whether it is spelled by its reference or by its ARN: some references are ARNs."""
    text = _DEVICES.sub(r"${\1.Devices}", _CLUSTER.sub(r"${\1.DBClusterArn}", text))
    return _REFERENCE.sub(lambda found: "${" + name(found[1]) + (found[2] or "").replace(".Arn", "") + "}", text)


def table(found: Iterable[Permission]) -> list[Row]:
    """The table's rows."""
    return sorted(
        (one.role, tuple(sorted(one.actions)), tuple(sorted(resource(r.template) for r in one.resources)))
        for one in found
    )


def held(template: Json, name: Name = as_it_is) -> list[Row]:
    """What roles hold, and what the policies of resources let others do."""
    return sorted([*_roles(template, name), *_resources(template, name), *_functions(template, name)])


def _row(who: str, statement: Json, name: Name) -> Row:
    on = tuple(sorted(resource(spelled(one), name) for one in listed(statement["Resource"])))
    return who, tuple(sorted(listed(statement["Action"]))), on


def _roles(template: Json, name: Name) -> Iterator[Row]:
    for id, statement in identity_statements(template):
        assert statement["Effect"] == "Allow"
        yield _row(name(id), statement, name)


def _resources(template: Json, name: Name) -> Iterator[Row]:
    for _, policy in of_type(template, *_POLICIES):
        document = policy.get("PolicyDocument") or policy.get("ResourcePolicy") or {"Statement": policy["Statement"]}
        for statement in listed(document["Statement"]):
            if statement["Effect"] == "Allow":
                ((_, who),) = statement["Principal"].items()
                yield from (_row(resource(spelled(one), name), statement, name) for one in listed(who))


def _functions(template: Json, name: Name) -> Iterator[Row]:
    """Who may invoke functions; APIs have one permission for each route, which the table states once."""
    found: set[Row] = set()
    for _, permission in of_type(template, "AWS::Lambda::Permission"):
        function: Any = resource(spelled(permission["FunctionName"]), name)
        found.add((resource(spelled(permission["Principal"]), name), (permission["Action"],), (function,)))
    yield from found
