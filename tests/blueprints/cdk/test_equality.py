"""SAM and CDK make the same: every story, every connection, every answer that the other tests synthesise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import rules
from advisor.text import Lang
from blueprints import sam
from blueprints.plan import Plan
from blueprints.readback import Stack, differences, normal, read
from blueprints.readback.assets import assets_of
from tests.blueprints.translation import translated


@pytest.fixture(scope="session")
def synthesised_stacks(synthesised: Mapping[str, Any], workshop: Path) -> dict[str, Stack]:
    """Every synthesised template, read back."""
    return {
        name: normal(read(template, assets_of(workshop / "out" / name, workshop / "projects" / name)))
        for name, template in synthesised.items()
    }


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
    others = {name: one for name, one in written_in.items() if name not in plans and not sam.check(one[0])}
    assert [f"{name}: {line}" for name, one in others.items() for line in said(*one, synthesised_stacks[name])] == []
