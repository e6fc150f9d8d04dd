"""The suites of generated projects that run: of projects that differ from those whose suite passed, and one of ten others.

A golden holds what passed. `--accept` writes it anew once the suites of all that differs have passed.
"""

import hashlib
import json
import re
from collections.abc import Mapping

from tests.conftest import GOLDENS

ONE_OF = 10
#: What no program, test or tool of a project reads.
_PROSE = (".md", "VERIFICATION.json")
#: The tag that names the decision, which a change of any rule changes.
_DECISION = re.compile(rb"(decision\W{1,5})[0-9a-f]{12}\b")


def digests(projects: Mapping[str, Mapping[str, bytes]]) -> dict[str, str]:
    """Return the digest of each project's files: programs, tests, infrastructure and the versions of their packages."""
    return {name: _digest(files) for name, files in projects.items()}


def due(found: Mapping[str, str], golden: str) -> list[str]:
    """Return the projects whose suites run: every tenth, and all that differ."""
    file = GOLDENS / golden
    passed = json.loads(file.read_text()) if file.exists() else {}
    return [name for number, name in enumerate(found) if number % ONE_OF == 0 or passed.get(name) != found[name]]


def as_golden(found: Mapping[str, str]) -> str:
    """Return what is compared with the golden."""
    return json.dumps(found, indent=1) + "\n"


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        if not path.endswith(_PROSE):
            content = _DECISION.sub(rb"\1", files[path])
            digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:24]
