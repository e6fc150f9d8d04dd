"""The small stack in us-east-1 that a web ACL before CloudFront takes: the same checks there, wherever the workload is.

How many web ACLs an account may have before CloudFront is not asked: no source says under which code Service Quotas
keeps it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from advisor.text import Text
from advisor_account.changeset import MAX_STACK_NAME, STACK_SUFFIX, ChangeSetCheck
from advisor_account.names import check_names
from advisor_account.outcome import Outcome
from advisor_account.regions import check_resource_types, check_services
from advisor_account.session import Account
from blueprints.parameters.entries import EDGE_REGION
from blueprints.plan import Plan
from blueprints.project.edge import edge_files
from blueprints.sam.translation import Json, parse_template, types_of
from blueprints.traits.waf import EDGE_TEMPLATE


class EdgeStack:
    """The stack beside a workload's stack `stack`, in the same account."""

    def __init__(self, account: Account, template: Json, stack: str) -> None:
        self._account, self._template, self._name = account.in_region(EDGE_REGION), template, f"{stack}-edge"

    def outcomes(self, number: str) -> Iterator[Outcome]:
        """Yield whether us-east-1 has its types, and whether its name is free; `number` is the account's, or empty."""
        types = types_of(self._template)
        yield from _with_location(check_resource_types(types, EDGE_REGION))
        if number:
            yield from _with_location(check_services(self._account, types))
            yield from _with_location(check_names(self._account, self._template, self._name, number))

    def change_set_outcomes(self, sleep: Callable[[float], None]) -> Iterator[Outcome]:
        """Yield the validation results of its template, which is passed directly because the bucket is in another Region."""
        stack = f"{self._name[:MAX_STACK_NAME]}{STACK_SUFFIX}"
        yield from _with_location(ChangeSetCheck(self._account, stack, "", sleep).outcomes(self._template, {}))


def open_edge_stack(plan: Plan, account: Account, stack: str) -> EdgeStack | None:
    """Return the stack in us-east-1 of a design, or None if it has none."""
    files = dict(edge_files(plan))
    return EdgeStack(account, parse_template(files[EDGE_TEMPLATE]), stack) if files else None


def _with_location(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Add the template and the Region to each finding."""
    for outcome in outcomes:
        location = EDGE_TEMPLATE if EDGE_REGION in outcome.about.en else f"{EDGE_TEMPLATE}, {EDGE_REGION}"
        about = Text(f"{outcome.about.en} ({location})", f"{outcome.about.ja}（{location.replace(', ', '、')}）")
        yield replace(outcome, about=about)
