"""What is assumed of a part is accepted until nothing is left: the draft stays valid, and no service changes."""

import pytest

import rules
from advisor.book import Book, dated
from advisor.sensitivity.ranking import part_to_accept, ranked
from advisor.sensitivity.sweep import Place, sweep_open
from advisor_ui.state import draft as drafts
from advisor_ui.state.partial_validation import validate
from advisor_ui.state.session import story


@pytest.mark.parametrize("name", rules.STORIES)
def test_accepting_part_by_part_ends_and_changes_no_service(name: str, book: Book) -> None:
    draft, day, accepted = story(name), dated(book), set[Place]()
    before = validate(draft, day).design.verdict.services
    for _ in range(30):
        verdict = validate(draft, day).design.verdict
        left = ranked(verdict, sweep_open(day, verdict), accepted)
        if not left:
            break
        part = part_to_accept(verdict, left) or left[0].swept.subject
        asked = [q.swept for q in left if q.swept.subject == part]
        draft = drafts.with_changes(draft, [(s.subject, s.field.id, s.value) for s in asked if s.value is not None])
        accepted.update((s.subject, s.field.id) for s in asked if s.value is None)
        checked = validate(draft, day)
        assert not checked.problems, checked.problems
        assert checked.design.verdict.services == before
    else:
        pytest.fail("the interview does not end")
