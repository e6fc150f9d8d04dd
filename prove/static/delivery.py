"""What no linter of a template asks: whether the workflow that delivers a project, and its Makefile, can be trusted."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from prove.static.linters import Said
from prove.static.reports import Row

_PINNED = re.compile(r"^\./|@[0-9a-f]{40}$")
#: Text of others in a script: a branch or a title may hold commands.
_FOREIGN = re.compile(r"\$\{\{\s*github\.(head_ref|event\.)")
_INSTALLED = re.compile(r"pipx install (?!\S+==\d)(\S+)")
_NOT_OF_REQUESTS = "github.event_name != 'pull_request'"
_CHECKS = ("make lint", "make test")
_OF_MAIN = "github.ref == 'refs/heads/main'"
_IGNORED = re.compile(r"^\t(-|.*\|\|\s*(true|:)\s*$)")
_TARGET = re.compile(r"^([a-z]+):")
#: Environments of which the first never has less of anything.
PRODUCTION, TRIAL = "prod.env", "dev.env"
#: What is taken away may be gone already.
_CLEANING = "delete"


def workflows(paths: list[str]) -> Said:
    """Hold workflows to pinned actions, the fewest permissions, no stored key, and tests before a deployment."""
    for path in paths:
        yield path, list(_workflow(yaml.safe_load(Path(path).read_text("utf-8"))))


def makefiles(paths: list[str]) -> Said:
    """Hold Makefiles to recipes of which no failure is passed over."""
    for path in paths:
        yield path, list(_makefile(Path(path).read_text("utf-8").splitlines()))


def _makefile(lines: Sequence[str]) -> Iterator[Row]:
    target = ""
    for number, line in enumerate(lines, 1):
        target = found[1] if (found := _TARGET.match(line)) else target
        if _IGNORED.match(line) and target != _CLEANING:
            yield _row("failure-ignored", str(number), "the failure of this command is passed over")


def _workflow(made: Mapping[Any, Any]) -> Iterator[Row]:
    if "pull_request_target" in made[True]:  # YAML 1.1 takes `on` for a truth value
        yield _row("foreign-code", "on", "pull_request_target runs changes of strangers with the project's rights")
    if made.get("permissions") != {"contents": "read"}:
        yield _row("permissions", "permissions", f"a job may do more than read: {made.get('permissions')}")
    for name, job in made["jobs"].items():
        yield from _job(name, job)
    before = {step.get("run") for job in made["jobs"].values() if not _deploys(job) for step in job["steps"]}
    for check in _CHECKS:
        if check not in before:
            yield _row("unchecked", "jobs", f"nothing runs `{check}` before a deployment")


def _deploys(job: Mapping[str, Any]) -> bool:
    return any(step.get("run") == "make deploy" for step in job["steps"])


def _job(name: str, job: Mapping[str, Any]) -> Iterator[Row]:
    wanted = {"contents": "read", "id-token": "write"} if _deploys(job) else None
    if job.get("permissions") != wanted:
        yield _row("permissions", name, f"the job may do {job.get('permissions')}, and needs {wanted}")
    if _deploys(job):
        yield from _guarded(name, job)
    for step in job["steps"]:
        yield from _step(name, step)


def _guarded(name: str, job: Mapping[str, Any]) -> Iterator[Row]:
    asked = str(job.get("if", ""))
    if _NOT_OF_REQUESTS not in asked or _OF_MAIN not in asked or "||" in asked:
        yield _row("unguarded", name, "what is not on the branch main is deployed")
    if not job.get("needs"):
        yield _row("unchecked", name, "a deployment does not wait for the tests")
    roles = [one for step in job["steps"] if (one := step.get("with", {}).get("role-to-assume"))]
    if not roles:
        yield _row("stored-key", name, "a deployment takes on no role by OIDC")


def _step(job: str, step: Mapping[str, Any]) -> Iterator[Row]:
    uses, script = str(step.get("uses", "./")), str(step.get("run", ""))
    if not _PINNED.search(uses):
        yield _row("unpinned", job, f"{uses} is whatever its owner says later")
    if found := _INSTALLED.search(script):
        yield _row("unpinned", job, f"{found[1]} is whatever version is the newest")
    if _FOREIGN.search(script):
        yield _row("foreign-text", job, f"a stranger's words become part of a command: {script}")
    if step.get("continue-on-error"):
        yield _row("failure-ignored", job, "the failure of a step is passed over")
    if any("secret" in key or "access-key" in key for key in step.get("with", {})):
        yield _row("stored-key", job, "a key that is kept for good is handed over")


def _row(rule: str, place: str, message: str) -> Row:
    return {"rule": rule, "place": place, "message": message}


def environments(paths: list[str], templates: Mapping[str, Path]) -> Said:
    """Hold what environments are deployed with to the parameters of the template; `templates` by the path of a file."""
    for path in paths:
        parameters = json.loads(templates[path].read_text("utf-8")).get("Parameters", {})
        yield path, list(_given(Path(path), parameters))


def _values(file: Path) -> dict[str, str]:
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return {name: value for name, given, value in (line.partition("=") for line in lines if line[:1] != "#") if given}


def _given(file: Path, parameters: Mapping[str, Any]) -> Iterator[Row]:
    values, trial = _values(file), _values(file.with_name(TRIAL)) if file.name == PRODUCTION else {}
    for name, value in values.items():
        known = parameters.get(name)
        if known is None:
            yield _row("no-parameter", file.name, f"the template has no parameter {name}")
        elif "AllowedValues" in known and value not in map(str, known["AllowedValues"]):
            yield _row("not-allowed", file.name, f"{name} may not be {value}")
        elif not re.search(known.get("AllowedPattern", ""), value):
            yield _row("not-allowed", file.name, f"{value} is not what {name} looks like")
        if name in trial and value.isdigit() and trial[name].isdigit() and int(value) < int(trial[name]):
            yield _row("less-than-trial", file.name, f"{name} of production, {value}, is less than that of the trial")
