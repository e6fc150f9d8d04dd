"""The index by owner of a table throttles the table: it is warm for the same load."""

import json
from typing import Any

import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements


def _built(book: Book, target: str, rate: str) -> dict[str, bytes]:
    api: dict[str, Any] = {
        "id": "api", "title": "Desk", "trigger": "request", "authentication": "sign-up", "reads": ["orders"],
        "writes": ["orders"], "rate_average_rps": rate, "rate_peak_rps": rate, "longest_run_s": "50 ms",
    }  # fmt: skip
    stores = [{"id": "orders", "title": "Orders", "access": "key-value", "item_bytes": "4 KiB"}]
    design = advise(make_requirements({"components": [api], "stores": stores}), book)
    return blueprints.build(design, target, lang="en", extras={})


class _Loader(yaml.SafeLoader):
    """Reads a template, whose tags do not matter here."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: str(node.value))


def test_an_index_is_as_warm_as_its_table(book: Book) -> None:
    template = yaml.load(_built(book, "sam", "2000/s")["template.yaml"], _Loader)
    (table,) = (one for one in template["Resources"].values() if one["Type"] == "AWS::DynamoDB::Table")
    (index,) = table["Properties"]["GlobalSecondaryIndexes"]
    assert index["WarmThroughput"] == table["Properties"]["WarmThroughput"] == {"WriteUnitsPerSecond": 8000}


def test_an_index_of_a_low_load_is_as_it_was(book: Book) -> None:
    template = _built(book, "sam", "10/s")["template.yaml"].decode()
    assert "WarmThroughput" not in template


def test_the_cdk_sets_it_on_the_index_too(book: Book) -> None:
    for target, option in (("cdk-typescript", "warmThroughput"), ("cdk-python", "warm_throughput")):
        files = _built(book, target, "2000/s")
        text = "\n".join(data.decode() for path, data in files.items() if path.endswith(("stores.ts", "stores.py")))
        assert text.count(option) == 2, json.dumps(sorted(files))
