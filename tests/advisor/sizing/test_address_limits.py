"""How many requests of one address a firewall lets through: the stated peak of one company or system, and less of people on the internet."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Text


def asked(**more: Any) -> dict[str, Any]:
    portal = {"id": "portal", "trigger": "request", "authentication": "sign-up", "waf": True, **more}
    return {"components": [{**portal, "reads": ["items"], "writes": ["items"]}], "stores": [{"id": "items"}]}


def limit_of(raw: dict[str, Any], book: Book) -> tuple[Any, Text]:
    (acl,) = advise(make_requirements(raw), book).architecture.of_service("waf")
    return acl.settings["requests_per_address"], acl.grounds["requests_per_address"].reason


@pytest.mark.parametrize(("peak", "limit"), [("400/s", 120_000), ("1/s", 2000)])
@pytest.mark.parametrize("callers", [{"exposure": "partner"}, {"authentication": "signature"}, {"api_keys": True}])
def test_the_limit_lets_the_stated_peak_of_one_company_through(
    peak: str, limit: int, callers: dict[str, Any], book: Book
) -> None:
    found, reason = limit_of(asked(rate_average_rps="1/s", rate_peak_rps=peak, **callers), book)
    assert found == limit
    assert "one address" in reason.en


@pytest.mark.parametrize(("peak", "limit"), [("5000/s", 5000), ("10/s", 3000), ("1/s", 2000)])
def test_one_address_on_the_internet_does_not_send_the_whole_peak(peak: str, limit: int, book: Book) -> None:
    found, reason = limit_of(asked(rate_average_rps="1/s", rate_peak_rps=peak), book)
    assert found == limit
    assert ("many addresses" in reason.en) is (peak == "5000/s")
    assert ("多数のアドレス" in reason.ja) is (peak == "5000/s")


def test_components_that_share_a_web_acl_add_up(book: Book) -> None:
    """Its rule counts the requests of an address to all of them."""
    raw = asked(rate_average_rps="1/s", rate_peak_rps="400/s", exposure="partner")
    (portal,) = raw["components"]
    raw["components"] += [{**portal, "id": "orders", "rate_peak_rps": "150/s"}, {**portal, "id": "open", "waf": False}]
    design = advise(make_requirements(raw), book)
    (acl,) = design.architecture.of_service("waf")
    assert len(design.architecture.entering(acl.id, "filter")) == 2
    limit, reason = limit_of(raw, book)
    assert limit == 550 * 300
    assert "550 per second, which is the sum of 2 components," in reason.en
    assert "2 つのコンポーネントを合わせた" in reason.ja
    raw["components"][1]["exposure"] = "public"
    assert limit_of(raw, book)[0] == 400 * 300


@pytest.mark.parametrize("target", ["sam", "cdk-python", "cdk-typescript"])
def test_the_owner_of_a_project_can_change_the_limit(target: str, book: Book) -> None:
    design = advise(make_requirements(asked(rate_average_rps="1/s", rate_peak_rps="400/s", exposure="partner")), book)
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
