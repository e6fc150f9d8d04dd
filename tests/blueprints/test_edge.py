"""The web ACL before CloudFront: a small stack in us-east-1, the same in every target, whose output the workload takes."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import blueprints
from advisor.book import Book
from advisor.design import Design
from blueprints.parameters.entries import EDGE_PARAMETER, EDGE_REGION
from blueprints.plan import plan_for
from blueprints.traits.waf import EDGE_OUTPUT, EDGE_TEMPLATE
from tests.blueprints.answers import design_from
from tests.blueprints.templates import of_type
from tests.blueprints.translation import findings, parsed, translated

ARN = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/EdgeWebAcl-a1B2/01234567-89ab-4cde-8f01-23456789abcd"
OWN = ARN.replace("EdgeWebAcl-a1B2", "of-the-house")
TARGETS = [target.id for target in blueprints.TARGETS]


@pytest.fixture(scope="module")
def design(book: Book) -> Design:
    return design_from("site-waf", book)


@pytest.fixture(scope="module")
def built(design: Design) -> dict[str, dict[str, bytes]]:
    return {target: blueprints.build(design, target, lang="en", extras={}) for target in TARGETS}


def acls(template: Any) -> list[dict[str, Any]]:
    return [properties for _, properties in of_type(template, "AWS::WAFv2::WebACL")]


def test_the_template_is_the_same_in_every_target_and_clean(built: dict[str, dict[str, bytes]]) -> None:
    (text,) = {files[EDGE_TEMPLATE] for files in built.values()}
    assert findings(text.decode(), region=EDGE_REGION) == []


def test_both_web_acls_hold_the_same_rules(built: dict[str, dict[str, bytes]]) -> None:
    (regional,) = acls(translated(built["sam"]))
    edge = parsed({"template.yaml": built["sam"][EDGE_TEMPLATE]})
    (at_the_edge,) = acls(edge)
    assert (regional["Scope"], at_the_edge["Scope"]) == ("REGIONAL", "CLOUDFRONT")
    # Pages have no bodies; those of the API may be longer than the managed rule lets through.
    common = regional["Rules"][1]["Statement"]["ManagedRuleGroupStatement"]
    (counted,) = common.pop("RuleActionOverrides")
    assert counted == {"Name": "SizeRestrictions_BODY", "ActionToUse": {"Count": {}}}
    assert at_the_edge["Rules"] == regional["Rules"]
    assert at_the_edge["DefaultAction"] == regional["DefaultAction"]
    assert list(edge["Outputs"]) == [EDGE_OUTPUT]


def test_the_distribution_takes_a_web_acl_of_the_edge_and_no_other(design: Design, built: Any) -> None:
    template = translated(built["sam"])
    ((_, site),) = of_type(template, "AWS::CloudFront::Distribution")
    assert site["DistributionConfig"]["WebACLId"] == {"Ref": EDGE_PARAMETER}
    (asked,) = (one for one in plan_for(design).parameters if one.id == EDGE_PARAMETER)
    assert re.fullmatch(asked.pattern, asked.example)
    assert re.fullmatch(asked.pattern, ARN)
    assert not re.fullmatch(asked.pattern, ARN.replace("us-east-1", "eu-west-1"))
    assert not re.fullmatch(asked.pattern, ARN.replace("global", "regional"))


def test_a_site_without_a_firewall_has_no_second_stack(designs: dict[str, Design]) -> None:
    design = designs["dynamic-web-api"]
    assert EDGE_TEMPLATE not in blueprints.build(design, "sam", lang="en", extras={})
    assert EDGE_PARAMETER not in [one.id for one in plan_for(design).parameters]


@pytest.fixture(params=TARGETS)
def make(
    request: pytest.FixtureRequest, built: dict[str, dict[str, bytes]], tmp_path: Path
) -> Callable[..., list[str]]:
    """Run a target of a project's Makefile with stand-ins for the tools; return the commands that it gave."""
    project, tools, log = tmp_path / "project", tmp_path / "tools", tmp_path / "log"
    for path, content in built[request.param].items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(content)
    values = project / "environments" / "dev.env"
    values.write_text(re.sub(r"^(\w+)=$", r"\1=x", values.read_text(), flags=re.MULTILINE))
    tools.mkdir()
    for name in ("aws", "sam", "cdk", "npx", "python3"):
        stand_in = f'#!/bin/sh\ncase "$*" in *describe-stacks*) echo "{ARN}";; *) echo {name} "$@" >> "{log}";; esac\n'
        (tools / name).write_text(stand_in)
        (tools / name).chmod(0o755)

    def run(*words: str) -> list[str]:
        path = {"PATH": f"{tools}:{os.environ['PATH']}"}
        done = subprocess.run(["make", *words], cwd=project, env=path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return log.read_text().splitlines()

    return run


def test_the_edge_is_deployed_first_and_its_output_handed_on(make: Callable[..., list[str]]) -> None:
    said = make("deploy", "STACK=shop-dev")
    (edge,) = (number for number, one in enumerate(said) if f"--template-file {EDGE_TEMPLATE}" in one)
    (main,) = (number for number, one in enumerate(said) if f"{EDGE_PARAMETER}={ARN}" in one)
    assert f"--region {EDGE_REGION} --stack-name shop-dev-edge" in said[edge]
    assert edge < main
    assert " deploy " in said[main]


def test_a_web_acl_of_ones_own_takes_its_place(make: Callable[..., list[str]]) -> None:
    said = make("deploy", f"PARAMETERS={EDGE_PARAMETER}={OWN}")
    assert any(f"{EDGE_PARAMETER}={OWN}" in one for one in said)
    assert not any(f"{EDGE_PARAMETER}={ARN}" in one for one in said)


def test_the_edge_is_deleted_after_what_it_guards(make: Callable[..., list[str]]) -> None:
    said = make("delete", "STACK=shop-dev")
    assert "delete-stack" not in said[0]
    assert said[-2].endswith(f"delete-stack --region {EDGE_REGION} --stack-name shop-dev-edge")
