"""Build hook: writes the compiled rule book, so that an installed `advisor` reads one JSON file instead of many YAML files,
and the cards of the gallery, so that the page shows its examples at once.

`python hatch_build.py` writes the book in a checkout, `python hatch_build.py --cards` the cards.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without the build tool
    BuildHookInterface = object  # type: ignore[assignment, misc]


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    sys.path.insert(0, str(root))
    try:
        yield
    finally:
        sys.path.remove(str(root))


def write_book(root: Path = ROOT) -> Path:
    """Write `rules/book.json` beside the YAML files under `root` and return its path."""
    with _importable(root):
        import rules
    target = root / "rules" / rules.COMPILED
    target.write_text(rules.compile_book(root / "rules"), encoding="utf-8")
    return target


def write_cards(root: Path = ROOT) -> Path:
    """Write the cards of the gallery under `root` and return their path; those that are there and fit are kept."""
    with _importable(root):
        from advisor_ui import example_cards
    target = root / "advisor_ui" / example_cards.MADE
    if example_cards.made_cards() is None:
        target.write_text(example_cards.make_cards(), encoding="utf-8")
    return target


class BookHook(BuildHookInterface):  # type: ignore[misc, type-arg]
    """Compiles the rule book before a wheel, an editable install or a source distribution is made.

    Drawing the cards takes some seconds and needs the renderers, so an editable install draws them when the page is opened.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the compiled book, and the cards for what is shipped."""
        write_book()
        if version != "editable":
            write_cards()


if __name__ == "__main__":
    write_cards() if sys.argv[1:] == ["--cards"] else write_book()
