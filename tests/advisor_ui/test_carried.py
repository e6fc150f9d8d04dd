"""What carries a verdict is no wall: a few first, by consequence, the rest folded by part, and none of them lost."""

import pytest

from advisor.text import LANGS, Lang
from advisor_ui import cached
from advisor_ui.results.carried import MOST_SHOWN, by_consequence
from advisor_ui.state.session import story
from advisor_ui.words import say
from tests.advisor_ui.page import opened, ran
from tests.advisor_ui.test_flows import shown

STORY = "business-process-integration"


def test_those_first_that_cost_most_and_none_is_lost() -> None:
    analysis = cached.analysis(story(STORY))
    carrying = by_consequence(analysis)
    assert {(swept.subject, swept.field.id) for swept in carrying} == set(analysis.carried_by)
    assert len(carrying) == len(analysis.carried_by) > 3 * MOST_SHOWN
    assert carrying == by_consequence(cached.analysis(story(STORY)))


@pytest.mark.parametrize("lang", LANGS)
def test_a_few_are_shown_and_the_rest_unfolds_by_part(lang: Lang) -> None:
    page = opened(s=STORY, lang=lang)
    page.session_state["tab"] = "check"
    ran(page)
    groups = [group for group in page.button_group if str(group.key).startswith("carried")]
    assert sum(len(group.options) for group in groups) == MOST_SHOWN
    carrying = by_consequence(cached.analysis(story(STORY)))
    subject = carrying[MOST_SHOWN].subject
    page.session_state[f"carried_rest.{subject}"] = True
    ran(page)
    more = page.button_group(key=f"carried_more.{lang}.{subject}")
    assert len(more.options) == len([one for one in carrying[MOST_SHOWN:] if one.subject == subject])
    assert say("carried", lang, count=len(carrying)) in shown(page)
    more.set_value(carrying[MOST_SHOWN].field.id)
    ran(page)
    key = f"check.{lang}.{subject}.{carrying[MOST_SHOWN].field.id}"
    assert any(
        getattr(widget, "key", None) == key
        for kind in ("text_input", "selectbox", "button_group", "multiselect")
        for widget in page.get(kind)
    )
