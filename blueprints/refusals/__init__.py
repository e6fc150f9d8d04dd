"""Designs that no target can generate, with the same errors for all targets, checked before anything is written.

The reasons belong to services and connections and stand below the targets: `services` by service, `not_generated.yaml`
what is drawn only. The table `targets` lists what one target cannot express and another can.
"""

from collections.abc import Iterator

from advisor.budgets import broken
from advisor.budgets.words import sentence
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.project import missing
from blueprints.refusals.cycles import endless
from blueprints.refusals.direct_uploads import not_issued
from blueprints.refusals.engines import unspoken_engines
from blueprints.refusals.not_generated import excused
from blueprints.refusals.notices import told_too_much, unrecorded
from blueprints.refusals.private_dns import misled
from blueprints.refusals.protocols import unspoken
from blueprints.refusals.services import of_services
from blueprints.refusals.starts import unserved

__all__ = ["refusals", "unmade"]


def refusals(plan: Plan) -> tuple[Unsupported, ...]:
    """Return the reasons why no target can generate a plan: exceeded budgets, otherwise missing resources or code.

    Each group in the order of the graph; a group is only asked for where the one before it is empty.
    """
    return tuple(_over_budget(plan)) or unmade(plan) or _unwritten(plan)


def _over_budget(plan: Plan) -> Iterator[Unsupported]:
    """Yield the budgets that no setting can keep."""
    for budget in broken(plan.architecture):
        yield Unsupported(budget.edge, sentence(plan.architecture, budget))


def unmade(plan: Plan) -> tuple[Unsupported, ...]:
    """Return the nodes and edges without resources: those that are only drawn, and unsupported settings of services."""
    listed = tuple(excused(plan.architecture))
    refused = {refusal.where for refusal in listed}
    others = (
        *of_services(plan),
        *unspoken(plan),
        *unspoken_engines(plan),
        *unserved(plan),
        *not_issued(plan),
        *endless(plan),
        *misled(plan),
        *told_too_much(plan),
        *unrecorded(plan),
    )
    return (*listed, *(refusal for refusal in others if refusal.where not in refused))


def _unwritten(plan: Plan) -> tuple[Unsupported, ...]:
    """Return the programs that there is no code or no schedule for."""
    return missing(plan)
