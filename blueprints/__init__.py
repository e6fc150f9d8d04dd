"""Blueprints: a design becomes a project that starts, as {path: bytes}, for one target at a time.

`check` says what a target cannot express before anything is written; `build` raises the first of it.
"""

from blueprints.errors import Unsupported
from blueprints.targets import TARGETS, Target, build, check
from blueprints.zipped import zip_bytes

__all__ = ["TARGETS", "Target", "Unsupported", "build", "check", "zip_bytes"]
