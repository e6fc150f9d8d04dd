"""Decides, draws and generates with the packages of a tree, and writes what came of it into a folder as files.

Run by `tests/test_new_service.py` in a process of its own: what scans for modules has to find those of the tree.
"""

import json
import sys
from pathlib import Path

import advisor
import blueprints
import renderers
import rules
from advisor.advise import advise
from advisor.requirements.reading import read_requirements
from advisor_bundle import project_zip

SERVICE = "parameter-store"


def main(requirements: Path, folder: Path) -> None:
    """Write what the rule book says of the service, the drawings, and the project of each target as a zip."""
    text, book = requirements.read_text("utf-8"), rules.load_book()
    design = advise(read_requirements(text.encode()), book)
    unpinned = advise(read_requirements(text[: text.rindex("    pins")].encode()), book)
    several = advise(read_requirements(f"{text}    multi_region: true\n".encode()), book)
    (edge,) = [edge for edge in design.architecture.edges if edge.target == "latest.store"]
    role = book.role("store")
    facts = {
        "package": advisor.__file__,
        "candidates": role.candidates,
        "bands": role.bands[SERVICE],
        "never_better": [field for service, field in role.never_better if service == SERVICE],
        "chosen": design.decision.subject("latest").service("store"),
        "weighed": [proof.service for proof in unpinned.proof("latest", "store")],
        "refused_in_several_regions": [one.reason.en for one in blueprints.check(several, "sam")],
        "actions": edge.actions,
        "label": edge.label.ja,
        "sentence": edge.sentence.en,
    }
    (folder / "facts.json").write_text(json.dumps(facts), "utf-8")
    for suffix in (".svg", ".mmd", ".py"):
        (folder / f"drawn{suffix}").write_bytes(renderers.draw(design, suffix))
    for target in blueprints.TARGETS:
        (folder / f"{target.id}.zip").write_bytes(project_zip(design, target.id, "en"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
