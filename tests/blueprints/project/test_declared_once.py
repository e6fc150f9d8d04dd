"""The tests of a project in TypeScript declare each name once, however many channels an API has."""

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files


def test_an_api_may_tell_two_channels_of_a_change(book: Book) -> None:
    api = {"id": "api", "trigger": "request", "reads": ["db"], "writes": ["db"], "publishes": ["one", "two"]}
    asked = {
        "components": [api],
        "channels": [{"id": name, "carries": "event", "destinations": [{"kind": "queue"}]} for name in ("one", "two")],
        "stores": [{"id": "db", "access": "key-value"}],
    }
    plan = plan_for(advise(make_requirements(asked), book))
    text = project_files(plan, "cdk-typescript", "en", permissions_of(plan))["tests/api.test.ts"].decode()
    (changed,) = [part for part in text.split("\nit") if "const type = " in part]
    assert changed.count("const type = ") == 1
    assert changed.count("objectContaining({ type })") == 2
