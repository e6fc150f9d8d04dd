"""What is left of a stack is told from what is another's."""

import pytest

from prove.live.delete import _holds


@pytest.mark.parametrize(
    "name", ["Ledger-Table-1", "ledger-bucket", "/aws/cloudformation/Ledger/Logs", "arn:aws:sns:r:a:Ledger-Topic-2"]
)
def test_what_is_called_after_a_stack_is_of_it(name: str) -> None:
    assert _holds(name, "Ledger") or _holds(name, "ledger")


@pytest.mark.parametrize("name", ["LedgerInTypeScript-Table-1", "order-sam-LedgerTable-7D", "ledgertwo-bucket"])
def test_what_only_begins_like_it_or_has_it_within_is_not(name: str) -> None:
    assert not _holds(name, "Ledger")
    assert not _holds(name, "ledger")
