"""Every connection that the SAM target knows, each in a small architecture of its own."""

from typing import Any

import pytest

import rules
from advisor.book import Book
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.refusals import unmade
from blueprints.stack.registry import connection_fragment, service_fragment
from blueprints.targets import target
from tests.blueprints.graphs import OUTSIDE, Triple, design_of
from tests.blueprints.translation import parsed, translated

BOOK = rules.load_book()


def _known(key: Triple) -> bool:
    ends = all(end in OUTSIDE or service_fragment(end) for end in (key[0], key[2]))
    return ends and connection_fragment(key) is not None


KNOWN = tuple(key for key in sorted(BOOK.connections) if _known(key))


def _different() -> tuple[Triple, ...]:
    """Enough connections that every fragment and every service at either end is among them."""
    covered: set[object] = set()
    chosen = []
    for key in KNOWN:
        parts: set[object] = {connection_fragment(key), ("from", key[0]), ("to", key[2])}
        if not parts <= covered:
            chosen.append(key)
            covered |= parts
    return tuple(chosen)


DIFFERENT = _different()


#: Actions for which AWS knows no resource.
UNCONFINED = {
    "batch:DescribeJobs",
    # What a workflow takes to log belongs to the account.
    *(f"logs:{verb}LogDelivery" for verb in ("Create", "Get", "Update", "Delete")),
    *("logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"),
}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def built(book: Book, *keys: Triple) -> dict[str, bytes]:
    return sam.files(plan_for(design_of(book, keys)), "en")


@pytest.mark.parametrize("key", KNOWN, ids="-".join)
def test_a_connection_is_made_by_a_resource(key: Triple, book: Book) -> None:
    design = design_of(book, [key])
    assert unmade(plan_for(design)) == ()
    template = parsed(sam.files(plan_for(design), "en"))
    marks = [resource["Metadata"]["Advisor"] for resource in template["Resources"].values()]
    carried = {edge for mark in marks for edge in mark.get("edges", ())}
    assert {edge.id for edge in design.architecture.edges} == carried
    nodes = {node.id for node in design.architecture.nodes if node.kind != "outside"}
    assert nodes <= {mark.get("node") for mark in marks} | {node for mark in marks for node in mark.get("nodes", ())}


def test_no_role_allows_with_a_wildcard(book: Book) -> None:
    for key in DIFFERENT:
        template: Any = translated(built(book, key))
        for id, resource in template["Resources"].items():
            for policy in (
                resource.get("Properties", {}).get("Policies", []) if resource["Type"] == "AWS::IAM::Role" else []
            ):
                for statement in policy["PolicyDocument"]["Statement"]:
                    actions, resources = statement["Action"], statement["Resource"]
                    assert "*" not in (actions if isinstance(actions, str) else "".join(actions)), (key, id)
                    if {*listed(actions)} <= UNCONFINED:
                        continue
                    assert "*" not in (resources if isinstance(resources, list) else [resources]), (key, id)


def test_what_has_no_part_is_said_and_not_made(book: Book) -> None:
    design = design_of(book, [("application", "publish", "msk")])
    (refused,) = target("sam").check(plan_for(design))
    assert refused.where == "case0-b.part"
    assert "Kafka" in refused.reason.en or "case0-b" in refused.reason.en
    with pytest.raises(type(refused)):
        target("sam").files(plan_for(design), "en")
