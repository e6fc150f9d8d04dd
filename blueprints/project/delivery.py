"""How a project is delivered: the values of each environment, and the workflow that checks and deploys it."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from advisor.text import Lang, Text
from blueprints.parameters.entries import EDGE_PARAMETER
from blueprints.parameters.parameter import Parameter
from blueprints.plan import Plan
from blueprints.project.kubernetes.project import ENVIRONMENTS
from blueprints.project.render import one_line, render

#: The command lines that workflows install: the versions with which projects are proven.
SAM_CLI = "1.170.0"
WORKFLOW = ".github/workflows/delivery.yml"
#: The same in every environment, or found by each deployment.
_EVERYWHERE = ("FunctionArchitecture", "TaskArchitecture", "ImageTag", "KubernetesVersion", EDGE_PARAMETER)
#: Parameter -> environment -> its value there, where that is another than its default.
_VALUES = {
    "Environment": {environment: environment for environment in ENVIRONMENTS},
    "LogRetentionDays": {"prod": "365"},
}
_HEAD = Text(
    "What the environment {} is deployed with: Name=value, explained in README.md. Replace the examples.",
    "環境 {} のデプロイに使う値です（Name=value、説明は README.md）。例示の値は置き換えてください。",
)


def environment_files(plan: Plan, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Give `environments/<name>.env` for each environment: the parameters that differ between them."""
    differing = [parameter for parameter in plan.parameters if parameter.id not in _EVERYWHERE]
    for environment in ENVIRONMENTS:
        lines = [f"# {_HEAD.in_(lang).format(environment)}", *(_line(one, environment, lang) for one in differing)]
        yield f"environments/{environment}.env", ("\n".join(lines) + "\n").encode()


def _line(parameter: Parameter, environment: str, lang: Lang) -> str:
    value = _VALUES.get(parameter.id, {}).get(environment, parameter.default)
    return f"# {one_line(parameter.description.in_(lang))}\n{parameter.id}={value}"


def workflow(shared: dict[str, Any]) -> bytes:
    """Return the workflow for GitHub Actions; actions are pinned to the commit of their release."""
    arm = bool(shared["free_images"] or shared["image_functions"]) and not shared["x86"]
    values = {"uses": _actions(), "sam_cli": SAM_CLI, "arm_images": arm, "both": arm and bool(shared["platforms"])}
    return render("files/workflow.yml.j2", {**shared, **values}).encode()


def cdk_cli() -> str:
    """Return the version of the CDK's command line that projects are pinned to."""
    pins = json.loads(files("blueprints.project").joinpath("typescript", "pins.json").read_text("utf-8"))
    groups = (packages for packages in pins.values() if isinstance(packages, dict))
    return next(str(packages["aws-cdk"]) for packages in groups if "aws-cdk" in packages)


def _actions() -> dict[str, str]:
    """Return each action as a workflow names it, with its release as a comment."""
    lines = files("blueprints.project").joinpath("actions.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    return {pin.split("@")[0].split("/")[1]: pin.replace(" ", " # ", 1) for pin in pins}
