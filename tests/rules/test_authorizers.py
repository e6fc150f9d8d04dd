"""APIs that cannot verify a token themselves say that a Lambda authorizer does so."""

from pathlib import Path

import pytest
import yaml

SERVICES = Path(__file__).parents[2] / "rules" / "services"


@pytest.mark.parametrize(
    ("provider", "entry", "by_function"),
    [
        ("cognito", "api-gateway-websocket", True),
        ("oidc", "api-gateway-websocket", True),
        ("oidc", "api-gateway-rest", True),
        ("cognito", "api-gateway-rest", False),
        ("oidc", "api-gateway-http", False),
    ],
)
def test_the_sentence_names_who_verifies_the_token(provider: str, entry: str, *, by_function: bool) -> None:
    connections = yaml.safe_load((SERVICES / f"{provider}.yaml").read_text("utf-8"))["connections"]
    (sentence,) = [one["sentence"] for one in connections if one["verb"] == "authorize" and entry in one["from"]]
    assert ("Lambda authorizer" in sentence["en"]) is by_function
    assert ("Lambda オーソライザー" in sentence["ja"]) is by_function
