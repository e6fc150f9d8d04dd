"""Callers are kept apart: cached responses, allowed origins and assumed roles belong to one caller, site or account.

* A cache of a REST API returns responses by method and cache keys: if the token of the caller is not a key, a caller
  gets the response to another caller
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html, read 2026-11-27).
* A service that acts for many accounts takes a role on for any of them, unless the role names the account
  (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html, read 2026-11-27).
* A task in `awsvpc` mode reaches the metadata of its instance, and with it the role of the instance, unless the agent
  blocks that (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html, read 2026-11-27).
* EKS Auto Mode enforces network policies once its network policy controller is on
  (https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html, read 2026-11-27).
* Tasks behind a load balancer accept traffic from the load balancer only
  (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html, read
  2026-11-27).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from advisor.requirements.model import Subject
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.manifests import manifests
from prove.behaviour.programs import containers
from prove.behaviour.reachability import BALANCER, ways_in
from prove.behaviour.references import conditions, ids_in, named, principals, resource_named
from prove.readback import Stack
from prove.readback.stack import Resource

ROLE, REST = "AWS::IAM::Role", "AWS::ApiGateway::RestApi"
#: Services that take a role on for resources of whichever account asks them to, and state the account when they do.
DEPUTIES = (
    "apigateway.amazonaws.com",
    "appsync.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "events.amazonaws.com",
    "pipes.amazonaws.com",
    "scheduler.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)
_ACCOUNT = ("aws:sourceaccount", "aws:sourcearn")
_BLOCKED = "ECS_AWSVPC_BLOCK_IMDS=true"
_CONTROLLER = "enable-network-policy-controller"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield cases in which one caller, site, account or task is mistaken for another."""
    stack = evidence.stack
    for api in stack.of_type(REST):
        yield from _cached(stack, api)
    yield from _sites(evidence)
    for role in stack.of_type(ROLE):
        yield from _deputies(role)
    yield from _hosts(stack)
    yield from _policies(evidence)
    yield from _around_the_balancer(evidence)


def _cached(stack: Stack, api: Resource) -> Iterator[Problem]:
    """Yield authenticated methods whose cached responses are shared between callers."""
    stages = [one for one in stack.of_type("AWS::ApiGateway::Stage") if api.id in named(one.properties["RestApiId"])]
    settings = [entry for stage in stages for entry in stage.properties.get("MethodSettings", ())]
    if not any(str(entry.get("CachingEnabled", "false")).lower() == "true" for entry in settings):
        return
    for name, method in api.properties.get("Methods", {}).items():
        authorization = method.get("Authorization", {}) if isinstance(method, dict) else {}
        if not name.startswith("GET ") or str(authorization.get("Type", "NONE")) == "NONE":
            continue
        keys = method.get("Integration", {}).get("CacheKeyParameters", ())
        if str(authorization.get("Source", "method.request.header.Authorization")) not in keys:
            message = f"{name} is answered out of the cache with what another caller was answered."
            yield Problem("cached-for-others", api.id, message, REST)


def _sites(evidence: Evidence) -> Iterator[Problem]:
    """Yield authenticated APIs whose responses any website can read (CORS)."""
    components: Sequence[Subject] = evidence.requirements.components
    asking = {str(one.id) for one in components if one.answer("authentication") not in (None, "none")}
    for api in evidence.stack.of_type("AWS::ApiGatewayV2::Api", "AWS::Lambda::Url"):
        cors: Any = api.properties.get("CorsConfiguration") or api.properties.get("Cors") or {}
        if "*" in cors.get("AllowOrigins", ()) and api.owner.node.partition(".")[0] in asking:
            yield Problem("any-site", api.id, "The pages of every site may read what its callers get.", api.type)


def _deputies(role: Resource) -> Iterator[Problem]:
    for statement in role.properties.get("AssumeRolePolicyDocument", {}).get("Statement", ()):
        deputies = [name for name in principals(statement, "Service") if name in DEPUTIES]
        if deputies and not any(list(conditions(statement, key)) for key in _ACCOUNT):
            yield Problem("any-account", role.id, f"{deputies[0]} takes it on for any account.", ROLE)


def _hosts(stack: Stack) -> Iterator[Problem]:
    """Yield the instances whose tasks may become the instance."""
    networked = any(
        one.properties.get("NetworkMode") == "awsvpc" and "EC2" in one.properties.get("RequiresCompatibilities", ())
        for one in stack.of_type("AWS::ECS::TaskDefinition")
    )
    for group in stack.of_type("AWS::AutoScaling::AutoScalingGroup"):
        template = resource_named(stack, dict(group.properties), "AWS::EC2::LaunchTemplate")
        data = "" if template is None else str(dict(template.properties))
        if networked and template is not None and "ECS_CLUSTER" in data and _BLOCKED not in data:
            message = "A task reads the credentials of its instance out of the instance's metadata."
            yield Problem("task-as-host", template.id, message, template.type)


def _policies(evidence: Evidence) -> Iterator[Problem]:
    found = list(manifests(evidence))
    policies = [one for one in found if one["kind"] == "NetworkPolicy"]
    settings = {str(one.get("data", {}).get(_CONTROLLER)) for one in found if one["kind"] == "ConfigMap"}
    automatic = any(
        str((cluster.properties.get("ComputeConfig") or {}).get("Enabled", "false")).lower() == "true"
        for cluster in evidence.stack.of_type("AWS::EKS::Cluster")
    )
    if policies and automatic and "true" not in settings:
        yield Problem("not-enforced", "kubernetes/base", "The cluster has network policies, and enforces none of them.")


def _around_the_balancer(evidence: Evidence) -> Iterator[Problem]:
    """Yield the ways to a program behind a load balancer that do not lead through the load balancer."""
    stack = evidence.stack
    for program in containers(evidence):
        groups = [stack.resources[id] for id in program.target_groups if id in stack.resources]
        for group in groups:
            for way in ways_in(stack, list(program.groups), int(group.properties.get("Port", 80))):
                balanced = way.holder is not None and way.holder.type == BALANCER
                if way.kind == "addresses" and not balanced and not _is_network_balancer(stack, group):
                    message = f"{way.source} reaches {program.folder.name} past its load balancer."
                    yield Problem("around-the-balancer", way.place, message, "AWS::EC2::SecurityGroup")


def _is_network_balancer(stack: Stack, group: Resource) -> bool:
    """Return whether a target group belongs to a Network Load Balancer, which can preserve the address of the caller."""
    listeners = [
        one
        for one in stack.of_type("AWS::ElasticLoadBalancingV2::Listener")
        if group.id in ids_in(dict(one.properties))
    ]
    balancers = {id for listener in listeners for id in ids_in(listener.properties.get("LoadBalancerArn"))}
    return any(
        stack.resources[id].properties.get("Type", "application") != "application"
        for id in balancers
        if id in stack.resources
    )
