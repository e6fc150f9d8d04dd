"""The code of one program: what it does in its workflow, with items and messages, and for its callers."""

from blueprints.project.programs.code.callers import LARGEST_ITEM
from blueprints.project.programs.code.program import REQUESTED, Code, started_together
from blueprints.project.programs.code.program_values import Runtime

__all__ = ("LARGEST_ITEM", "REQUESTED", "Code", "Runtime", "started_together")
