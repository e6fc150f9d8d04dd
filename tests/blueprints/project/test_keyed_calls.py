"""The API key with which an event bus calls a system outside AWS: outputs and README say how to set it."""

import re

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.traits.eventbridge_bus import WITH_KEY
from tests.blueprints.project.test_results_beside_items import TARGETS


@pytest.mark.parametrize("kind", [*WITH_KEY, "customer-email"])
@pytest.mark.parametrize("target", TARGETS)
def test_the_readme_says_how_to_set_the_key_of_a_called_system(book: Book, target: str, kind: str) -> None:
    api = {"id": "api", "trigger": "request", "authentication": "sign-up", "publishes": ["said"]}
    bus = {"id": "said", "destinations": [{"kind": kind, "title": "CRM"}]}
    routed = {"carries": "event", "routing": True} if kind in WITH_KEY else {}
    said = {"title": "T", "components": [api], "channels": [{**bus, **routed}]}
    built = blueprints.build(advise(make_requirements(said), book), target, lang="en", extras={})  # type: ignore[arg-type]
    files = {path: content.decode() for path, content in built.items() if not path.endswith(".svg")}
    named = re.findall(r"output (\w+(?:KeyArn|ConnectionName))\)", files["README.md"])
    assert len(named) == (2 if kind in WITH_KEY else 0)
    infrastructure = "".join(text for path, text in files.items() if not path.endswith(".md"))
    assert all(name in infrastructure for name in named)
    assert ('to "CRM" with an API key' in files["README.md"]) is (kind in WITH_KEY)
