"""An email that asks a manager to approve is no email to customers: it belongs to the approval."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of


@pytest.mark.parametrize(
    "text",
    [
        "承認依頼はメールで送り、上長が承認する。",
        "An API. The request for approval is sent by email, and a manager approves it.",
    ],
)
def test_an_email_about_an_approval_goes_to_no_customer(text: str) -> None:
    draft, _ = draft_of(text.encode())
    assert not drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, drafts.ids(draft)[0], "human_approval") is True


@pytest.mark.parametrize("text", ["請求書は顧客にメールを送る。", "The invoice is sent to customers by email."])
def test_an_email_to_customers_is_still_read(text: str) -> None:
    draft, _ = draft_of(text.encode())
    (channel,) = drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, channel, "destinations") == [{"kind": "customer-email"}]
