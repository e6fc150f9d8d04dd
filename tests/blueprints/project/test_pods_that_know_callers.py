"""Pods that are told who calls: nothing but their load balancer reaches them, so they are probed from inside."""

from typing import Any

import pytest
import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements


def built(target: str, **answers: Any) -> dict[str, bytes]:
    """Build the project of a web service on Kubernetes."""
    work = {"id": "shop", "trigger": "request", "packaging": "container-image", "kubernetes": "ecosystem", **answers}
    requirements = {"schema": 2, "workload": {"estate": "kubernetes"}, "components": [work]}
    return blueprints.build(advise(make_requirements(requirements), rules.load_book()), target, lang="en", extras={})


def container(files: dict[str, bytes]) -> dict[str, Any]:
    documents = list(yaml.safe_load_all(files["kubernetes/base/shop.yaml"]))
    (deployment,) = [document for document in documents if document["kind"] == "Deployment"]
    (found,) = deployment["spec"]["template"]["spec"]["containers"]
    return dict(found)


@pytest.mark.parametrize(
    ("target", "program"), [("sam", "python"), ("cdk-python", "python"), ("cdk-typescript", "node")]
)
def test_they_ask_themselves_in_the_language_of_the_program(target: str, program: str) -> None:
    files = built(target, authentication="sign-up")
    for probe in ("readinessProbe", "livenessProbe"):
        assert container(files)[probe]["exec"]["command"][0] == program
    assert not [path for path in files if path.startswith("kubernetes/ingress/")]
    assert "kubernetes/ingress" not in files["README.md"].decode()


def test_others_are_asked_over_the_network() -> None:
    files = built("sam", authentication="none")
    assert container(files)["readinessProbe"]["httpGet"]["path"] == "/health"
    assert "kubernetes/ingress/ingress.yaml" in files
    assert "kubernetes/ingress" in files["README.md"].decode()


@pytest.mark.parametrize(("authentication", "admitted"), [("sign-up", False), ("none", True)])
def test_nodes_reach_only_those_who_know_no_callers(authentication: str, admitted: bool) -> None:
    template = built("sam", authentication=authentication)["template.yaml"].decode()
    assert ("Health checks from the nodes" in template) is admitted


@pytest.mark.parametrize(("target", "program"), [("sam", "python"), ("cdk-typescript", "node")])
def test_a_loop_is_asked_in_the_language_of_its_program(target: str, program: str) -> None:
    files = built(target, trigger="always-on")
    assert container(files)["livenessProbe"]["exec"]["command"][0] == program
