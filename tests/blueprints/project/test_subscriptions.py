"""Subscriptions of a GraphQL API: to each mutation, filtered by owner, and what the README says of them."""

import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.sam.translation import parse_template

Json = dict[str, Any]
API: Json = {
    "id": "notes", "trigger": "request", "protocol": "graphql", "logic": "code", "authentication": "sign-up",
    "reads": ["kept"], "writes": ["kept"],
}  # fmt: skip
WORKER: Json = {"id": "worker", "trigger": "message", "listens_to": "jobs", "writes": ["kept"]}
ALL = {"itemCreated": "createItem", "itemReplaced": "replaceItem", "itemRemoved": "removeItem"}


def _built(book: Book, *others: Json, lang: Any = "en", **answers: Any) -> dict[str, str]:
    made: Json = {"components": [{**API, **answers}, *others], "stores": [{"id": "kept", "access": "key-value"}]}
    if others:
        made["channels"] = [{"id": "jobs"}]
    built = blueprints.build(advise(make_requirements(made), book), "sam", lang=lang, extras={})
    return {name: content.decode() for name, content in built.items()}


def _subscribed(project: dict[str, str]) -> dict[str, str]:
    """Return the mutation of each subscription in the schema."""
    found = re.findall(
        r"^  (\w+): Item @aws_subscribe\(mutations: \[\"(\w+)\"\]\)$", project["graphql/schema.graphql"], re.M
    )
    return dict(found)


def _resolvers(project: dict[str, str]) -> list[Json]:
    resources = parse_template(project["template.yaml"])["Resources"].values()
    every = [one["Properties"] for one in resources if one["Type"] == "AWS::AppSync::Resolver"]
    return [one for one in every if one["TypeName"] == "Subscription"]


@pytest.mark.parametrize("logic", ["code", "none"])
def test_each_mutation_has_a_subscription_that_the_api_resolves(book: Book, logic: str) -> None:
    project = _built(book, logic=logic)
    assert _subscribed(project) == ALL
    # AppSync notifies of a mutation only if it returns the type of the subscription.
    assert set(re.findall(r"^  (\w+)\(.*\): Item!$", project["graphql/schema.graphql"], re.M)) == set(ALL.values())
    resolvers = _resolvers(project)
    assert {one["FieldName"] for one in resolvers} == set(ALL)
    resources = parse_template(project["template.yaml"])["Resources"]
    assert resources["NotesGraphqlApiItselfDataSource"]["Properties"]["Type"] == "NONE"
    assert all("NotesGraphqlApiItselfDataSource" in str(one["DataSourceName"]) for one in resolvers)


def test_only_mutations_that_exist_have_a_subscription(book: Book) -> None:
    assert _subscribed(_built(book, reads=[])) == {"itemCreated": "createItem"}
    reading = _built(book, writes=[])
    assert _subscribed(reading) == {}
    assert "subscription" not in reading["graphql/schema.graphql"]


@pytest.mark.parametrize(
    ("authentication", "by_role"), [("sign-up", False), ("existing-provider", False), ("aws-iam", True)]
)
def test_machines_are_known_by_their_role(book: Book, authentication: str, by_role: bool) -> None:
    for one in _resolvers(_built(book, authentication=authentication)):
        assert ("userArn" in one["Code"]) is by_role


_EVALUATED = """
const given = JSON.parse(process.argv[1]);
const body = given.code.replace(/import .*/, '').replaceAll('export ', '');
let filter = null;
const extensions = { setSubscriptionFilter: (one) => { filter = one; } };
const util = { unauthorized: () => { throw new Error('unauthorized'); } };
const { response } = new Function('extensions', 'util', `${body}; return { response };`)(extensions, util);
let error = '';
try { response({ identity: given.identity }); } catch (thrown) { error = thrown.message; }
console.log(JSON.stringify({ filter, error }));
"""


@pytest.mark.parametrize(
    ("file", "identity", "owner"),
    [
        ("subscribe.js", {"sub": "user-1"}, "user-1"),
        ("subscribe.js", None, "everyone"),
        ("machines/subscribe.js", {"userArn": "arn:aws:sts::111122223333:assumed-role/fleet/s-1"}, "arn:aws:iam::111122223333:role/fleet"),
        ("machines/subscribe.js", {"userArn": "arn:aws:iam::111122223333:user/a"}, "arn:aws:iam::111122223333:user/a"),
        ("machines/subscribe.js", None, ""),
    ],
)  # fmt: skip
def test_the_filter_lets_through_what_the_caller_can_read(
    node_modules: Path, file: str, identity: Json | None, owner: str
) -> None:
    code = files("blueprints.traits").joinpath("resolvers", *file.split("/")).read_text("utf-8")
    asked = json.dumps({"code": code, "identity": identity})
    ran = subprocess.run(["node", "-e", _EVALUATED, asked], capture_output=True, text=True, check=True)
    answer = json.loads(ran.stdout)
    if not owner:
        assert answer == {"filter": None, "error": "unauthorized"}
        return
    (group,) = answer["filter"]["filterGroup"]
    assert group["filters"] == [{"fieldName": "owner", "operator": "in", "value": [owner, "everyone"]}]


@pytest.mark.parametrize(("lang", "words"), [("en", "no client is notified, so clients"), ("ja", "通知されないため")])
def test_the_readme_names_what_notifies_nobody(book: Book, lang: Any, words: str) -> None:
    (said,) = [line for line in _built(book, WORKER, lang=lang)["README.md"].splitlines() if "`itemCreated`" in line]
    assert words in said
    assert "`src/worker`" in said
    (alone,) = [line for line in _built(book, lang=lang)["README.md"].splitlines() if "`itemCreated`" in line]
    assert words not in alone
    assert "GraphQL" not in _built(book, protocol="http")["README.md"]
