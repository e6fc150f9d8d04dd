"""What CloudFormation shows of a stack: descriptions of the stack, its parameters and outputs, identical in every target.

They are English in every language, since CloudFormation shows each character outside ASCII as a question mark
(https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/814, read 2026-11-28); the README of a
project lists its parameters in the language of its reader.
"""

from blueprints.plan.plan import Plan

#: The most that CloudFormation takes.
LONGEST = 1024
_MADE = "Generated from the decision in DECISION.md"


def description(plan: Plan) -> str:
    """Return the title of the workload, if CloudFormation can show it, and a reference to the decision record."""
    title = plan.design.requirements.title.en
    return f"{title} - {_MADE}"[:LONGEST] if title and title.isascii() else _MADE
