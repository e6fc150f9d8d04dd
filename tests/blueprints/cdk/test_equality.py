"""SAM and CDK make the same: every story, every connection, every answer that the other tests synthesise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import rules
from advisor.text import Lang
from blueprints.plan import Plan
from prove.readback import Stack, differences, normal, read
from prove.readback.assets import assets_of
from prove.readback.diagram import missing_from
from prove.readback.normal import defaults, stated_defaults


@pytest.fixture(scope="session")
def read_stacks(synthesised: Mapping[str, Any], workshop: Path) -> dict[str, Stack]:
    """Every synthesised template, read back."""
    return {
        name: read(template, assets_of(workshop / "out" / name, workshop / "projects" / name))
        for name, template in synthesised.items()
    }


@pytest.fixture(scope="session")
def synthesised_stacks(read_stacks: Mapping[str, Stack]) -> dict[str, Stack]:
    """The same in the form that stacks are compared in."""
    return {name: normal(stack) for name, stack in read_stacks.items()}


@pytest.fixture(scope="session")
def sam_stacks(sam_templates: Mapping[str, Any]) -> dict[str, Stack]:
    """The SAM project of every plan that SAM can express, read back."""
    return {name: read(template) for name, template in sam_templates.items()}


def differences_from(mine: Stack, other: Stack) -> list[str]:
    """What differs between a SAM project, read back, and another stack."""
    return [
        f"{difference.place}: {difference.between('sam', 'cdk')}" for difference in differences(normal(mine), other)
    ]


@pytest.mark.parametrize("story", rules.STORIES)
def test_every_story_is_the_same_in_sam_and_cdk(
    story: str, sam_stacks: Mapping[str, Stack], synthesised_stacks: Mapping[str, Stack]
) -> None:
    assert differences_from(sam_stacks[story], synthesised_stacks[story]) == []


def test_connections_and_answers_that_no_story_has_are_the_same(
    sam_stacks: Mapping[str, Stack], plans: Mapping[str, Plan], synthesised_stacks: Mapping[str, Stack]
) -> None:
    others = {name: stack for name, stack in sam_stacks.items() if name not in plans}
    assert len(others) > 40
    assert [
        f"{name}: {line}"
        for name, stack in others.items()
        for line in differences_from(stack, synthesised_stacks[name])
    ] == []


def test_every_default_that_counts_as_unstated_is_written_out_by_somebody(
    sam_stacks: Mapping[str, Stack], read_stacks: Mapping[str, Stack]
) -> None:
    written_out = {
        default for stack in (*sam_stacks.values(), *read_stacks.values()) for default in stated_defaults(stack)
    }
    assert {(type, path) for type, paths in defaults().items() for path in paths} - written_out == set()


def test_every_node_and_connection_is_read_back(
    plans_to_synthesise: Mapping[str, tuple[Plan, Lang]], synthesised_stacks: Mapping[str, Stack]
) -> None:
    plans = {name: plan for name, (plan, _) in plans_to_synthesise.items() if not name.startswith("made-up")}
    assert [
        f"{name}: {absent}" for name, plan in plans.items() for absent in missing_from(synthesised_stacks[name], plan)
    ] == []
