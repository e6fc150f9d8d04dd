"""Claims: checks that verify the reasons of suppressions against a template.

A row of `prove/static/suppressions.yaml` names its claim. Modules of this folder are found by scanning.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from prove.behaviour.evidence import Evidence

#: A resource or a file of which a sentence is untrue, and what is so instead.
Untrue = tuple[str, str]
Claim = Callable[[Evidence], Iterator[Untrue]]
#: Markers of rows that claim nothing of a template. Their sentence is about the tool that makes a file, about AWS itself,
#: or its condition is part of the suppression already: the word in brackets at the end of its places.
TOOL, AWS, CONDITION = "tool", "aws", "condition"
MARKERS = (TOOL, AWS, CONDITION)
_CLAIMS: dict[str, Claim] = {}


def claim(name: str) -> Callable[[Claim], Claim]:
    """Register a check under the name by which rows refer to it."""

    def register(check: Claim) -> Claim:
        if name in _CLAIMS:
            raise ValueError(f"two claims are named {name}")
        _CLAIMS[name] = check
        return check

    return register


@lru_cache(maxsize=1)
def all_claims() -> dict[str, Claim]:
    """Return every claim by its name."""
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"{__name__}.{module.name}")
    return dict(_CLAIMS)
