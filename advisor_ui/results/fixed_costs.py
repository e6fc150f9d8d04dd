"""What a design costs without any use, as the generated project states it."""

import streamlit as st

from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.state.draft import Raw
from advisor_ui.state.partial_validation import Validated
from advisor_ui.words import say
from blueprints.project.documents.standing_costs import costs_without_use, priced_costs
from renderers.markdown import escape


def fixed_costs(draft: Raw, validated: Validated, lang: Lang) -> None:
    """Show the charges that do not depend on use; nothing while a conflict leaves no design."""
    if validated.design.decision.conflicts or not validated.design.architecture.nodes:
        return
    plan = cached.plan(draft)
    lines = [escape(cost.in_(lang)) for cost in costs_without_use(plan)]
    lines += [f"{escape(cost.in_(lang))} ([{say('price_source', lang)}](<{url}>))" for cost, url in priced_costs(plan)]
    if lines:
        st.markdown(f"**{say('fixed_costs', lang)}**")
        st.markdown("\n".join(f"- {line}" for line in lines))
