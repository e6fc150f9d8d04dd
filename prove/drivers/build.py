"""`sam build` over many projects, the real command in one process: jobs are [[project, output]…].

Each line is a project and what the command said when it failed, or null.
"""

import json
import sys
from pathlib import Path

from click.testing import CliRunner
from samcli.cli.main import cli


def built(project: str, output: str) -> str | None:
    """Build a project into a folder; what went wrong."""
    template = str(Path(project) / "template.yaml")
    done = CliRunner().invoke(cli, ["build", "--template-file", template, "--build-dir", output])
    return f"{done.output}\n{done.exception or ''}"[-3000:] if done.exit_code else None


if __name__ == "__main__":
    for folder, made in json.load(sys.stdin):
        print(json.dumps([folder, built(folder, made)]), flush=True)
