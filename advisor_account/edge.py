"""The small stack in us-east-1 that a web ACL before CloudFront takes: the same checks there, wherever the workload is.

How many web ACLs an account may have before CloudFront is not asked: no source says under which code Service Quotas
keeps it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from advisor.text import Lang, Text
from advisor_account.changeset import ELSEWHERE, LONGEST, Trial
from advisor_account.names import names
from advisor_account.outcome import Outcome
from advisor_account.regions import live, shipped
from advisor_account.session import Account
from advisor_account.template import Json, types_of, written
from blueprints.parameters.entries import EDGE_REGION
from blueprints.plan import Plan
from blueprints.project.edge import edge_files
from blueprints.traits.waf import EDGE_TEMPLATE


class EdgeStack:
    """The stack beside a workload's stack `stack`, in the same account."""

    def __init__(self, account: Account, template: Json, stack: str) -> None:
        self._account, self._template, self._name = account.in_(EDGE_REGION), template, f"{stack}-edge"

    def read(self, number: str) -> Iterator[Outcome]:
        """Give whether us-east-1 has its types, and whether its name is free; `number` is the account's, or empty."""
        types = types_of(self._template)
        yield from _told(shipped(types, EDGE_REGION))
        if number:
            yield from _told(live(self._account, types))
            yield from _told(names(self._account, self._template, self._name, number))

    def tried(self, sleep: Callable[[float], None]) -> Iterator[Outcome]:
        """Give what CloudFormation says of its template. It is handed over as it is: the bucket is in another Region."""
        named = f"{self._name[:LONGEST]}{ELSEWHERE}"
        yield from _told(Trial(self._account, named, "", sleep).outcomes(self._template, {}))


def edge_stack(plan: Plan, account: Account, lang: Lang, stack: str) -> EdgeStack | None:
    """Return the stack in us-east-1 of a design; None where it has none."""
    files = dict(edge_files(plan, lang))
    return EdgeStack(account, written(files[EDGE_TEMPLATE]), stack) if files else None


def _told(found: Iterable[Outcome]) -> Iterator[Outcome]:
    """Say with each finding what it is about: the other template, and its Region."""
    for one in found:
        where = EDGE_TEMPLATE if EDGE_REGION in one.about.en else f"{EDGE_TEMPLATE}, {EDGE_REGION}"
        about = Text(f"{one.about.en} ({where})", f"{one.about.ja}（{where.replace(', ', '、')}）")
        yield replace(one, about=about)
