"""Accepted cdk-nag findings: the rows of accepted.yaml that apply to the resources of a project."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from advisor.text import EMPTY, Lang, Text
from blueprints.cdk.tree import Value
from blueprints.values import ManagedPolicy

PACK = "AwsSolutions"
_IDENTITIES = ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role")
_GROUPS = ("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress")


Resources = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A rule whose findings do not count in resources of these types, and why.

    `findings` narrows it to some findings at some paths of constructs, each for projects whose roles say a word;
    `select` names what finds such places in the stack of a project. `more` is added to the reason where the resources have the
    word `where`.
    """

    reason: Text
    types: tuple[str, ...]
    findings: Mapping[str, str]
    select: str
    where: str = ""
    more: Text = EMPTY

    def why(self, resources: Resources) -> Text:
        """Return the reason in a project with these resources."""
        if not self.where or self.where not in repr(resources):
            return self.reason
        return Text(f"{self.reason.en} {self.more.en}", f"{self.reason.ja}{self.more.ja}")

    def places(self, resources: Resources) -> Iterator[str]:
        """Yield the accepted findings of the rule with the path of a construct, where "*" matches anything."""
        if self.select:
            yield from sorted(set(_SELECTED[self.select](resources)))
        elif self.findings:
            roles = repr({id: one for id, one in resources.items() if one["Type"] in _IDENTITIES})
            yield from (finding for finding, word in self.findings.items() if word in roles)
        else:
            yield " at *"


@lru_cache(maxsize=1)
def accepted() -> Mapping[str, Accepted]:
    """Return every row by its rule."""
    rows = yaml.safe_load(files("blueprints.cdk").joinpath("accepted.yaml").read_text("utf-8"))
    return {
        rule: Accepted(
            Text(row["en"], row["ja"]),
            tuple(row["types"]),
            row.get("findings", {}),
            row.get("select", ""),
            row.get("where", ""),
            Text(row["more"]["en"], row["more"]["ja"]) if "more" in row else EMPTY,
        )
        for rule, row in rows.items()
    }


def acceptance_of(resources: Resources, paths: Mapping[str, str], lang: Lang) -> dict[str, Value]:
    """Return the accepted findings of a project by rule, with location and reason; `paths` are construct paths."""
    resources = {paths.get(id, id): resource for id, resource in resources.items()}
    types = {resource["Type"] for resource in resources.values()}
    places = {rule: list(row.places(resources)) for rule, row in accepted().items() if types & set(row.types)}
    return {
        f"{PACK}-{rule}": {"findings": findings, "why": accepted()[rule].why(resources).in_(lang)}
        for rule, findings in places.items()
        if findings
    }


def _routes(resources: Resources) -> Iterator[str]:
    """Yield the unauthenticated routes: the health check, $connect-protected routes, and all routes of an open API."""
    for resource in resources.values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::ApiGatewayV2::Route" and properties.get("AuthorizationType", "NONE") == "NONE":
            key = properties["RouteKey"]
            yield " at *health*" if key.endswith("/health") else " at *Route*" if key.startswith("$") else " at *"


def _ingress(resources: Resources) -> Iterator[str]:
    """Yield the security groups that let a range of addresses in."""
    for id, resource in resources.items():
        properties = resource.get("Properties", {})
        rules = properties.get("SecurityGroupIngress", [properties]) if resource["Type"] in _GROUPS else []
        if any("CidrIp" in rule for rule in rules):
            yield f" at *{id}*"


def _unlogged(resources: Resources) -> Iterator[str]:
    """Yield the distributions without access logs."""
    for id, resource in resources.items():
        if resource["Type"] == "AWS::CloudFront::Distribution":
            config = resource["Properties"]["DistributionConfig"]
            yield from () if "Logging" in config else (f" at *{id}*",)


def _single_zone(resources: Resources) -> Iterator[str]:
    """Yield the databases in a single Availability Zone; a cluster distributes its instances itself."""
    for id, resource in resources.items():
        properties = resource.get("Properties", {})
        alone = resource["Type"] == "AWS::RDS::DBInstance" and "DBClusterIdentifier" not in properties
        if alone and not properties.get("MultiAZ"):
            yield f" at *{id}*"


def _policies(resources: Resources) -> Iterator[str]:
    """Yield the policies of AWS that roles name."""
    for resource in resources.values():
        named = resource["Properties"].get("ManagedPolicyArns", ()) if resource["Type"] == "AWS::IAM::Role" else ()
        yield from (f"[Policy::*:policy/{policy.name}] at *" for policy in named if isinstance(policy, ManagedPolicy))


_SELECTED: Mapping[str, Callable[[Resources], Iterator[str]]] = {
    "ingress": _ingress,
    "policies": _policies,
    "routes": _routes,
    "single_zone": _single_zone,
    "unlogged": _unlogged,
}
