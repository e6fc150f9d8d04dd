"""Checks of the deployment workflow and the Makefile of a project, which no linter of a template does."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from prove.static.linters import RowsByPath
from prove.static.reports import Row

_PINNED = re.compile(r"^\./|@[0-9a-f]{40}$")
#: Untrusted text in a script: a branch name or a title may contain commands.
_FOREIGN = re.compile(r"\$\{\{\s*github\.(head_ref|event\.)")
_INSTALLED = re.compile(r"pipx install (?!\S+==\d)(\S+)")
#: A condition that no pull request meets.
_NOT_OF_REQUESTS = re.compile(r"github\.event_name (!= 'pull_request'|== '(push|workflow_dispatch)')")
#: The workflow that deploys one environment, as the jobs of another call it.
_CALLED = "./.github/workflows/deploy.yml"
_CHECKS = ("make lint", "make test", "make validate")
_OF_MAIN = "github.ref == 'refs/heads/main'"
_IGNORED = re.compile(r"^\t(-|.*\|\|\s*(true|:)\s*$)")
_TARGET = re.compile(r"^([a-z]+):")
#: Environments: no value of the first may be smaller than that of the second.
PRODUCTION, TRIAL = "prod.env", "dev.env"
#: The target that deletes resources, which may be gone already.
_CLEANING = "delete"


def workflows(paths: list[str]) -> RowsByPath:
    """Check that workflows pin actions, have least privilege, store no key, and run the tests before a deployment."""
    for path in paths:
        yield path, list(_workflow(yaml.safe_load(Path(path).read_text("utf-8"))))


def makefiles(paths: list[str]) -> RowsByPath:
    """Check that the recipes of Makefiles ignore no failure."""
    for path in paths:
        yield path, list(_makefile(Path(path).read_text("utf-8").splitlines()))


def _makefile(lines: Sequence[str]) -> Iterator[Row]:
    target = ""
    for number, line in enumerate(lines, 1):
        target = match[1] if (match := _TARGET.match(line)) else target
        if _IGNORED.match(line) and target != _CLEANING:
            yield _row("failure-ignored", str(number), "the failure of this command is passed over")


def _workflow(workflow: Mapping[Any, Any]) -> Iterator[Row]:
    triggers = workflow[True]  # YAML 1.1 takes `on` for a truth value
    if "pull_request_target" in triggers:
        yield _row("foreign-code", "on", "pull_request_target runs changes of strangers with the project's rights")
    if workflow.get("permissions") != {"contents": "read"}:
        yield _row("permissions", "permissions", f"a job may do more than read: {workflow.get('permissions')}")
    called = list(triggers) == ["workflow_call"]
    for name, job in workflow["jobs"].items():
        yield from _job(name, job, called=called)
    before = {step.get("run") for job in workflow["jobs"].values() if not _deploys(job) for step in job["steps"]}
    for check in () if called else _CHECKS:
        if check not in before:
            yield _row("unchecked", "jobs", f"nothing runs `{check}` before a deployment")


def _deploys(job: Mapping[str, Any]) -> bool:
    return job.get("uses") == _CALLED or any(step.get("run") == "make deploy" for step in job.get("steps", ()))


def _job(name: str, job: Mapping[str, Any], *, called: bool) -> Iterator[Row]:
    required = {"contents": "read", "id-token": "write"} if _deploys(job) else None
    if job.get("permissions") != required:
        yield _row("permissions", name, f"the job may do {job.get('permissions')}, and needs {required}")
    if _deploys(job) and not called:
        yield from _guarded(name, job)
    if _deploys(job) and "steps" in job and not any(map(_role, job["steps"])):
        yield _row("stored-key", name, "a deployment takes on no role by OIDC")
    for step in job.get("steps", [job]):
        yield from _step(name, step)


def _role(step: Mapping[str, Any]) -> bool:
    return bool(step.get("with", {}).get("role-to-assume"))


def _guarded(name: str, job: Mapping[str, Any]) -> Iterator[Row]:
    condition = str(job.get("if", ""))
    if not _NOT_OF_REQUESTS.search(condition) or _OF_MAIN not in condition or "||" in condition:
        yield _row("unguarded", name, "what is not on the branch main is deployed")
    if not job.get("needs"):
        yield _row("unchecked", name, "a deployment does not wait for the tests")


def _step(job: str, step: Mapping[str, Any]) -> Iterator[Row]:
    uses, script = str(step.get("uses", "./")), str(step.get("run", ""))
    if not _PINNED.search(uses):
        yield _row("unpinned", job, f"{uses} is whatever its owner says later")
    if match := _INSTALLED.search(script):
        yield _row("unpinned", job, f"{match[1]} is whatever version is the newest")
    if _FOREIGN.search(script):
        yield _row("foreign-text", job, f"a stranger's words become part of a command: {script}")
    if step.get("continue-on-error"):
        yield _row("failure-ignored", job, "the failure of a step is passed over")
    if any("secret" in key or "access-key" in key for key in step.get("with", {})):
        yield _row("stored-key", job, "a key that is kept for good is handed over")


def _row(rule: str, place: str, message: str) -> Row:
    return {"rule": rule, "place": place, "message": message}


def environments(paths: list[str], templates: Mapping[str, Path]) -> RowsByPath:
    """Check the parameter values of environments against the template; `templates` are by the path of a file."""
    for path in paths:
        parameters = json.loads(templates[path].read_text("utf-8")).get("Parameters", {})
        yield path, [*_environment(Path(path), parameters), *_unasked(Path(path), parameters)]


def _unasked(file: Path, parameters: Mapping[str, Any]) -> Iterator[Row]:
    """Check that an environment or the Makefile gives each parameter that has no default."""
    values, makefile = values_of(file), file.parents[1] / "Makefile"
    recipes = makefile.read_text("utf-8") if makefile.exists() else ""
    for name, parameter in parameters.items():
        if "Default" not in parameter and name not in values and f"{name}=" not in recipes:
            yield _row("not-asked", file.name, f"nothing gives {name}, which has no default")


def values_of(file: Path) -> dict[str, str]:
    """Return the parameter values of an environment's file."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return {
        name: value
        for name, separator, value in (line.partition("=") for line in lines if line[:1] != "#")
        if separator
    }


def _environment(file: Path, parameters: Mapping[str, Any]) -> Iterator[Row]:
    values, trial = values_of(file), values_of(file.with_name(TRIAL)) if file.name == PRODUCTION else {}
    for name, value in values.items():
        parameter = parameters.get(name)
        if parameter is None:
            yield _row("no-parameter", file.name, f"the template has no parameter {name}")
        elif not value and "Default" not in parameter:
            continue  # `make deploy` refuses it until somebody fills it in.
        elif "AllowedValues" in parameter and value not in map(str, parameter["AllowedValues"]):
            yield _row("not-allowed", file.name, f"{name} may not be {value}")
        elif not re.search(parameter.get("AllowedPattern", ""), value):
            yield _row("not-allowed", file.name, f"{value} is not what {name} looks like")
        if name in trial and value.isdigit() and trial[name].isdigit() and int(value) < int(trial[name]):
            yield _row("less-than-trial", file.name, f"{name} of production, {value}, is less than that of the trial")
