"""Callers find what they have just written."""

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

READS = {
    "sam": ("src/api/store_orders.py", 'table.get_item(Key={"pk": id}, ConsistentRead=True)'),
    "cdk-typescript": ("src/api/store-orders.ts", "Key: { pk: id }, ConsistentRead: true"),
}


@pytest.mark.parametrize("target", READS)
@pytest.mark.parametrize("writes", [["orders"], []])
def test_a_read_by_id_sees_a_write_of_the_same_program(target: str, writes: list[str], book: Book) -> None:
    api = {"id": "api", "title": "Desk", "trigger": "request", "reads": ["orders"], "writes": writes}
    stores = [{"id": "orders", "title": "Orders", "access": "key-value"}]
    design = advise(make_requirements({"components": [api], "stores": stores}), book)
    path, read = READS[target]
    module = blueprints.build(design, target, lang="en", extras={})[path].decode()
    assert (read in module) is bool(writes)
