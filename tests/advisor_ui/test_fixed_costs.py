"""The page states what a design costs without any use, with the project's own sentences."""

import pytest

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor_ui.state.session import story
from blueprints.plan import plan_for
from blueprints.project.documents.standing_costs import costs_without_use
from renderers.markdown import escape
from tests.advisor_ui.page import opened


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_charges_of_a_vpc_without_traffic_are_on_the_page(lang: str, book: Book) -> None:
    name = "container-web-service"
    assert name in rules.STORIES
    plan = plan_for(advise(make_requirements(story(name)), book))
    page = opened(s=name, lang=lang, tab="check")
    page.segmented_control(key="tab").set_value("check").run()
    shown = "\n".join(one.value for one in page.markdown)
    costs = [escape(cost.in_(lang)) for cost in costs_without_use(plan)]  # type: ignore[arg-type]
    assert costs
    assert [cost for cost in costs if cost not in shown] == []
    assert "USD" in shown
