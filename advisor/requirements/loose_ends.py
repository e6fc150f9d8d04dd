"""Components that end in themselves although the workload has parts that they could use.

They are complete as requirements: what they work on may lie outside. A person is asked whether a link was forgotten.
"""

from collections.abc import Iterator
from itertools import islice

from advisor.requirements.answers import LINKS, AnsweredSubject, Answers
from advisor.requirements.dangling import MOST_LINKS, Dangling, Link
from advisor.requirements.starts import start_of

_WORKS = frozenset(("message", "stream", "event", "schedule"))


def loose_ends(answers: Answers) -> tuple[Dangling, ...]:
    """Return the sites that call no other part beside an API, and the workers that use no other part, with links to those."""
    return tuple(_loose_ends(answers))


def _loose_ends(answers: Answers) -> Iterator[Dangling]:
    for component in answers.of_kind("component"):
        if any(component.answers.get(field) for field in LINKS):
            continue
        if component.answers.get("static_site"):
            kind, links = "caller", [Link(component.id, ("calls",), api) for api in _apis(answers, component)]
        elif not _WORKS.isdisjoint(start_of(answers, component).trigger):
            kind, links = "idle", [*_work(answers, component)]
        else:
            continue
        if links:
            yield Dangling(component.id, kind, tuple(islice(links, MOST_LINKS)))  # type: ignore[arg-type]


def _apis(answers: Answers, site: AnsweredSubject) -> Iterator[str]:
    """Yield the other components that take requests, but no sites."""
    for other in answers.of_kind("component"):
        is_api = "request" in start_of(answers, other).trigger and not other.answers.get("static_site")
        if is_api and other.id != site.id and other.answers.get("exposure") != "partner":
            yield other.id


def _work(answers: Answers, worker: AnsweredSubject) -> Iterator[Link]:
    for store in answers.of_kind("store"):
        yield Link(worker.id, ("reads", "writes"), store.id)
    for channel in answers.of_kind("channel"):
        if channel.id != worker.answers.get("listens_to"):
            yield Link(worker.id, ("publishes",), channel.id)
