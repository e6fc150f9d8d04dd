"""What a project's Makefile would run, read from what `make --dry-run` says: the commands with all that they are given."""

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from prove.static.linters import Said
from prove.static.reports import Row
from prove.tools import run

#: What a deployment is told by hand here, so that it can be seen where it ends up.
_NAMED = {"STACK": "stack-1", "ENVIRONMENT": "prod", "OWNER": "owner-1", "COST_CENTRE": "centre-1"}
_TOLD = ("environment=prod", "owner=owner-1")
#: How each tool is told whose the stack is and what it is called.
_WORDS = {
    "sam": ("--stack-name stack-1", *_TOLD, "cost-centre=centre-1"),
    "cdk": ("stackName=stack-1", *_TOLD, "costCentre=centre-1"),
}
_DEPLOYS = re.compile(r"\b(sam|cdk) deploy (.*?)(?= && | ; |$)", re.MULTILINE)
_TESTS = re.compile(r"(\S*python\S* -m pytest|npm test)")
_VERIFIES = re.compile(r"STACK_NAME=stack-1 \S*python\S* -m pytest integration")
_ROLES = re.compile(r"Type: AWS::(IAM::Role|Serverless::Function)\b")


def makefiles(paths: list[str]) -> Said:
    """Hold the commands of Makefiles to all that they have to be told: whose stack, its parameters, every test."""
    for path in paths:
        yield path, list(_told(Path(path).parent))


def stack_tags(project: Path) -> Mapping[str, str]:
    """Return the tags that `make deploy` of a SAM project gives its stack when nobody says anything else."""
    if not (project / "Makefile").exists():
        return {}
    found = _deployment(_commands(project, {}, "deploy") or "")
    if found is None or "--tags" not in found[1]:
        return {}
    words = found[1][found[1].index("--tags") + 1 :]
    end = next((at for at, word in enumerate(words) if word.startswith("--")), len(words))
    return dict(word.partition("=")[::2] for word in words[:end])


def _commands(project: Path, named: Mapping[str, str], *targets: str) -> str | None:
    """Return the commands of targets; None where make cannot say them."""
    given = [f"{name}={value}" for name, value in named.items()]
    done = run(["make", "--dry-run", "--no-print-directory", *targets, *given], cwd=project)
    return done.stdout if not done.returncode else None


def _deployment(commands: str) -> tuple[str, list[str]] | None:
    found = _DEPLOYS.search(commands)
    return (found[1], shlex.split(found[2])) if found else None


def _told(project: Path) -> Iterator[Row]:
    said = _commands(project, _NAMED, "deploy", "test", "verify")
    if said is None:
        yield _row("broken", "", "make cannot say what it would run")
        return
    lines = said.splitlines()
    if not any(map(_TESTS.fullmatch, lines)):
        yield _row("narrowed", "test", "not every test of the project is run")
    if not any(map(_VERIFIES.fullmatch, lines)):
        yield _row(
            "narrowed", "verify", "not every test of the deployed stack is run, or not on the stack that is named"
        )
    found = _deployment(said)
    if found is None:
        yield _row("no-deployment", "deploy", "nothing is deployed")
    else:
        yield from _deployed(project, *found)


def _deployed(project: Path, tool: str, words: list[str]) -> Iterator[Row]:
    text = " ".join(words)
    for wanted in (*_WORDS[tool], *_parameters(project)):
        if wanted not in text:
            yield _row("untold", "deploy", f"the deployment is not told {wanted}")
    template = project / "template.yaml"
    if tool == "sam" and _ROLES.search(template.read_text("utf-8")):
        named = words[words.index("--capabilities") + 1 :] if "--capabilities" in words else []
        if not named or named[0] not in ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"):
            yield _row("capability", "deploy", "CloudFormation makes no role without CAPABILITY_IAM")


def _parameters(project: Path) -> list[str]:
    """Return what production is to be deployed with."""
    file = project / "environments" / f"{_NAMED['ENVIRONMENT']}.env"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [line for line in lines if line[:1].isalpha()]


def _row(rule: str, place: str, message: str) -> Row:
    return {"rule": rule, "place": place, "message": message}
