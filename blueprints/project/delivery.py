"""Delivery of a project: the values of each environment, and the workflows that check and deploy it."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from advisor.text import Lang, Text
from blueprints.parameters.deployment import IMAGE_TAG
from blueprints.parameters.entries import EDGE_PARAMETER
from blueprints.parameters.parameter import Parameter
from blueprints.plan import Plan
from blueprints.project.kubernetes.project import ENVIRONMENTS
from blueprints.project.render import one_line, render

#: The command lines that workflows install: the versions with which projects are proven.
SAM_CLI = "1.170.0"
#: What `make lock` resolves Python packages with.
UV = "0.13.9"
#: The Helm charts of what runs in a cluster besides the programs: the versions of https://github.com/kedacore/charts
#: and https://github.com/aws/eks-charts (read 2026-11-28).
CHARTS = {"keda": "2.20.2", "controller": "3.5.0"}
WORKFLOW = ".github/workflows/delivery.yml"
#: The deployment of one environment, which the other calls.
DEPLOYMENT = ".github/workflows/deploy.yml"
#: Parameters that `make deploy` finds by itself, and those that are the same in every environment.
GIVEN = (IMAGE_TAG.id, EDGE_PARAMETER)
_EVERYWHERE = (*GIVEN, "FunctionArchitecture", "TaskArchitecture", "KubernetesVersion")
#: Parameter -> environment -> its value there, where that is another than its default.
_VALUES = {
    "Environment": {environment: environment for environment in ENVIRONMENTS},
    "LogRetentionDays": {"prod": "365"},
    "UnaddressedMail": {"dev": "simulate", "staging": "simulate"},
    "OtherSystemCheck": {"dev": "simulate", "staging": "simulate"},
}
_HEAD = Text(
    "Parameter values of the environment {}, as Name=value; see README.md. Set each parameter that has no value.",
    "環境 {} のパラメータの値です（Name=value の形式。説明は README.md）。値のないパラメータには値を設定してください。",
)
_SUCH_AS = Text(", such as {}", "（例: {}）")


def environment_files(plan: Plan, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Yield `environments/<name>.env` for each environment: the parameters that differ between them."""
    differing = [parameter for parameter in plan.parameters if parameter.id not in _EVERYWHERE]
    for environment in ENVIRONMENTS:
        lines = [f"# {_HEAD.in_(lang).format(environment)}", *(_line(one, environment, lang) for one in differing)]
        yield f"environments/{environment}.env", ("\n".join(lines) + "\n").encode()


def _line(parameter: Parameter, environment: str, lang: Lang) -> str:
    value = _VALUES.get(parameter.id, {}).get(environment, parameter.default)
    such = "" if value else _SUCH_AS.in_(lang).format(parameter.example)
    return f"# {one_line(parameter.description.in_(lang))}{such}\n{parameter.id}={value}"


def workflows(shared: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield the workflows for GitHub Actions; actions are pinned to the commit of their release."""
    arm = bool(shared["free_images"] or shared["image_functions"]) and not shared["x86"]
    image = "ubuntu-24.04-arm" if arm else "ubuntu-24.04"
    # A cluster's API server lets in one network, and Windows images are built on Windows alone.
    elsewhere = shared["kubernetes"] or "windows/amd64" in shared["platforms"].values()
    values = {
        "uses": _actions(),
        "sam_cli": SAM_CLI,
        "runner": f"${{{{ vars.RUNNER || '{image}' }}}}" if elsewhere else image,
        "both": arm and bool(shared["platforms"]),
        "environments": ENVIRONMENTS,
    }
    for path in (WORKFLOW, DEPLOYMENT):
        name = path.rsplit("/", 1)[-1]
        yield path, render(f"files/{name}.j2", {**shared, **values}).encode()


def _actions() -> dict[str, str]:
    """Return each action as a workflow names it, with its release as a comment."""
    lines = files("blueprints.project").joinpath("actions.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    return {pin.split("@")[0].split("/")[1]: pin.replace(" ", " # ", 1) for pin in pins}
