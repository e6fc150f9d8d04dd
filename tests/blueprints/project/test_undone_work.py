"""Programs that receive messages about compensated work do nothing for them, and the README says so."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files

Json = dict[str, Any]
API = {"id": "api", "trigger": "request", "authentication": "sign-up", "writes": ["claims"], "publishes": ["reported"]}
WORK = {"id": "work", "trigger": "message", "listens_to": "reported", "steps": 2, "compensation": True, "retries": True}
LETTER = {"id": "letter", "trigger": "message", "listens_to": "decided", "writes": ["letters"]}
GUARD = {"sam": '.endswith(".undone")', "cdk-typescript": ".endsWith('.undone')"}


def files(book: Book, target: str, *components: Json) -> dict[str, str]:
    requirements = {
        "components": [*components],
        "channels": [{"id": id, "carries": "event"} for id in ("reported", "decided", "sent")],
        "stores": [{"id": id, "access": "key-value"} for id in ("claims", "results", "letters")],
    }
    stated = {channel for one in components for channel in (*one.get("publishes", ()), one.get("listens_to"))}
    requirements["channels"] = [one for one in requirements["channels"] if one["id"] in stated]
    used = {store for one in components for store in (*one.get("writes", ()), *one.get("reads", ()))}
    requirements["stores"] = [one for one in requirements["stores"] if one["id"] in used]
    plan = plan_for(advise(make_requirements(requirements), book))
    made = project_files(plan, target, "en", permissions_of(plan))
    return {path: content.decode() for path, content in made.items() if path.endswith((".py", ".ts", ".md"))}


def hearing(made: dict[str, str], target: str) -> set[str]:
    """Return the programs that do nothing for compensated work."""
    services = {
        path.split("/")[1]: text for path, text in made.items() if path.endswith(("/service.py", "/service.ts"))
    }
    found = {name.removesuffix("-starter") for name, text in services.items() if GUARD[target] in text}
    assert ("whose type ends with `.undone`. Such a message" in made["README.md"]) is bool(found)
    assert all(f"`src/{name}`" in made["README.md"] for name in found)
    return found


@pytest.mark.parametrize("target", GUARD)
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"packaging": "container-image", "longest_run_s": "30 min"},
        {"steps": 3, "human_approval": True},
        {"pins": {"compute": "lambda-durable"}, "steps": 2, "wait_s": "2 days", "human_approval": True},
    ],
    ids=["function", "container", "workflow", "durable"],
)
def test_a_consumer_of_compensated_work_does_nothing_for_it(book: Book, target: str, how: Json) -> None:
    letter = {**LETTER, **how, "publishes": ["sent"]}
    after = {**LETTER, "id": "after", "listens_to": "sent"}
    made = files(book, target, API, {**WORK, "writes": ["results"], "publishes": ["decided"]}, letter, after)
    # Who hears of it from another consumer only, never hears of it.
    assert hearing(made, target) == {"letter"}


@pytest.mark.parametrize("target", GUARD)
def test_a_record_of_a_compensation_starts_no_work(book: Book, target: str) -> None:
    change = {"id": "letter", "trigger": "event", "event_source": "table-change", "listens_to": "results"}
    work = {**WORK, "writes": ["results"]}
    assert hearing(files(book, target, API, work, {**change, "writes": ["letters"]}), target) == {"letter"}


@pytest.mark.parametrize("target", GUARD)
def test_who_compensates_nothing_is_not_guarded_against(book: Book, target: str) -> None:
    work = {**WORK, "compensation": False, "writes": ["results"], "publishes": ["decided"]}
    assert hearing(files(book, target, API, work, LETTER), target) == set()
