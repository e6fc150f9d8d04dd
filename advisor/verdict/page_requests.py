"""Times and sizes of the requests of a component that states none: those stated of the sites whose pages call it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.requirements.pages import called_from, page_callers

# Which of the values of several sites the component has to meet: the longest work, the largest bodies, the least delay.
_STRICTEST: Mapping[str, Callable[[Sequence[float]], float]] = {
    "longest_run_s": max, "typical_run_s": max, "whole_run_s": max, "response_s": max, "request_bytes": max,
    "response_bytes": max, "latency_ms": min,
}  # fmt: skip
# One of these, stated of the component, says how long it works: what the sites state is about the same requests.
_TIMES = ("longest_run_s", "typical_run_s", "whole_run_s", "response_s")


def stated_of_sites(answers: Answers, subject: AnsweredSubject) -> dict[str, tuple[float, tuple[Because, ...]]]:
    """Return the values that the requests of pages have, by field, with the sites that state them; none if it is no API of sites."""
    sites = page_callers(answers, subject.id)
    own = {*subject.answers, *(_TIMES if not subject.answers.keys().isdisjoint(_TIMES) else ())}
    # The size of a request may be that of a file, which does not pass through the component then.
    own |= {"request_bytes"} if subject.answers.get("direct_uploads") else set()
    found: dict[str, tuple[float, tuple[Because, ...]]] = {}
    for field, strictest in _STRICTEST.items():
        stated = [site for site in sites if _number(site.answers.get(field)) is not None]
        if stated and field not in own:
            value = strictest([float(site.answers[field]) for site in stated])
            found[field] = value, tuple(called_from(site) for site in stated if site.answers[field] == value)
    return found


def _number(answer: Any) -> float | None:
    return float(answer) if isinstance(answer, int | float) else None
