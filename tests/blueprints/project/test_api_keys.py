"""Endpoints with API keys: the test of the deployment and the README send the key, and say how a client gets its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files

TARGETS = ("sam", "cdk-python", "cdk-typescript")
REQUIREMENTS = Path(__file__).parents[1] / "requirements"
NOTES: Mapping[str, Any] = {"id": "notes", "trigger": "request", "reads": ["kept"], "writes": ["kept"]}
STORES = [{"id": "kept", "access": "key-value"}]
KEY = '$(aws apigateway get-api-key --api-key "$(output NotesApiKeyId)" --include-value --query value --output text)'


def files_of(book: Book, raw: Mapping[str, Any], target: str = "sam", lang: Lang = "en") -> dict[str, str]:
    plan = plan_for(advise(make_requirements(raw), book))
    found = project_files(plan, target, lang, permissions_of(plan))
    return {path: content.decode() for path, content in found.items()}


def notes(**answers: object) -> dict[str, Any]:
    return {"components": [{**NOTES, "api_keys": True, **answers}], "stores": STORES}


def calls(readme: str) -> list[str]:
    """Return the requests to the items of the API."""
    return [line for line in readme.splitlines() if '"$API/items' in line]


@pytest.mark.parametrize("target", TARGETS)
def test_the_test_of_the_deployment_sends_the_key(book: Book, target: str) -> None:
    test = files_of(book, notes(), target)["integration/test_stack.py"]
    body = test.partition("def test_notes_responds")[2]
    assert 'key = usage_key(known["NotesApiKeyId"])' in body
    assert "assert ask(url, item)[0] == 403" in body
    assert "ask(url, item, key)" in body
    assert "ask(one, headers=key)" in body
    assert "get_api_key(apiKey=id, includeValue=True)" in test


@pytest.mark.parametrize("authentication", ["sign-up", "aws-iam", "existing-provider"])
def test_a_key_alone_is_refused_where_callers_sign_in_too(book: Book, authentication: str) -> None:
    test = files_of(book, notes(authentication=authentication))["integration/test_stack.py"]
    body = test.partition("def test_notes_responds")[2]
    assert "assert ask(url, item, key)[0] in (401, 403)" in body
    signed = '{**key, **signed("execute-api", url, item)}'
    assert (signed if authentication == "aws-iam" else '{**key, "authorization": f"Bearer {token}"}') in body
    # An API asks for the token before it asks for the key: a request with neither says nothing about the key.
    assert "ask(url, item)[0]" not in body


def test_uploads_are_asked_for_with_the_key(book: Book) -> None:
    raw = notes(reads=[], writes=["files"], direct_uploads=True)
    raw["stores"] = [{"id": "files", "access": "objects"}]
    test = files_of(book, raw)["integration/test_stack.py"]
    assert "writes = pytest.mark" in test
    assert "ask(url, file, key)" in test.partition("takes_one_upload")[2]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_readme_gets_the_key_and_says_how_a_client_gets_its_own(book: Book, target: str, lang: Lang) -> None:
    readme = files_of(book, notes(), target, lang)["README.md"]
    assert f"API_KEY={KEY}" in readme
    assert len(calls(readme)) >= 3
    assert all('-H "x-api-key: $API_KEY"' in line for line in calls(readme))
    for command in ("get-usage-plans --key-id", "create-api-key", "create-usage-plan-key"):
        assert f"aws apigateway {command}" in readme


def test_without_keys_nothing_asks_for_one(book: Book) -> None:
    files = files_of(book, notes(api_keys=False))
    assert "api-key" not in files["integration/test_stack.py"] + files["README.md"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("file", "api"), [("graphql-key", "CatalogueGraphqlApi"), ("appsync-events-key", "NewsEventApi")]
)
def test_an_appsync_api_without_sign_in_is_called_with_its_key(book: Book, file: str, api: str, target: str) -> None:
    design = advise(make_requirements(yaml.safe_load((REQUIREMENTS / f"{file}.yaml").read_text())), book)
    built = blueprints.build(design, target, lang="en", extras={})
    files = {path: content.decode() for path, content in built.items()}
    readme = files["README.md"]
    assert f'API_KEY=$(aws appsync list-api-keys --api-id "$(output {api}Id)"' in readme
    assert "$TOKEN" not in readme
    stacks = [text for path, text in files.items() if not path.startswith(("README", "integration/"))]
    assert any(f"{api}Id" in text for text in stacks)
    if file == "graphql-key":
        assert f'ask(url, query, key_of(known["{api}Id"]))' in files["integration/test_stack.py"]


@pytest.mark.parametrize("protocol", ["websocket", "graphql"])
@pytest.mark.parametrize("authentication", ["none", "sign-up", "aws-iam"])
def test_a_readme_uses_a_token_only_where_it_gets_one(book: Book, protocol: str, authentication: str) -> None:
    readme = files_of(book, notes(api_keys=False, protocol=protocol, authentication=authentication))["README.md"]
    assert ("$TOKEN" in readme) == ("TOKEN=$(aws cognito-idp" in readme) == (authentication == "sign-up")
    assert ("SigV4QueryAuth" in readme) == (authentication == "aws-iam" and protocol == "websocket")
    assert ("sign() {" in readme) == (authentication == "aws-iam" and protocol == "graphql")
