"""Blueprints: a design becomes a project that starts, as {path: bytes}, for one target at a time.

`check` says what a target cannot express before anything is written, `unsupported` the same of a plan; `build` raises the first of it.
"""

from blueprints.errors import Unsupported
from blueprints.generation import build
from blueprints.targets import TARGETS, Target, check, unsupported

__all__ = ["TARGETS", "Target", "Unsupported", "build", "check", "unsupported"]
