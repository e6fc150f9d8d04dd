"""The inputs that the tests of a GraphQL API send: a field that the schema does not have never gets to the program."""

import json
import re
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements

#: Attributes of a business, which a team adds to the schema itself.
OWN = {"price", "count"}
#: What callers cannot set, which tests send to show that.
NOT_OF_CALLERS = {"etag"}
PUSHED = [{"kind": "push", "title": "Phones"}]


def built(target: str, **channel: Any) -> dict[str, str]:
    api = {
        "id": "jobs-api",
        "title": "Jobs API",
        "trigger": "request",
        "protocol": "graphql",
        "authentication": "sign-up",
    }
    raw = {
        "schema": 2,
        "title": "Jobs",
        "components": [
            {**api, "reads": ["jobs"], "writes": ["jobs"], "publishes": ["told"], "pins": {"compute": "lambda"}}
        ],
        "stores": [{"id": "jobs", "title": "Jobs", "access": "key-value"}],
        "channels": [{"id": "told", "title": "Told", "carries": "event", "destinations": PUSHED, **channel}],
    }
    made = blueprints.build(advise(make_requirements(raw), rules.load_book()), target, lang="en", extras={})
    return {path: content.decode() for path, content in made.items() if path.endswith((".py", ".ts", ".graphql"))}


def fields_of(schema: str) -> set[str]:
    given = re.search(r"input ItemInput \{(.*?)\}", schema, re.DOTALL)
    assert given is not None
    return set(re.findall(r"(\w+): ", given[1]))


def sent(tests: str) -> set[str]:
    """Return the fields of the items that tests create, as JSON in Python and as objects in TypeScript."""
    bodies = re.findall(r"\"POST\", \"/items\", '(\{.*?\})'", tests)
    objects = re.findall(r"'POST', '/items', JSON\.stringify\(\{ (.*?) \}\)", tests)
    return {field for body in bodies for field in json.loads(body)} | {
        re.split(r"[:\s]", part.strip())[0] for one in objects for part in one.split(",")
    }


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_the_schema_has_each_field_that_programs_read_of_what_the_tests_send(target: str) -> None:
    files = built(target)
    tests = "".join(text for path, text in files.items() if path.startswith("tests/"))
    assert "device_token" in sent(tests)
    assert sent(tests) - OWN - NOT_OF_CALLERS <= fields_of(files["graphql/schema.graphql"])


def test_no_device_registers_where_nothing_is_pushed() -> None:
    files = built("sam", destinations=[{"kind": "queue", "title": "Partner"}])
    assert "device_token" not in files["graphql/schema.graphql"]
