"""Web ACLs let pass what the APIs behind them accept; one before files only blocks large bodies."""

from pathlib import Path
from typing import Any

import pytest

from advisor.book import Book
from blueprints.plan import plan_for
from blueprints.project.edge import edge_files
from tests.blueprints.answers import design_from
from tests.prove.behaviour.loaded_designs import design
from tests.prove.behaviour.sam_projects import write_project

GUARDED = {"trigger": "request", "waf": True, "authentication": "sign-up"}


def strict(resources: dict[str, Any]) -> None:
    acl = next(one["Properties"] for one in resources.values() if one["Type"] == "AWS::WAFv2::WebACL")
    for rule in acl["Rules"]:
        rule["Statement"].get("ManagedRuleGroupStatement", {}).pop("RuleActionOverrides", None)


@pytest.mark.parametrize("pins", [{}, {"compute": "ecs", "entry": "alb"}], ids=["API", "load balancer"])
def test_a_web_acl_that_blocks_accepted_bodies_is_found(pins: dict[str, str], tmp_path: Path) -> None:
    written = write_project(design({**GUARDED, "pins": pins}), tmp_path / "project")
    assert written.rules_found_by("firewalls") == set()
    written.plant(strict)
    assert written.rules_found_by("firewalls") == {"blocked-bodies"}


def test_the_web_acl_of_files_blocks_bodies(book: Book) -> None:
    ((_, content),) = edge_files(plan_for(design_from("site-waf", book)))
    assert b"AWSManagedRulesCommonRuleSet" in content
    assert b"RuleActionOverrides" not in content
