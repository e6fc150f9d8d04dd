"""SAM and CDK make the same: every story, every connection, every answer that the other tests synthesise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import rules
from advisor.text import Lang
from blueprints import sam
from blueprints.plan import Plan
from blueprints.refusals import unmade
from prove.readback import Stack, differences, normal, read
from prove.readback.assets import assets_of
from prove.readback.diagram import missing_from
from prove.readback.normal import defaults, stated
from tests.blueprints.translation import translated


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


def said(plan: Plan, lang: Lang, other: Stack) -> list[str]:
    """What differs between the SAM project of a plan and another stack."""
    mine = normal(read(translated(sam.files(plan, lang))))
    return [f"{one.place}: {one.between('sam', 'cdk')}" for one in differences(mine, other)]


@pytest.mark.parametrize("story", rules.STORIES)
def test_every_story_is_the_same_in_sam_and_cdk(
    story: str, plans: Mapping[str, Plan], synthesised_stacks: Mapping[str, Stack]
) -> None:
    assert said(plans[story], "en", synthesised_stacks[story]) == []


def test_connections_and_answers_that_no_story_has_are_the_same(
    written_in: Mapping[str, tuple[Plan, Lang]], plans: Mapping[str, Plan], synthesised_stacks: Mapping[str, Stack]
) -> None:
    others = {name: one for name, one in written_in.items() if name not in plans and not unmade(one[0])}
    assert [f"{name}: {line}" for name, one in others.items() for line in said(*one, synthesised_stacks[name])] == []


def test_every_default_that_counts_as_unstated_is_written_out_by_somebody(
    written_in: Mapping[str, tuple[Plan, Lang]], read_stacks: Mapping[str, Stack]
) -> None:
    made = [read(translated(sam.files(*one))) for one in written_in.values() if not unmade(one[0])]
    found = {default for stack in (*made, *read_stacks.values()) for default in stated(stack)}
    assert {(type, path) for type, paths in defaults().items() for path in paths} - found == set()


def test_every_node_and_connection_is_read_back(
    written_in: Mapping[str, tuple[Plan, Lang]], synthesised_stacks: Mapping[str, Stack]
) -> None:
    plans = {name: plan for name, (plan, _) in written_in.items() if not name.startswith("made-up")}
    assert [
        f"{name}: {one}" for name, plan in plans.items() for one in missing_from(synthesised_stacks[name], plan)
    ] == []
