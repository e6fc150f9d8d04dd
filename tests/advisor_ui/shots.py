"""`python tests/advisor_ui/shots.py OUTDIR`: the page in two sizes, languages and themes, in every state."""

import shutil
import sys
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.advisor_ui.server import NARROW, WIDE, running_browser, running_server
from tests.advisor_ui.visiting import NAMES, each_state

SIZES = {"wide": WIDE, "narrow": NARROW}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        running_server() as (url, _),
        running_browser(Path(shutil.which("chromium") or sys.exit("chromium is not installed"))) as browser,
    ):
        for size, lang, theme in product(SIZES, ("en", "ja"), ("light", "dark")):
            context = browser.new_context(viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
            page = context.new_page()
            for number, _ in enumerate(each_state(page, url, lang)):
                page.wait_for_timeout(300)
                path = folder / f"{size}-{lang}-{theme}-{NAMES[number]}.png"
                page.screenshot(path=str(path))
                print(path)
            context.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder for the pictures: python tests/advisor_ui/shots.py OUTDIR")
    main(Path(sys.argv[1]))
