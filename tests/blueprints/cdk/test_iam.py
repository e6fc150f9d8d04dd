"""Who may do what on what: the table is what the synthesised template allows, no less and no more."""

from collections.abc import Mapping
from typing import Any

import pytest

import rules
from blueprints.permissions import permissions_of
from blueprints.plan import Plan
from tests.blueprints.permissions.allowed import held, table, without_hash


@pytest.mark.parametrize("story", rules.STORIES)
def test_the_table_is_what_the_template_allows(
    story: str, stacks: Mapping[str, Any], plans: Mapping[str, Plan]
) -> None:
    assert table(permissions_of(plans[story])) == held(stacks[story], without_hash)


def test_the_table_is_what_connections_allow_that_no_story_has(
    synthesised: Mapping[str, Any], connection_plans: Mapping[str, Plan]
) -> None:
    for name, plan in connection_plans.items():
        assert table(permissions_of(plan)) == held(synthesised[name], without_hash), name
