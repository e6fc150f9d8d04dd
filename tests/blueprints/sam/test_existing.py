"""Answers that change the same story: what exists already, what must stay inside, keys, and doors of other kinds."""

import json
from collections.abc import Iterator
from typing import Any

import yaml

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints import sam
from blueprints.plan import plan_for
from tests.blueprints.translation import parsed

Json = dict[str, Any]
EVERYTHING = ["vpc", "cluster", "domain", "identity-provider"]
#: name -> (story, workload answers, answers of the first component)
CASES: dict[str, tuple[str, Json, Json]] = {
    "existing cluster of Kubernetes": ("kubernetes-migration", {"existing": EVERYTHING}, {}),
    "existing network and cluster": ("container-web-service", {"existing": EVERYTHING}, {}),
    "existing hosts' network": ("container-on-ec2", {"existing": ["vpc"]}, {}),
    "existing domain of a site": ("web-application", {"existing": EVERYTHING}, {}),
    "all in the VPC under own keys": ("dynamic-web-api", {"vpc_only": True, "customer_managed_keys": True}, {}),
    "load balancer with a provider": ("container-web-service", {}, {"authentication": "existing-provider"}),
    "inner load balancer": ("container-web-service", {}, {"exposure": "private", "waf": True}),
    "keys and firewall": ("dynamic-web-api", {}, {"api_keys": True, "waf": True}),
}


def changed(book: Book, name: str) -> Design:
    story, workload, component = CASES[name]
    raw = yaml.safe_load(rules.story_bytes(story))
    raw["workload"] = {**raw.get("workload", {}), **workload}
    raw["components"][0] |= component
    return advise(make_requirements(raw), book)


def types(template: Json) -> Iterator[str]:
    return (resource["Type"] for resource in template["Resources"].values())


def test_what_exists_is_named_by_parameters_and_not_made_again(book: Book) -> None:
    for name in ("existing cluster of Kubernetes", "existing network and cluster"):
        template = parsed(sam.files(plan_for(changed(book, name)), "en"))
        template_types = set(types(template))
        assert not template_types & {"AWS::EC2::VPC", "AWS::EC2::Subnet", "AWS::EKS::Cluster", "AWS::ECS::Cluster"}
        assert {"VpcId", "ClusterName", "PublicSubnetIds"} <= set(template["Parameters"])


def test_an_existing_domain_has_its_certificate(book: Book) -> None:
    template = parsed(sam.files(plan_for(changed(book, "existing domain of a site")), "en"))
    (site,) = [r for r in template["Resources"].values() if r["Type"] == "AWS::CloudFront::Distribution"]
    config = site["Properties"]["DistributionConfig"]
    assert config["Aliases"] == [{"Ref": "DomainName"}]
    assert config["ViewerCertificate"]["AcmCertificateArn"] == {"Ref": "SiteCertificateArn"}


def test_a_site_and_a_load_balancer_have_certificates_of_their_own(book: Book) -> None:
    """CloudFront takes certificates of one Region only, a load balancer those of its own."""
    image = {
        "id": "shop",
        "trigger": "request",
        "packaging": "container-image",
        "pins": {"compute": "ecs", "entry": "alb"},
    }
    raw = {
        "workload": {"existing": ["domain"], "region": "eu-west-1"},
        "components": [image, {"id": "pages", "trigger": "request", "static_site": True, "authentication": "none"}],
    }
    template = parsed(sam.files(plan_for(advise(make_requirements(raw), book)), "en"))
    assert {"CertificateArn", "SiteCertificateArn"} <= set(template["Parameters"])
    (site,) = [r for r in template["Resources"].values() if r["Type"] == "AWS::CloudFront::Distribution"]
    used = site["Properties"]["DistributionConfig"]["ViewerCertificate"]
    assert used["AcmCertificateArn"] == {"Ref": "SiteCertificateArn"}


def test_functions_are_in_the_vpc_where_all_must_be(book: Book) -> None:
    template = parsed(sam.files(plan_for(changed(book, "all in the VPC under own keys")), "en"))
    functions = [r for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    assert functions
    assert all(len(f["Properties"]["VpcConfig"]["SubnetIds"]) == 2 for f in functions)


def test_a_load_balancer_asks_who_it_is_before_it_forwards(book: Book) -> None:
    template = parsed(sam.files(plan_for(changed(book, "load balancer with a provider")), "en"))
    listeners = [r["Properties"] for r in template["Resources"].values() if r["Type"].endswith("V2::Listener")]
    (https,) = [listener for listener in listeners if listener["Protocol"] == "HTTPS"]
    ordered = sorted(https["DefaultActions"], key=lambda action: action["Order"])
    assert [action["Type"] for action in ordered] == ["authenticate-oidc", "forward"]
    secret = ordered[0]["AuthenticateOidcConfig"]["ClientSecret"]
    assert "resolve:secretsmanager" in json.dumps(secret)
