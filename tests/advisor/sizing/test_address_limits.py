"""How many requests of one address a firewall lets through: the stated peak may come from one company's address."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements


def asked(**more: Any) -> dict[str, Any]:
    portal = {"id": "portal", "trigger": "request", "authentication": "sign-up", "waf": True, **more}
    return {"components": [{**portal, "reads": ["items"], "writes": ["items"]}], "stores": [{"id": "items"}]}


@pytest.mark.parametrize(("peak", "limit"), [("400/s", 120_000), ("1/s", 2000)])
def test_the_limit_lets_the_stated_peak_through(peak: str, limit: int, book: Book) -> None:
    design = advise(make_requirements(asked(rate_average_rps="1/s", rate_peak_rps=peak)), book)
    acl = next(node for node in design.architecture.nodes if node.service == "waf")
    assert acl.settings["requests_per_address"] == limit
    assert "one address" in acl.grounds["requests_per_address"].reason.en


def test_components_that_share_a_web_acl_add_up(book: Book) -> None:
    """Its rule counts the requests of an address to all of them."""
    raw = asked(rate_average_rps="1/s", rate_peak_rps="400/s")
    (portal,) = raw["components"]
    raw["components"] += [{**portal, "id": "orders", "rate_peak_rps": "150/s"}, {**portal, "id": "open", "waf": False}]
    design = advise(make_requirements(raw), book)
    (acl,) = design.architecture.of_service("waf")
    assert len(design.architecture.entering(acl.id, "filter")) == 2
    assert acl.settings["requests_per_address"] == 550 * 300
    reason = acl.grounds["requests_per_address"].reason
    assert "550 per second, which is the sum of 2 components," in reason.en
    assert "2 つのコンポーネントを合わせた" in reason.ja


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_the_owner_of_a_project_can_change_the_limit(target: str, book: Book) -> None:
    design = advise(make_requirements(asked(rate_average_rps="1/s", rate_peak_rps="400/s")), book)
    files = {
        path: body.decode()
        for path, body in blueprints.build(design, target, lang="en", extras={}).items()
        if path.endswith((".md", ".py", ".ts", ".yaml"))
    }
    assert "| `RequestsPerAddress` |" in files["README.md"]
    assert "`120000`" in files["README.md"]
    words = {"sam": "Limit: !Ref RequestsPerAddress", "cdk-python": "limit=self.requests_per_address.value_as_number"}
    expected = words.get(target, "limit: requestsPerAddress.valueAsNumber")
    assert any(expected in text for text in files.values())
