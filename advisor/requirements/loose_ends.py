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
    """Return the sites that call no other part beside an API, and the components that use no other part, with links to those.

    A component that other parts wait for may only compute; it is one only if no other part but the pages of a site calls it.
    """
    return tuple(_loose_ends(answers))


def _loose_ends(answers: Answers) -> Iterator[Dangling]:
    callers = (other for other in answers.of_kind("component") if not other.answers.get("static_site"))
    called = {id for other in callers for id in other.answers.get("calls", ())}
    for component in answers.of_kind("component"):
        if any(component.answers.get(field) for field in LINKS):
            continue
        start = start_of(answers, component)
        if component.answers.get("static_site"):
            if links := tuple(
                islice((Link(component.id, ("calls",), api) for api in _apis(answers, component)), MOST_LINKS)
            ):
                yield Dangling(component.id, "caller", links)
        elif not start.unknown and (component.id not in called or not _WORKS.isdisjoint(start.trigger)):
            yield Dangling(component.id, "idle", tuple(islice(_work(answers, component), MOST_LINKS)))


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
