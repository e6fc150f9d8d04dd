"""Two data stores of one item agree, whatever the order of concurrent changes."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements

STORES = [{"id": "seats", "access": "relational", "shape": "spiky"}, {"id": "orders", "access": "key-value"}]


def service(book: Book, target: str, stores: list[str]) -> str:
    """Return the business logic of an API that keeps its items in these stores."""
    api: dict[str, Any] = {
        "id": "api",
        "trigger": "request",
        "authentication": "sign-up",
        "reads": stores,
        "writes": stores,
    }
    said = {"title": "Shop", "components": [api], "stores": [store for store in STORES if store["id"] in stores]}
    files = blueprints.build(advise(make_requirements(said), book), target, lang="en", extras={})
    return next(content.decode() for path, content in files.items() if path.startswith("src/api/service."))


@pytest.mark.parametrize(
    ("target", "copy", "put"), [("sam", "_copy(id)", ".put(item)"), ("cdk-typescript", "await copy(id)", ".put(item)")]
)
def test_whoever_copies_last_looks_again(target: str, copy: str, put: str, book: Book) -> None:
    both, one = service(book, target, ["seats", "orders"]), service(book, target, ["orders"])
    # After a replacement and after a removal; nothing else writes to the second store.
    assert (both.count(f"  {copy}"), both.count(put)) == (2, 1)
    assert (one.count(copy), one.count(put)) == (0, 0)


class Store:
    """A data store in memory."""

    def __init__(self) -> None:
        self.items: dict[str, Any] = {}
        self.next: Any = None

    def get(self, id: str) -> Any:
        """Return an item."""
        return self.items.get(id)

    def put(self, item: Any) -> None:
        """Store an item, after what another request does meanwhile."""
        meanwhile, self.next = self.next, None
        if meanwhile is not None:
            meanwhile()
        self.items[item["id"]] = item

    def delete(self, id: str) -> None:
        """Delete an item."""
        self.items.pop(id, None)


@pytest.mark.parametrize("last", [{"id": "i1", "name": "chair"}, None])
def test_the_copy_is_the_last_state(last: Any, book: Book) -> None:
    text = service(book, "sam", ["seats", "orders"])
    start = text.index("def _copy")
    first, second = Store(), Store()
    names: dict[str, Any] = {"Item": dict[str, Any], "store_seats": first, "store_orders": second, "RESULTS": ()}
    exec(text[start : text.index("def _kept", start)], names)

    def meanwhile() -> None:
        first.items |= {"i1": last} if last else {}
        if last is None:
            first.delete("i1")
        names["_copy"]("i1")

    first.items["i1"], second.next = {"id": "i1", "name": "table"}, meanwhile
    names["_copy"]("i1")
    assert second.get("i1") == first.get("i1") == last
