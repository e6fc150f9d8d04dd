"""SAM projects on disk with their translated template, for the checks of the tier behaviour."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from advisor.requirements.reading import write_requirements
from prove.behaviour.evidence import Evidence
from prove.behaviour.tier import all_checks
from tests.blueprints.translation import translated


@dataclass(frozen=True)
class WrittenProject:
    """A SAM project in a folder; a test plants a fault in its template or its files and asks a check."""

    evidence: Evidence

    def plant(self, fault: Callable[[dict[str, Any]], None]) -> None:
        """Change the resources of the template."""
        template = json.loads(self.evidence.template_file.read_text("utf-8"))
        fault(template["Resources"])
        self.evidence.template_file.write_text(json.dumps(template), "utf-8")

    def rules_found_by(self, check: str) -> set[str]:
        """Return the rules of what a check finds, reading the files anew."""
        files = self.evidence
        fresh = Evidence(files.folder, files.template_file, files.built, files.target)
        return {problem.rule for problem in all_checks()[check](fresh)}


def write_project(answers: Mapping[str, Any], folder: Path) -> WrittenProject:
    """Generate the SAM project of a requirements file and translate its template, once for the same answers."""
    files, translation = _generated(json.dumps(answers))
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    template = folder.with_suffix(".template.json")
    template.write_text(translation, "utf-8")
    return WrittenProject(Evidence(folder, template, folder.with_suffix(".built"), "sam"))


@lru_cache(maxsize=64)
def _generated(answers: str) -> tuple[Mapping[str, bytes], str]:
    """Return the files of the project, and the template that CloudFormation gets."""
    design = advise(make_requirements(json.loads(answers)), rules.load_book())
    extras = {"requirements.yaml": write_requirements(design.requirements)}
    files = blueprints.build(design, "sam", lang="en", extras=extras)
    return files, json.dumps(translated(files))


def story(name: str) -> dict[str, Any]:
    """Return the answers of a story or a supplement of the proof."""
    folders = (Path(str(rules.__file__)).parent / "stories", Path("prove/cases/supplements"))
    file = next(folder / f"{name}.yaml" for folder in folders if (folder / f"{name}.yaml").exists())
    answers: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return answers
