"""Reading without sign-in: the front ends that check callers by method, and what becomes of their routes and programs."""

import re
from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements

_CONTAINER = {"packaging": "container-image", "state_in_memory": True}


def designed(book: Book, **answers: Any) -> Design:
    component = {"id": "x", "trigger": "request", "reads": ["s"], "writes": ["s"], "open_reads": True, **answers}
    return advise(make_requirements({"components": [component], "stores": [{"id": "s"}]}), book)


def entry(design: Design) -> str | None:
    return next((c.service for s in design.decision.subjects for c in s.choices if c.role == "entry"), None)


@pytest.mark.parametrize("authentication", ["sign-up", "existing-provider", "aws-iam"])
@pytest.mark.parametrize("more", [{}, _CONTAINER])
def test_an_api_that_checks_each_method_is_before_it(authentication: str, more: dict[str, Any], book: Book) -> None:
    assert entry(designed(book, authentication=authentication, **more)) == "api-gateway-http"


def test_the_drawing_says_that_only_writes_are_checked(book: Book) -> None:
    (check,) = (
        edge for edge in designed(book, authentication="sign-up").architecture.edges if edge.verb == "authorize"
    )
    assert (check.label.en, check.label.ja) == ("verify token (writes)", "トークン検証（書き込み）")
    assert check.sentence.en.endswith(" (writes only)")


def test_a_balancer_is_before_containers_that_ask_everybody(book: Book) -> None:
    assert entry(designed(book, authentication="sign-up", open_reads=False, **_CONTAINER)) == "alb"


def test_what_no_api_takes_cannot_be_read_openly_and_the_way_out_is_named(book: Book) -> None:
    design = designed(book, authentication="sign-up", request_bytes="50 MiB", **_CONTAINER)
    (conflict,) = design.decision.conflicts
    assert "Separate components for reads and writes" in str(conflict.instead)


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_only_routes_that_write_ask_who_calls(target: str, book: Book) -> None:
    files = blueprints.build(designed(book, authentication="sign-up"), target, lang="en", extras={})
    if target == "sam":
        routes = re.findall(r"RouteKey: (\S+ \S+)\n\s+AuthorizationType: (\w+)", files["template.yaml"].decode())
        found = {key: kind for key, kind in routes if not key.endswith("/health")}
        assert found == {
            "GET /items": "NONE", "GET /items/{id}": "NONE",
            "POST /items": "JWT", "PUT /items/{id}": "JWT", "DELETE /items/{id}": "JWT",
        }  # fmt: skip
        return
    text = "\n".join(
        content.decode() for path, content in files.items() if path.endswith((".py", ".ts")) and "test" not in path
    )
    calls = re.findall(r"add_?[rR]outes\([^)]*\)", text)
    assert calls
    for call in calls:
        reads = "GET" in call
        assert reads != ("authorizer" in call), call


def test_a_rest_api_with_keys_still_asks_readers_for_theirs(book: Book) -> None:
    design = designed(book, authentication="sign-up", api_keys=True)
    template = yaml.load(blueprints.build(design, "sam", lang="en", extras={})["template.yaml"], Loader=_tagged())
    (api,) = (r for r in template["Resources"].values() if r["Type"] == "AWS::Serverless::Api")
    path = api["Properties"]["DefinitionBody"]["paths"]["/items"]
    assert path["get"]["security"] == [{"key": []}]
    assert path["post"]["security"] == [{"tokens": [], "key": []}]


def _tagged() -> type[yaml.SafeLoader]:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, tag, node: str(tag))
    return Loader
