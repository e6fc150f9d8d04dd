"""IAM permissions of a stack in the form of the table of `advisor iam`.

Treated as equal, and why: a reference that is an ARN and the attribute `Arn` name the same resource, and the logical
ids of CDK are read without the hash that it appends, and without the name of the component before a name that the plan
knows (as in pairing: a wrong name can only make equal permissions differ). The users of a database proxy are those of the id at the end of
its ARN, which a template takes out by functions, and the devices of a push application those with the account and the name in
its ARN. An API has a permission for each route, which the table states
once. Not read: trust policies and AWS managed policies, as in the table; they are compared between targets.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from blueprints.permissions import Permission
from prove.readback.pairing import HASH
from prove.readback.policies import as_list
from prove.readback.stack import Stack
from prove.readback.values import Value, renamed

_RESOURCE_POLICIES = (
    "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy", "AWS::Kinesis::ResourcePolicy",
    "AWS::Events::EventBusPolicy",
)  # fmt: skip
Naming = Callable[[str], str]
_PROXY_USERS = re.compile(
    r"arn:\$\{AWS::Partition\}:rds-db:\$\{AWS::Region\}:\$\{AWS::AccountId\}:dbuser:"
    r"\{'Fn::Select': \['6', \{'Fn::Split': \[':', '\$\{(\w+)\.DBProxyArn\}'\]\}\]\}"
)
_APPLICATION = r"\{'Fn::Select': \['%d', \{'Fn::Split': \[':app/', '\$\{(\w+)PlatformApplicationArn\}'\]\}\]\}"
_DEVICES = re.compile(_APPLICATION % 0 + ":endpoint/" + _APPLICATION % 1)


class Allowed(NamedTuple):
    """An allow statement: a role or the principal of a resource policy, its actions, and the resources."""

    principal: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{' '.join(self.actions)} on {' '.join(self.resources)}"


def plain(id: str) -> str:
    """Return a logical id without the hash that CDK appends, and without the suffix of one construct."""
    return HASH.sub("", id).replace("DestinationApiDestination", "Destination")


def named_in(known: Collection[str]) -> Naming:
    """Return what gives a logical id of CDK the longest name that is known and that it ends in."""

    @cache
    def name(id: str) -> str:
        whole = plain(id)
        ends = (whole[at:] for at in range(len(whole)) if whole[at].isupper())
        return next((end for end in ends if end in known), whole)

    return name


def spelled(text: str, name: Naming = plain) -> str:
    """Return a resource with the names that table and stack have in common."""
    named = str(renamed(text, lambda id, attribute: f"${{{name(id)}{attribute.replace('.Arn', '')}}}"))
    return _DEVICES.sub(r"${\1.Devices}", _PROXY_USERS.sub(r"${\1.UsersArn}", named))


def planned_permissions(permissions: Iterable[Permission]) -> dict[Allowed, Permission]:
    """Return the permissions of a plan."""
    return {
        Allowed(
            principal=permission.role,
            actions=tuple(sorted(permission.actions)),
            resources=tuple(sorted({spelled(resource.template) for resource in permission.resources})),
        ): permission
        for permission in permissions
    }


def granted_permissions(stack: Stack, known: Collection[str]) -> set[Allowed]:
    """Return the permissions of the roles of a stack, and those of its resource policies; `known` are a plan's names."""
    name = named_in(known)
    return {*_roles(stack, name), *_resources(stack, name), *_functions(stack, name)}


def _allowed(principal: str, statement: Value, name: Naming) -> Allowed:
    resources = {spelled(resource, name) for resource in statement["Resource"]}
    return Allowed(principal, actions=tuple(sorted(statement["Action"])), resources=tuple(sorted(resources)))


def _roles(stack: Stack, name: Naming) -> Iterator[Allowed]:
    for role in stack.of_type("AWS::IAM::Role"):
        for statement in role.properties.get("Statements", ()):
            if statement["Effect"] == "Allow":
                yield _allowed(name(role.id), statement, name)


def _resources(stack: Stack, name: Naming) -> Iterator[Allowed]:
    for policy in stack.of_type(*_RESOURCE_POLICIES):
        properties = policy.properties
        document = (
            properties.get("PolicyDocument")
            or properties.get("ResourcePolicy")
            or {"Statement": properties.get("Statement")}
        )
        for statement in as_list(document["Statement"]):
            if statement and statement["Effect"] == "Allow":
                for named in (principal for kind in statement["Principal"].values() for principal in as_list(kind)):
                    allowed = {key: as_list(statement[key]) for key in ("Action", "Resource")}
                    yield _allowed(spelled(named, name), allowed, name)


def _functions(stack: Stack, name: Naming) -> Iterator[Allowed]:
    for permission in stack.of_type("AWS::Lambda::Permission"):
        properties = permission.properties
        function = re.sub(r"\.Arn\}$", "}", spelled(properties["FunctionName"], name))
        yield Allowed(spelled(properties["Principal"], name), actions=(properties["Action"],), resources=(function,))
