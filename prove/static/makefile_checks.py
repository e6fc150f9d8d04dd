"""Checks of a project's Makefile, on the commands and arguments that `make --dry-run` prints."""

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from prove.static.linters import RowsByPath
from prove.static.reports import Row
from prove.tools import run

#: Variables that are set for the dry run, to check which arguments they become.
_NAMED = {"STACK": "stack-1", "ENVIRONMENT": "prod", "OWNER": "owner-1", "COST_CENTRE": "centre-1"}
_TAGS = ("environment=prod", "owner=owner-1")
#: The arguments by which each tool sets the name and the tags of the stack.
_WORDS = {
    "sam": ("--stack-name stack-1", *_TAGS, "cost-centre=centre-1"),
    "cdk": ("stackName=stack-1", *_TAGS, "costCentre=centre-1"),
}
_DEPLOYS = re.compile(r"\b(sam|cdk) deploy (.*?)(?= && | ; |$)", re.MULTILINE)
_TESTS = re.compile(r"(\S*python\S* -m pytest|npm test)")
_VERIFIES = re.compile(r"STACK_NAME=stack-1 READ_ONLY=(1?) \S*python\S* -m pytest integration")
_ROLES = re.compile(r"Type: AWS::(IAM::Role|Serverless::Function)\b")


def makefiles(paths: list[str]) -> RowsByPath:
    """Check the commands of Makefiles: name, tags and parameters of the stack, and that every test runs."""
    for path in paths:
        yield path, list(_checked(Path(path).parent))


def stack_tags(project: Path) -> Mapping[str, str]:
    """Return the tags that `make deploy` of a SAM project gives its stack by default."""
    if not (project / "Makefile").exists():
        return {}
    deployment = _deployment(_commands(project, {}, "deploy") or "")
    if deployment is None or "--tags" not in deployment[1]:
        return {}
    words = deployment[1][deployment[1].index("--tags") + 1 :]
    end = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
    return dict(word.partition("=")[::2] for word in words[:end])


def _commands(project: Path, named: Mapping[str, str], *targets: str) -> str | None:
    """Return the commands of targets, or None if the dry run fails."""
    assignments = [f"{name}={value}" for name, value in named.items()]
    done = run(["make", "--dry-run", "--no-print-directory", *targets, *assignments], cwd=project)
    return done.stdout if not done.returncode else None


def _deployment(commands: str) -> tuple[str, list[str]] | None:
    match = _DEPLOYS.search(commands)
    return (match[1], shlex.split(match[2])) if match else None


def _checked(project: Path) -> Iterator[Row]:
    commands = _commands(project, _NAMED, "deploy", "test", "verify")
    if commands is None:
        yield _row("broken", "", "make cannot say what it would run")
        return
    lines = commands.splitlines()
    if not any(map(_TESTS.fullmatch, lines)):
        yield _row("narrowed", "test", "not every test of the project is run")
    staged = (_commands(project, {**_NAMED, "ENVIRONMENT": "staging"}, "verify") or "").splitlines()
    if _read_only(staged) != [""] or not _read_only(lines):
        yield _row(
            "narrowed", "verify", "not every test of the deployed stack is run, or not on the stack that is named"
        )
    elif _read_only(lines) != ["1"]:
        yield _row("writes", "verify", "tests that write data run in production")
    deployment = _deployment(commands)
    if deployment is None:
        yield _row("no-deployment", "deploy", "nothing is deployed")
    else:
        yield from _deployed(project, *deployment)


def _read_only(lines: list[str]) -> list[str]:
    """Return what the tests of the deployed stack are told about writing, for each command that runs all of them."""
    return [match[1] for line in lines if (match := _VERIFIES.fullmatch(line))]


def _deployed(project: Path, tool: str, words: list[str]) -> Iterator[Row]:
    text = " ".join(words)
    for word in (*_WORDS[tool], *_parameters(project)):
        if word not in text:
            yield _row("untold", "deploy", f"the deployment is not told {word}")
    template = project / "template.yaml"
    if tool == "sam" and _ROLES.search(template.read_text("utf-8")):
        named = words[words.index("--capabilities") + 1 :] if "--capabilities" in words else []
        if not named or named[0] not in ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"):
            yield _row("capability", "deploy", "CloudFormation makes no role without CAPABILITY_IAM")


def _parameters(project: Path) -> list[str]:
    """Return the parameter values of the production environment."""
    file = project / "environments" / f"{_NAMED['ENVIRONMENT']}.env"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [line for line in lines if line[:1].isalpha()]


def _row(rule: str, place: str, message: str) -> Row:
    return {"rule": rule, "place": place, "message": message}
