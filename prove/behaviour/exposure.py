"""Excess exposure: private entries, subnets with an internet route, resource policies."""

from collections.abc import Iterator, Sequence
from typing import Any

from advisor.requirements.model import Subject
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.reachability import BALANCER
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

#: Entries that only the internet reaches. The files of a site are public wherever its API is, which the decision says.
_PUBLIC_ONLY = ("AWS::ApiGatewayV2::Api", "AWS::Lambda::Url", "AWS::AppSync::GraphQLApi")
#: Type -> the property that holds its policy.
_POLICIES = {
    "AWS::S3::BucketPolicy": "PolicyDocument",
    "AWS::SQS::QueuePolicy": "PolicyDocument",
    "AWS::SNS::TopicPolicy": "PolicyDocument",
    "AWS::KMS::Key": "KeyPolicy",
    "AWS::Kinesis::ResourcePolicy": "ResourcePolicy",
    "AWS::SecretsManager::ResourcePolicy": "ResourcePolicy",
    "AWS::ECR::Repository": "RepositoryPolicyText",
    "AWS::EFS::FileSystem": "FileSystemPolicy",
    "AWS::ApiGateway::RestApi": "Policy",
    "AWS::EC2::VPCEndpoint": "PolicyDocument",
}
#: What places a resource in subnets where nothing from the internet is to reach it.
_INSIDE = (
    "AWS::RDS::DBSubnetGroup",
    "AWS::EFS::MountTarget",
    "AWS::ElastiCache::ServerlessCache",
    "AWS::Lambda::Function",
)


def private_entries(evidence: Evidence) -> Iterator[Problem]:
    """Yield entries on the internet of components that only the own network is to reach."""
    components: Sequence[Subject] = evidence.requirements.components
    private = {str(one.id) for one in components if one.answer("exposure") == "private"}
    for resource in evidence.stack.resources.values():
        if resource.owner.node.partition(".")[0] in private and _is_public(resource):
            message = "The requirements say that only the own network reaches this, and the internet does."
            yield Problem("public-entry", resource.id, message, resource.type)


def _is_public(resource: Resource) -> bool:
    if resource.type == BALANCER:
        return str(resource.properties.get("Scheme", "internet-facing")) == "internet-facing"
    if resource.type == "AWS::ApiGateway::RestApi":
        return list(resource.properties.get("EndpointConfiguration", {}).get("Types", ())) != ["PRIVATE"]
    return resource.type in _PUBLIC_ONLY


def public_places(stack: Stack) -> Iterator[Problem]:
    """Yield resources that can be reached in a subnet with an internet gateway, and public databases."""
    gateways = {gateway.id for gateway in stack.of_type("AWS::EC2::InternetGateway")}
    public = {
        subnet.id
        for subnet in stack.of_type("AWS::EC2::Subnet")
        if any(gateways & {*ids_in(str(route.get("GatewayId", "")))} for route in subnet.properties.get("Routes", ()))
    }
    for resource in stack.of_type(*_INSIDE):
        placed = [value for key, value in dict(resource.properties).items() if "Subnet" in key or key == "VpcConfig"]
        if public & {*ids_in(placed)}:
            yield Problem(
                "public-subnet", resource.id, "It stands in a subnet with a route to the internet.", resource.type
            )
    for service in stack.of_type("AWS::ECS::Service"):
        network = service.properties.get("NetworkConfiguration", {}).get("AwsvpcConfiguration", {})
        if network.get("AssignPublicIp") == "ENABLED" or public & {*ids_in(network.get("Subnets", []))}:
            yield Problem("public-subnet", service.id, "Its tasks have addresses on the internet.", service.type)
    for instance in stack.of_type("AWS::RDS::DBInstance"):
        if str(instance.properties.get("PubliclyAccessible", "false")) == "true":
            yield Problem("public-subnet", instance.id, "The database has an address on the internet.", instance.type)


def open_policies(stack: Stack) -> Iterator[Problem]:
    """Yield resource policies that allow every principal, or a service on behalf of any account."""
    for resource in stack.of_type(*_POLICIES):
        document = resource.properties.get(_POLICIES[resource.type]) or {}
        statements = document.get("Statement", ()) if isinstance(document, dict) else ()
        denied = any(_denies_elsewhere(statement) for statement in statements)
        for statement in statements:
            if statement.get("Effect") == "Allow" and not statement.get("Condition") and not denied:
                yield from _unconditional(resource, statement)
    # Without a data access policy, nobody reads or writes a collection:
    # https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html (read 2026-12-02)
    signed = all(_names_roles(policy) for policy in stack.of_type("AWS::OpenSearchServerless::AccessPolicy"))
    for policy in stack.of_type("AWS::OpenSearchServerless::SecurityPolicy"):
        rows = policy.properties.get("Policy", [])
        if not signed and any(
            isinstance(row, dict) and str(row.get("AllowFromPublic", "false")) == "true" for row in rows
        ):
            yield Problem(
                "open-policy", policy.id, "The collection is on the internet, for more than named roles.", policy.type
            )


def _names_roles(policy: Resource) -> bool:
    """Return whether every row of a data access policy names its principals."""
    rows = policy.properties.get("Policy", [])
    return bool(rows) and all(isinstance(row, dict) and "*" not in str(row.get("Principal", "*")) for row in rows)


def _denies_elsewhere(statement: dict[str, Any]) -> bool:
    """Return whether a statement denies everyone outside an endpoint or an account."""
    everybody = "*" in statement.get("Principal", {}).get("AWS", ())
    operators = statement.get("Condition", {})
    return statement.get("Effect") == "Deny" and everybody and any("Not" in operator for operator in operators)


def _unconditional(resource: Resource, statement: dict[str, Any]) -> Iterator[Problem]:
    principal = statement.get("Principal", {})
    own_folder = all("/AWSLogs/${AWS::AccountId}/" in str(name) for name in statement.get("Resource", ("",)))
    if "*" in principal.get("AWS", ()):
        yield Problem("open-policy", resource.id, "It lets in everybody.", resource.type)
    # A key is used by a service on behalf of whoever may use the service; what it protects has policies of its own.
    elif principal.get("Service") and not own_folder and resource.type != "AWS::KMS::Key":
        message = f"It lets {principal['Service'][0]} in on behalf of any account."
        yield Problem("open-policy", resource.id, message, resource.type)
