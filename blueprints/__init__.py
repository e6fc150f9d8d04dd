"""Blueprints: a design becomes a project that starts, as {path: bytes}, for one target at a time.

`check` says what a target cannot express before anything is written, `unsupported` the same of a plan; `build` raises the first of it.
`warnings` says what users should know of a project that can be built.
"""

from blueprints.errors import Unsupported
from blueprints.generation import build
from blueprints.targets import TARGETS, Target, check, unsupported, warnings

__all__ = ["TARGETS", "Target", "Unsupported", "build", "check", "unsupported", "warnings"]
