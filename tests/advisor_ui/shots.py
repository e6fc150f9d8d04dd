"""`python tests/advisor_ui/shots.py OUTDIR`: the page in two sizes, languages and themes, as eight pictures."""

import sys
from itertools import product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.advisor_ui.server import NARROW, WIDE, open_page, running_browser, running_server

SIZES = {"wide": WIDE, "narrow": NARROW}
STORY = "web-application"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with running_server() as (url, _), running_browser() as browser:
        for size, lang, theme in product(SIZES, ("en", "ja"), ("light", "dark")):
            path = folder / f"{size}-{lang}-{theme}.png"
            _shoot(browser, f"{url}/?s={STORY}&at=report.compute&lang={lang}", SIZES[size], theme, path)
            print(path)


def _shoot(browser: Any, url: str, size: dict[str, int], theme: str, path: Path) -> None:
    context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
    try:
        page = context.new_page()
        open_page(page, url)
        page.wait_for_timeout(700)
        page.screenshot(path=str(path))
    finally:
        context.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder for the pictures: python tests/advisor_ui/shots.py OUTDIR")
    main(Path(sys.argv[1]))
