"""The description of a stack, identical in every target."""

from advisor.text import Lang, Text
from blueprints.plan.plan import Plan

#: The most that CloudFormation takes.
LONGEST = 1024
_MADE = Text("Generated from the decision in DECISION.md", "決定記録（DECISION.md）から生成")


def description(plan: Plan, lang: Lang) -> str:
    """Return the title of the workload, and a reference to the decision record."""
    title, made = plan.design.requirements.title.in_(lang), _MADE.in_(lang)
    return f"{title} - {made}"[:LONGEST] if title else made
