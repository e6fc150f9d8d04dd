"""IAM permissions: the table is what the synthesised template allows, no less and no more."""

from collections.abc import Mapping
from typing import Any

import pytest

import rules
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.permissions import permissions_of
from blueprints.plan import Plan
from blueprints.stack.assembly import stack_of
from tests.blueprints.permissions.allowed import Name, held, table, without_component


def named(plan: Plan) -> Name:
    return without_component(resources_of(stack_of(plan, "en")))


@pytest.mark.parametrize("story", rules.STORIES)
def test_the_table_is_what_the_template_allows(
    story: str, stacks: Mapping[str, Any], plans: Mapping[str, Plan]
) -> None:
    assert table(permissions_of(plans[story])) == held(stacks[story], named(plans[story]))


def test_the_table_is_what_connections_allow_that_no_story_has(
    synthesised: Mapping[str, Any], connection_plans: Mapping[str, Plan]
) -> None:
    for name, plan in connection_plans.items():
        assert table(permissions_of(plan)) == held(synthesised[name], named(plan)), name
