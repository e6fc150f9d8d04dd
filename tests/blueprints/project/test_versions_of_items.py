"""A change of an item names the version that it is based on: APIs describe it, and the README says where it must."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.sam.translation import parse_template

Json = dict[str, Any]
CHANGES = ("put", "delete")


def _built(book: Book, consistency: str, access: str = "key-value", **answers: Any) -> dict[str, bytes]:
    shop = {"id": "shop", "trigger": "request", "logic": "code", "reads": ["data"], "writes": ["data"], **answers}
    parts = {"components": [shop], "stores": [{"id": "data", "access": access, "consistency": consistency}]}
    return blueprints.build(advise(make_requirements({"schema": 2, **parts}), book), "sam", lang="en", extras={})


def _resource(files: dict[str, bytes], type: str) -> Json:
    template = parse_template(files["template.yaml"].decode())
    return next(found["Properties"] for found in template["Resources"].values() if found["Type"] == type)


@pytest.mark.parametrize(("consistency", "required"), [("eventual", False), ("strong", True), ("transactions", True)])
def test_strong_consistency_requires_the_version(book: Book, consistency: str, required: bool) -> None:
    files = _built(book, consistency, validation=True)
    service, readme = files["src/shop/service.py"].decode(), files["README.md"].decode()
    assert ("class Unconditional" in service) is required
    assert ("returns 428" in readme) is required
    assert ("the last change wins" in readme) is not required
    operations = _resource(files, "AWS::Serverless::Api")["DefinitionBody"]["paths"]["/items/{id}"]
    for method in CHANGES:
        assert "If-Match" in [parameter["name"] for parameter in operations[method]["parameters"]]
        assert "412" in operations[method]["responses"]
        assert ("428" in operations[method]["responses"]) is required
    assert not {"412", "428"} & set(operations["get"]["responses"])


@pytest.mark.parametrize("consistency", ["strong", "transactions"])
def test_relational_stores_require_the_version_too(book: Book, consistency: str) -> None:
    files = _built(book, consistency, "relational")
    assert "class Unconditional" in files["src/shop/service.py"].decode()


def test_browsers_may_send_and_read_versions(book: Book) -> None:
    shared = {"static_site": True, "logic": "code"}
    cors = _resource(_built(book, "eventual", **shared), "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    assert "if-match" in cors["AllowHeaders"]
    assert cors["ExposeHeaders"] == ["etag"]
    reading = _resource(_built(book, "eventual", **shared, writes=[]), "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    assert "if-match" not in reading["AllowHeaders"]
    assert "ExposeHeaders" not in reading


def test_mutations_have_an_argument_for_the_version(book: Book) -> None:
    files = _built(book, "eventual", protocol="graphql")
    schema = next(content.decode() for path, content in files.items() if path.endswith(".graphql"))
    assert "replaceItem(id: ID!, etag: String, input: ItemInput!): Item!" in schema
    assert "removeItem(id: ID!, etag: String): Item!" in schema
