"""The CDK target: a design compiled to an AWS CDK app in Python."""

from advisor.text import Lang
from blueprints.plan import Plan

__all__ = ["files"]


def files(plan: Plan, lang: Lang) -> dict[str, bytes]:
    """Return the app's files; the printer is loaded by those who print."""
    from blueprints.cdk.python import project

    return project.files(plan, lang)
