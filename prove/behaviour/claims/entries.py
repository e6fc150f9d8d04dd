"""Claims about entries: firewalls, caches, countries, open routes, ports, user pools."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from advisor.requirements.model import Subject
from advisor.vocabulary import FIELDS
from advisor.vocabulary.store import IMMUTABLE
from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.invocation import unauthorised_routes
from prove.behaviour.reachability import BALANCER, HTTP_LINK, LISTENER, REST_LINK, forwarding, groups_of
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

_GRAPHQL = "AWS::AppSync::GraphQLApi"
#: What AWS runs in several Availability Zones by itself.
_IN_SEVERAL_ZONES = (
    BALANCER,
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGatewayV2::Api",
    "AWS::Lambda::Url",
    "AWS::S3::Bucket",
)
_EVERYWHERE = ("0.0.0.0/0", "::/0")


def _asking(evidence: Evidence, field: str) -> list[str]:
    components: Sequence[Subject] = evidence.requirements.components
    return [component.id for component in components if component.answer(field) is True]


def _answering(evidence: Evidence, field: str, value: str) -> set[str]:
    components: Sequence[Subject] = evidence.requirements.components
    return {component.id for component in components if component.answer(field) == value}


def _entered(evidence: Evidence) -> set[str]:
    """Return the components that callers may reach: a firewall in front of any other has nothing to filter."""
    components: Sequence[Subject] = evidence.requirements.components
    reached = {"request", "callback"}
    starts: dict[str, Any] = {one.id: one.answer("trigger") for one in components}
    return {id for id, started in starts.items() if not started or reached.intersection(started)}


@claim("firewall-where-asked")
def firewall(evidence: Evidence) -> Iterator[Untrue]:
    """Resources whose component requires a firewall have a web ACL, or one at CloudFront."""
    stack = evidence.stack
    guarded = {r.owner.node.partition(".")[0] for r in stack.of_type("AWS::CloudFront::Distribution")
               if r.properties.get("DistributionConfig", {}).get("WebACLId")}  # fmt: skip
    for association in stack.of_type("AWS::WAFv2::WebACLAssociation"):
        owners = [association.owner, *(stack.resources[id].owner for id in ids_in(dict(association.properties))
                                       if id in stack.resources)]  # fmt: skip
        guarded |= {str(owner).partition(".")[0] for owner in owners}
        guarded |= _behind(stack, set(ids_in(dict(association.properties))))
    for component in _asking(evidence, "waf"):
        if component in _entered(evidence) and component not in guarded:
            yield component, "The requirements ask for a firewall, and nothing of the component has one."


def _behind(stack: Stack, entries: set[str]) -> set[str]:
    """Return the components whose services a load balancer forwards to, by a listener or by a rule for one of several."""
    components: set[str] = set()
    for group in stack.of_type("AWS::ElasticLoadBalancingV2::TargetGroup"):
        for listener, _, _ in forwarding(stack, group.id):
            if entries & {*ids_in(listener.properties["LoadBalancerArn"])}:
                components.add(str(group.owner).rsplit(">", 1)[-1].partition(".")[0])
    return components


@claim("cache-where-asked")
def cache(evidence: Evidence) -> Iterator[Untrue]:
    """A stage without a cache belongs to a component that does not require one."""
    asking = _asking(evidence, "caching")
    for stage in evidence.stack.of_type("AWS::ApiGateway::Stage"):
        component = stage.owner.node.partition(".")[0]
        if component in asking and stage.properties.get("CacheClusterEnabled") != "true":
            yield stage.id, "The requirements ask for a cache."


@claim("requirements-restrict-no-countries")
def countries(_: Evidence) -> Iterator[Untrue]:
    """The requirements have no question about the countries of callers."""
    for kind, fields in FIELDS.items():
        yield from ((f"{kind}.{field.id}", "This question asks for countries.") for field in fields
                    if "countr" in f"{field.id} {field.help.en}".lower() and field.id != "region")  # fmt: skip


@claim("requirements-ask-for-no-threat-protection")
def threat_protection(_: Evidence) -> Iterator[Untrue]:
    """The requirements have no question about threat protection of user pools."""
    for kind, fields in FIELDS.items():
        yield from ((f"{kind}.{field.id}", "This question asks for threat protection.") for field in fields
                    if "threat" in f"{field.id} {field.help.en}".lower())  # fmt: skip


@claim("graphql-apis-are-public-where-asked")
def graphql_exposure(evidence: Evidence) -> Iterator[Untrue]:
    """A GraphQL API on the internet belongs to a component whose callers are not said to be inside a network."""
    inside = _answering(evidence, "exposure", "private")
    for api in evidence.stack.of_type(_GRAPHQL):
        if api.properties.get("Visibility") != "PRIVATE" and api.owner.node.partition(".")[0] in inside:
            yield api.id, "Its callers are inside a network, and it is on the internet."


@claim("graphql-keys-where-no-sign-in-is-asked")
def graphql_keys(evidence: Evidence) -> Iterator[Untrue]:
    """A GraphQL API takes a key only where its callers need no sign-in, and its deployment says when the key expires."""
    stack = evidence.stack
    components: Sequence[Subject] = evidence.requirements.components
    unasked = {component.id for component in components if component.answer("authentication") in (None, "none")}
    for api in stack.of_type(_GRAPHQL):
        if api.properties["AuthenticationType"] != "API_KEY":
            continue
        if api.owner.node.partition(".")[0] not in unasked:
            yield api.id, "Its callers have to sign in, and a key is enough."
        keys = [key for key in stack.of_type("AWS::AppSync::ApiKey") if api.id in ids_in(key.properties["ApiId"])]
        if not all("Expires" in key.properties for key in keys):
            yield api.id, "Its key expires seven days after the deployment."


@claim("only-inner-balancers-are-unprotected")
def unprotected(evidence: Evidence) -> Iterator[Untrue]:
    """A load balancer without deletion protection is behind an API of the template; a parameter protects others."""
    stack = evidence.stack
    linked = {*ids_in([dict(link.properties) for link in stack.of_type(REST_LINK, HTTP_LINK)])}
    aimed = {*ids_in([dict(one.properties) for one in stack.of_type("AWS::ApiGatewayV2::Integration")])}
    behind = {id for listener in stack.of_type(LISTENER) if listener.id in aimed
              for id in ids_in(listener.properties["LoadBalancerArn"])}  # fmt: skip
    for balancer in stack.of_type(BALANCER):
        attributes = balancer.properties.get("LoadBalancerAttributes", {})
        value = str(attributes.get("deletion_protection.enabled", "false"))
        parameter = stack.parameters.get(value.removeprefix("${").removesuffix("}"), {})
        inner = balancer.properties.get("Scheme") == "internal" and balancer.id in linked | behind
        if not inner and "true" not in (value, parameter.get("Default")):
            yield balancer.id, "Callers know it by name, and it is not protected from deletion."


@claim("origins-are-of-this-stack")
def origins(evidence: Evidence) -> Iterator[Untrue]:
    """Every origin of a distribution is a bucket, an API, a function URL or a load balancer of the template."""
    stack = evidence.stack
    zonal = {resource.id for resource in stack.of_type(*_IN_SEVERAL_ZONES)}
    for site in stack.of_type("AWS::CloudFront::Distribution"):
        for origin in site.properties.get("DistributionConfig", {}).get("Origins", ()):
            inner = origin.get("VpcOriginConfig", {}).get("VpcOriginId")
            ways = [stack.resources[id] for id in ids_in(inner) if id in stack.resources]
            named = {*ids_in(origin.get("DomainName")), *ids_in([dict(way.properties) for way in ways])}
            if not zonal & named:
                yield site.id, "An origin is nothing of this stack, and has nothing to stand in for it."


@claim("sites-have-a-first-page")
def first_pages(evidence: Evidence) -> Iterator[Untrue]:
    """A distribution without a default root object delivers no site."""
    stack = evidence.stack
    sites = {bucket.id for bucket in stack.of_type("AWS::S3::Bucket") if bucket.owner.node.endswith(".hosting")}
    for distribution in stack.of_type("AWS::CloudFront::Distribution"):
        config = distribution.properties.get("DistributionConfig", {})
        if "DefaultRootObject" not in config and sites.intersection(ids_in(config.get("Origins", ()))):
            yield distribution.id, "It delivers a site, whose address alone answers with an error."


@claim("requirements-ask-for-no-object-lock")
def object_lock(evidence: Evidence) -> Iterator[Untrue]:
    """A bucket without Object Lock is of no store whose requirements lock it."""
    locked = {f"{store.id}.store" for store in evidence.requirements.of_kind("store") if store.answer(IMMUTABLE)}
    for bucket in evidence.stack.of_type("AWS::S3::Bucket"):
        if bucket.owner.node in locked and "ObjectLockConfiguration" not in bucket.properties:
            yield bucket.id, "The requirements lock the objects of this store."


@claim("second-factor-is-offered")
def second_factor(evidence: Evidence) -> Iterator[Untrue]:
    """A user pool offers optional multi-factor authentication."""
    for pool in evidence.stack.of_type("AWS::Cognito::UserPool"):
        if pool.properties.get("MfaConfiguration") not in ("OPTIONAL", "ON") or not pool.properties.get("EnabledMfas"):
            yield pool.id, "The pool offers no second factor."


@claim("open-routes-are-meant")
def open_routes(evidence: Evidence) -> Iterator[Untrue]:
    """A route without authentication is the health check, or its component requires none."""
    yield from ((problem.place, problem.message) for problem in unauthorised_routes(evidence))


@claim("only-public-balancers-are-open")
def open_groups(evidence: Evidence) -> Iterator[Untrue]:
    """Only internet-facing load balancers accept every address; port 80 only redirects to HTTPS."""
    stack = evidence.stack
    for group in stack.of_type("AWS::EC2::SecurityGroup"):
        anywhere = [rule for rule in group.properties.get("SecurityGroupIngress", ())
                    if {rule.get("CidrIp"), rule.get("CidrIpv6")} & {*_EVERYWHERE}]  # fmt: skip
        holders = [resource for resource in stack.resources.values() if group.id in groups_of(resource)]
        if anywhere and not all(_public(holder) for holder in holders):
            yield group.id, "It lets in every address, and belongs to no load balancer on the internet."
        if any(rule.get("FromPort") == "80" for rule in anywhere):
            yield from _answers_on_80(evidence, holders)


def _public(holder: Resource) -> bool:
    return holder.type == BALANCER and holder.properties.get("Scheme", "internet-facing") == "internet-facing"


def _answers_on_80(evidence: Evidence, holders: list[Resource]) -> Iterator[Untrue]:
    balancers = {holder.id for holder in holders}
    for listener in evidence.stack.of_type(LISTENER):
        mine = balancers & {*ids_in(listener.properties["LoadBalancerArn"])}
        kinds = {action.get("Type") for action in listener.properties.get("DefaultActions", ())}
        if mine and str(listener.properties.get("Port")) == "80" and kinds != {"redirect"}:
            yield listener.id, "Port 80 does more than send on to HTTPS."


@claim("cluster-endpoint-is-confined")
def cluster_endpoint(evidence: Evidence) -> Iterator[Untrue]:
    """A public endpoint admits the range of a parameter, and roles by access entries alone."""
    stack = evidence.stack
    for cluster in stack.of_type("AWS::EKS::Cluster"):
        network = cluster.properties.get("ResourcesVpcConfig", {})
        ranges = network.get("PublicAccessCidrs", [])
        named = (
            bool(ranges) and all(id in stack.parameters for id in ids_in(ranges)) and len(ids_in(ranges)) == len(ranges)
        )
        if network.get("EndpointPublicAccess", "true") == "true" and not named:
            yield cluster.id, "Its public endpoint admits addresses that no parameter names."
        if cluster.properties.get("AccessConfig", {}).get("AuthenticationMode") != "API":
            yield cluster.id, "Others than access entries say who may use it."


@claim("one-choice-of-an-environment")
def workflow_input(evidence: Evidence) -> Iterator[Untrue]:
    """A workflow that is started by hand is asked for nothing but an environment, out of a list."""
    for file in sorted((evidence.folder / ".github" / "workflows").glob("*.yml")):
        started = yaml.safe_load(file.read_text("utf-8")).get(True, {})
        inputs = (started.get("workflow_dispatch") or {}).get("inputs", {}) if isinstance(started, dict) else {}
        for name, row in inputs.items():
            if name != "environment" or row.get("type") not in ("choice", "environment"):
                yield f"{file.name} {name}", "This input is no choice of an environment."


@claim("called-workflows-are-here")
def called_workflows(evidence: Evidence) -> Iterator[Untrue]:
    """A reusable workflow that is called by path is part of this project."""
    for file in sorted((evidence.folder / ".github" / "workflows").glob("*.yml")):
        for path in re.findall(r"uses: (\./\S+)", file.read_text("utf-8")):
            if not (evidence.folder / path).is_file():
                yield file.name, f"It calls {path}, which is not here."
