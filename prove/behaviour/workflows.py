"""The delivery workflows of a project, with called workflows expanded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_HERE = "./"
_INPUT = "${{ inputs."


@dataclass(frozen=True)
class Job:
    """A running job; a job of a called workflow has access to the inputs of its caller."""

    name: str
    needs: tuple[str, ...]
    condition: str
    environment: str
    variables: Mapping[str, str]
    steps: tuple[Mapping[str, Any], ...]
    place: str
    concurrency: str = ""
    cancels: bool = False

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands of its steps."""
        return tuple(str(step["run"]) for step in self.steps if "run" in step)

    @property
    def deploys(self) -> bool:
        """Whether it deploys the stack."""
        return any(command.startswith("make deploy") for command in self.commands)


def jobs(project: Path) -> list[Job]:
    """Return the jobs that an event of the repository starts."""
    found = list[Job]()
    for file in sorted(project.glob(".github/workflows/*.yml")):
        workflow = yaml.safe_load(file.read_text("utf-8"))
        if list(workflow[True]) != ["workflow_call"]:  # YAML 1.1 takes `on` for a truth value
            for name, job in workflow["jobs"].items():
                found += _run(project, file, name, job)
    return found


def _run(project: Path, file: Path, name: str, job: Mapping[str, Any]) -> Iterator[Job]:
    called = str(job.get("uses", ""))
    if not called.startswith(_HERE):
        yield _job(name, job, job, {}, str(file.relative_to(project)))
        return
    for inner in yaml.safe_load((project / called).read_text("utf-8"))["jobs"].values():
        yield _job(name, job, inner, job.get("with", {}), called.removeprefix(_HERE))


def _job(name: str, outer: Mapping[str, Any], inner: Mapping[str, Any], given: Mapping[str, str], place: str) -> Job:
    def filled(value: object) -> str:
        text = str(value)
        for key, put in given.items():
            text = text.replace(f"{_INPUT}{key} }}}}", put)
        return text

    needs, concurrency = outer.get("needs", ()), inner.get("concurrency", "")
    group = concurrency.get("group", "") if isinstance(concurrency, Mapping) else concurrency
    return Job(
        name,
        needs=(needs,) if isinstance(needs, str) else tuple(needs),
        condition=str(outer.get("if", "")),
        environment=filled(inner.get("environment", "")),
        variables={key: filled(value) for key, value in inner.get("env", {}).items()},
        steps=tuple(inner.get("steps", ())),
        place=place,
        concurrency=filled(group),
        cancels=isinstance(concurrency, Mapping) and str(concurrency.get("cancel-in-progress", "")).lower() == "true",
    )
