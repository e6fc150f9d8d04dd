"""Suppressions are justified: the reason of each suppression is true of the template.

A row of `prove/static/suppressions.yaml` names its claim; `prove/behaviour/claims/` holds them, and which markers say that
a row claims nothing of a template.
"""

from collections.abc import Iterator

from prove.behaviour.claims import MARKERS, all_claims
from prove.behaviour.evidence import Evidence, Problem
from prove.static.suppressions import suppressions


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the claims that are untrue of a project, once each, with the suppressions that are based on them."""
    resting: dict[str, list[str]] = {}
    for suppression in suppressions():
        if suppression.claim not in MARKERS and (not suppression.targets or evidence.target in suppression.targets):
            resting.setdefault(suppression.claim, []).append(suppression.id)
    for name, ids in resting.items():
        for place, untrue in all_claims()[name](evidence):
            resource = evidence.stack.resources.get(place)
            message = f"{untrue} The reason of {', '.join(ids)} says otherwise."
            yield Problem(name, place, message, resource.type if resource else "")
