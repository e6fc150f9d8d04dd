"""Items whose readers have another kind of identity than their senders: shared in programs, and explained in the README."""

from typing import Any

import pytest

from advisor.book import Book
from tests.blueprints.project.test_results_beside_items import TARGETS, files_of, source

STORE = {"id": "totals", "title": "Totals", "access": "key-value"}


def answers(compute: str = "lambda", **reader: Any) -> dict[str, Any]:
    """Return a gate with a sign-in at its load balancer, and a desk that reads what it writes."""
    pins = {"entry": "alb", "compute": compute}
    gate = {
        "id": "gate",
        "trigger": "request",
        "authentication": "sign-up",
        "longest_run_s": "5 s",
        "writes": ["totals"],
    }
    desk = {"id": "desk", "trigger": "request", "longest_run_s": "5 s", "reads": ["totals"], **reader}
    return {"title": "T", "components": [{**gate, "pins": pins}, desk], "stores": [STORE]}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("authentication", "shared"), [("aws-iam", True), ("sign-up", False)])
def test_shared_items_still_need_the_signature_of_the_load_balancer(
    book: Book, target: str, authentication: str, shared: bool
) -> None:
    gate = source(files_of(answers(authentication=authentication), book, target), target, "gate", "caller")
    assert ("user(found)" in gate) or ("identity.user(str(found))" in gate)
    assert ('return "everyone"' in gate or "return 'everyone'" in gate) is shared


@pytest.mark.parametrize(("authentication", "shared"), [("aws-iam", True), ("sign-up", False)])
def test_the_readme_says_that_all_readers_see_all_items(book: Book, authentication: str, shared: bool) -> None:
    files = files_of(answers(authentication=authentication), book)
    assert ("authenticate in different ways" in files["README.md"]) is shared


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("compute", ["lambda", "ecs"])
def test_senders_of_shared_items_have_idempotency_keys_of_their_own(book: Book, target: str, compute: str) -> None:
    files = files_of(answers(compute, authentication="aws-iam"), book, target)
    shell = source(files, target, "gate", "main" if compute == "ecs" else "app")
    assert ("json.dumps([given, sender(" in shell) or ("JSON.stringify([given, " in shell)
    assert "Keys are separate for each caller." in files["README.md"]


def test_callers_without_an_identity_have_one_set_of_keys(book: Book) -> None:
    gate = {"id": "gate", "trigger": "request", "longest_run_s": "5 s", "writes": ["totals"], "authentication": "none"}
    files = files_of({"components": [gate], "stores": [STORE]}, book)
    assert "sender" not in files["src/gate/app.py"] + files["src/gate/caller.py"]
    assert "All callers share one set of keys." in files["README.md"]
