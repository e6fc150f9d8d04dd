"""Events of files cannot enter an ordered queue: the conflict offers a function between them, which makes the design complete."""

import pytest

from advisor.book import Book, dated
from advisor.text import LANGS, Lang
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.state.forwarder import with_forwarder
from advisor_ui.state.link import pack
from advisor_ui.state.partial_validation import validate
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import state

ORDERED: Raw = {
    "schema": 2,
    "components": [{"id": "worker", "trigger": ["message"], "listens_to": "queue", "reads": ["files"]}],
    "channels": [{"id": "queue", "carries": "work", "source": "aws-service", "ordering": "per-key"}],
    "stores": [{"id": "files", "access": "objects"}],
}


@pytest.mark.parametrize("lang", LANGS)
def test_one_click_puts_a_function_before_the_ordered_queue(lang: Lang) -> None:
    page = opened(r=pack(ORDERED) or "", lang=lang)
    page.button(key="forwarder.0").click()
    ran(page)
    assert "forwarder.0" not in {button.key for button in page.button}
    draft = state(page).draft or {}
    assert drafts.ids(draft, ("component",)) == ["worker", "component-1"]
    assert drafts.answer(draft, "component-1", "publishes") == ["queue"]
    page.button(key="undo").click()
    ran(page)
    assert drafts.ids(state(page).draft or {}, ("component",)) == ["worker"]


def test_the_function_resolves_the_conflict(book: Book) -> None:
    assert validate(ORDERED, dated(book)).design.decision.conflicts
    found = with_forwarder(ORDERED, "queue")
    assert found is not None
    design = validate(found[0], dated(book)).design
    assert not design.decision.conflicts
    assert design.verdict.subjects["queue"].services["messaging"] == "sqs-fifo"
    assert design.verdict.subjects["component-1"].services["events"] == "eventbridge-bus"


def test_without_a_file_store_nothing_is_offered() -> None:
    page = opened(
        r=pack({**ORDERED, "components": [{"id": "worker", "listens_to": "queue"}], "stores": []}) or "", lang="en"
    )
    assert not [button for button in page.button if str(button.key).startswith("forwarder.")]
    assert with_forwarder({**ORDERED, "stores": []}, "queue") is None
