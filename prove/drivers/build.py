"""`sam build` over many projects, the real command in one process: {"architecture": …, "apps": [[project, output]…]}.

Each line is a project and the output of the command when it failed, or null.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from samcli.cli.main import cli

PARAMETER = "FunctionArchitecture"


def built(project: str, output: str, architecture: str) -> str | None:
    """Build a project into a folder; return the error output, or None."""
    template = Path(project) / "template.yaml"
    words = ["build", "--template-file", str(template), "--build-dir", output]
    if f"{PARAMETER}:" in template.read_text("utf-8"):
        words += ["--parameter-overrides", f"{PARAMETER}={architecture}"]
    done = CliRunner().invoke(cli, words)
    return f"{done.output}\n{done.exception or ''}"[-3000:] if done.exit_code else None


def answers(jobs: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Build every project."""
    for folder, output in jobs["apps"]:
        yield folder, built(folder, output, jobs["architecture"])
