"""The packages of a project: those that its modules import, pinned from one list."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

_IMPORTED = re.compile(r"""(?:from|import\() ?'((?:@[\w.-]+/)?[a-z][\w.-]*)(?:/[^']*)?'""")


@lru_cache(maxsize=1)
def _pins() -> Mapping[str, str]:
    read = json.loads(files("blueprints.project.typescript").joinpath("pins.json").read_text("utf-8"))
    pins: dict[str, str] = read["dependencies"]
    return pins


def imported(sources: Iterable[bytes]) -> set[str]:
    """Return the packages that modules import; types of a package without any come from its @types."""
    named = {name for source in sources for name in _IMPORTED.findall(source.decode())}
    return {"@types/aws-lambda" if name == "aws-lambda" else name for name in named}


def pinned(packages: Iterable[str]) -> dict[str, str]:
    """Return the packages with their versions, sorted. Raises KeyError if one has no pin."""
    return {package: _pins()[package] for package in sorted(set(packages))}


def package_json(values: Mapping[str, Any]) -> bytes:
    """Return a package.json."""
    return (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()
