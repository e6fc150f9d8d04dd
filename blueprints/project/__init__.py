"""The part of a generated project that is the same for every target: programs, tests, prose, site, manifests.

What is missing is asked before anything is written, so that the writers and their templates are loaded by those who write.
"""

from typing import TYPE_CHECKING

from advisor.design import Design
from advisor.text import Lang
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.project.kubernetes.cron import unscheduled
from blueprints.project.programs.composition import missing as unwritten

if TYPE_CHECKING:
    from blueprints.permissions import Permission

__all__ = ["missing", "project_files", "stack_name"]


def missing(plan: Plan) -> tuple[Unsupported, ...]:
    """Return the elements without code or a schedule in any target: a trigger, a dependency, a Kubernetes job."""
    return tuple(unwritten(plan)) or tuple(unscheduled(plan))


def project_files(plan: Plan, target: str, lang: Lang, allowed: "tuple[Permission, ...]") -> dict[str, bytes]:
    """Return the files that every target has alike; `blueprints.project.project.project_files` says which."""
    from blueprints.project import project

    return project.project_files(plan, target, lang, allowed)


def stack_name(design: Design, plan: Plan, target: str) -> str:
    """Return the default name of the stack that a project deploys."""
    from blueprints.project import template_values

    return template_values.stack_name(design, plan, target)
