"""`make interview` or `python -m benchmarks.architects [--lang en] [--only ID ...] [--seed N] [--forget] [--write]`.

Lets scripted architects use the real page and prints a table and, as JSON in `out/interview.json`, every interview.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from advisor.text import LANGS, Lang
from benchmarks.architects.personas import Persona, personas
from benchmarks.architects.report import PAGE, ROOT, as_json, page, table
from benchmarks.architects.talk import Talk, interview
from tests.advisor_ui.server import WIDE, open_page, running_browser, running_server

OUT = ROOT / "out" / "interview.json"


def interviews(among: list[Persona], langs: list[Lang], seed: int, *, forgets: bool) -> Iterator[Talk]:
    """Yield the interviews one after the other, each in a fresh profile of one browser."""
    chromium = Path(shutil.which("chromium") or sys.exit("chromium is not installed"))
    with running_server() as (url, _), running_browser(chromium) as browser:
        for persona in among:
            for lang in langs:
                context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
                try:
                    visited = context.new_page()
                    open_page(visited, f"{url}/?lang={lang}")
                    yield interview(visited, persona, lang, seed, forgets=forgets)
                except Exception as error:  # the others are measured all the same
                    why = f"the page did not follow: {str(error).splitlines()[0]}"
                    yield Talk(persona.id, lang, dead_ends=[why])
                finally:
                    context.close()


def main() -> None:
    """Run the interviews that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.architects", description=__doc__)
    parser.add_argument("--lang", choices=LANGS, action="append")
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forget", action="store_true", help="one in four of the reasons are not known either")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    among = [persona for persona in personas() if not asked.only or persona.id in asked.only]
    talks = []
    for talk in interviews(among, asked.lang or [*LANGS], asked.seed, forgets=asked.forget):
        talks.append(talk)
        print(table([talk]).splitlines()[-1], flush=True)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(as_json(talks), ensure_ascii=False, indent=1), "utf-8")
    print("\n" + table(talks) + "\n" + json.dumps(as_json(talks)["figures"], ensure_ascii=False, indent=1))
    if asked.write:
        PAGE.write_text(page(talks), "utf-8")


if __name__ == "__main__":
    main()
