"""Prove that the same input gives the same bytes: every output of every story, made twice, compared by hash.

`python .ci/repro.py [ANOTHER_PYTHON]` makes them in two processes that differ in hash seed, folder, time zone and
locale, and in the version of Python where another one is named.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUFFIXES = (".svg", ".png", ".pdf", ".drawio", ".drawio.svg", ".pptx", ".html", ".mmd", ".py")


def outputs() -> Iterator[tuple[str, bytes]]:
    """Give every output of every story, by name."""
    import blueprints
    import renderers
    import rules
    from advisor.advise import advise
    from advisor.report.decision_file import to_json
    from advisor_bundle import project_zip
    from advisor_bundle.record import decision_record
    from advisor_document import document, write
    from advisor_ui.example_cards import make_cards

    yield "example_cards.json", make_cards().encode()
    book = rules.load_book()
    for name in rules.STORIES:
        design = advise(rules.load_story(name), book)
        for lang in ("en", "ja"):
            yield f"{name}.{lang}.json", to_json(design, lang).encode()
            yield f"{name}.{lang}.proof.json", to_json(design, lang, proof=True).encode()
            yield f"{name}.{lang}.md", decision_record(design, lang, full=True)
            for suffix in (".md", ".html") if lang == "ja" else (".md",):  # PDF and Word need the extra
                yield f"{name}.{lang}.design{suffix}", write(document(design, lang), suffix)
            for suffix in SUFFIXES if lang == "ja" else SUFFIXES[:1]:
                yield f"{name}.{lang}{suffix}", renderers.draw(design, suffix, lang=lang)
        for target in blueprints.TARGETS:
            try:
                yield f"{name}.{target.id}.zip", project_zip(design, target.id, "ja")
            except blueprints.Unsupported as error:
                yield f"{name}.{target.id}.txt", str(error).encode()


def hashes(python: str, seed: str, folder: str, zone: str, locale: str) -> dict[str, str]:
    """Return the hashes of all outputs as another process makes them."""
    differs = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": zone, "LC_ALL": locale}
    command = [python, "-B", __file__, "--print"]
    done = subprocess.run(command, cwd=folder, env=os.environ | differs, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{python} failed:\n{done.stderr}")
    made: dict[str, str] = json.loads(done.stdout)
    return made


def main(other: str | None) -> None:
    """Compare, and leave with 1 where a byte differs."""
    second = os.path.abspath(other) if other else sys.executable
    with tempfile.TemporaryDirectory() as folder:
        differing_environments = (
            (sys.executable, "1", str(ROOT), "UTC", "C.UTF-8"),
            (second, "2", folder, "Asia/Tokyo", "C"),
        )
        with ThreadPoolExecutor() as executor:
            first, again = executor.map(lambda environment: hashes(*environment), differing_environments)
    versions = f"{first.pop('python')} and {again.pop('python')}"
    differing = sorted(name for name in first.keys() | again.keys() if first.get(name) != again.get(name))
    for name in differing:
        print(f"{name} differs")
    print(f"{len(first) - len(differing)} of {len(first)} outputs are equal (Python {versions}, two hash seeds)")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in outputs()}
        print(json.dumps({"python": sys.version.split()[0]} | digests))
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else None)
