"""Remaining resources of a stack are distinguished from those of other stacks."""

import pytest

from prove.live.delete import _contains_word


@pytest.mark.parametrize(
    "name", ["Ledger-Table-1", "ledger-bucket", "/aws/cloudformation/Ledger/Logs", "arn:aws:sns:r:a:Ledger-Topic-2"]
)
def test_a_resource_named_after_a_stack_belongs_to_it(name: str) -> None:
    assert _contains_word(name, "Ledger") or _contains_word(name, "ledger")


@pytest.mark.parametrize("name", ["LedgerInTypeScript-Table-1", "order-sam-LedgerTable-7D", "ledgertwo-bucket"])
def test_a_similar_name_does_not_belong_to_the_stack(name: str) -> None:
    assert not _contains_word(name, "Ledger")
    assert not _contains_word(name, "ledger")
