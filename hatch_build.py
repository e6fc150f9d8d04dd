"""Build hook: writes the compiled rule book, so that an installed `advisor` reads one JSON file instead of many YAML files.

`python hatch_build.py` does the same in a checkout.
"""

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without the build tool
    BuildHookInterface = object  # type: ignore[assignment, misc]


def write_book(root: Path = ROOT) -> Path:
    """Write `rules/book.json` beside the YAML files under `root` and return its path."""
    sys.path.insert(0, str(root))
    try:
        import rules
    finally:
        sys.path.remove(str(root))
    target = root / "rules" / rules.COMPILED
    target.write_text(rules.compile_book(root / "rules"), encoding="utf-8")
    return target


class BookHook(BuildHookInterface):  # type: ignore[misc, type-arg]
    """Compiles the rule book before a wheel, an editable install or a source distribution is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled book."""
        write_book()


if __name__ == "__main__":
    write_book()
