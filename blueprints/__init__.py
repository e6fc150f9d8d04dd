"""Blueprints: a design becomes a project that starts, as {path: bytes}, for one target at a time.

`check` returns what a target cannot express before anything is written, `unsupported` does so for a plan, and `build`
raises the first of these. `warnings` says what users should know of a project that can be built.
"""

from collections.abc import Mapping

from advisor.design import Design
from advisor.text import Lang
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.targets import TARGETS, Files, Target, check, unsupported, warnings

__all__ = ["TARGETS", "Target", "Unsupported", "build", "check", "unsupported", "warnings"]


def build(design: Design, target: str, *, lang: Lang, extras: Mapping[str, bytes], plan: Plan | None = None) -> Files:
    """Return a project; `blueprints.generation.build` says what of. Pictures plan and do not generate, and load nothing of it."""
    from blueprints import generation

    return generation.build(design, target, lang=lang, extras=extras, plan=plan)
