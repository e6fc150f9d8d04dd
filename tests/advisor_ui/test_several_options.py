"""A question of which several options may be picked stays in the card until something else is answered."""

from advisor_ui.state import draft as drafts
from advisor_ui.state.link import pack
from advisor_ui.state.typical_parts import with_typical_part
from tests.advisor_ui.page import opened, ran

PRIORITIES = "next.en.workload.priorities"


def test_a_second_priority_is_picked_where_the_first_was() -> None:
    draft = drafts.with_answer(drafts.new(), "component-1", "trigger", ["request"])
    draft = drafts.with_answer(draft, "component-1", "packaging", "code")
    draft = drafts.with_answer(draft, "component-1", "authentication", "none")
    draft = drafts.with_answer(draft, "component-1", "rate_average_rps", "1 per minute")
    draft, _ = with_typical_part(draft, "database", "component-1")
    page = opened(r=pack(draft) or "", at="workload", lang="en")
    page.button("accept_rest").click()  # what is left of the component
    ran(page)
    page.button_group("left.en.workload.team").set_value(["priorities"])  # in the list of the database and the workload
    ran(page)
    page.multiselect("left.en.workload.priorities").select("cost")
    ran(page)
    page.multiselect(PRIORITIES).select("low-operations")
    ran(page)
    session = page.session_state["session"]
    assert drafts.answer(session.draft, "workload", "priorities") == ["cost", "low-operations"]
    assert session.picking == ("workload", "priorities")
    session.change(drafts.with_answer(session.draft, "workload", "operations", "team"))
    ran(page)
    assert not any(box.key == PRIORITIES for box in page.multiselect), "another answer ends it"
