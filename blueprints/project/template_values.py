"""The values that project templates share: images, databases, additional deployments, and commands."""

import math
from collections.abc import Mapping
from typing import Any

from advisor.architecture import Node
from advisor.design import Design
from advisor.text import Lang
from blueprints.cdk.app import stack_id
from blueprints.parameters.data import PEER_CLUSTER
from blueprints.parameters.deployment import IMAGE_TAG
from blueprints.parameters.entries import EDGE_PARAMETER, EDGE_REGION
from blueprints.plan import NAMESPACE, Plan, region_of, tags
from blueprints.plan.deployment_parameters import own_balancers
from blueprints.project.account import ACCOUNT_TEMPLATE, logs_by_account
from blueprints.project.delivery import CHARTS, UV
from blueprints.project.kubernetes import by_ingress
from blueprints.project.migrations import migration_values
from blueprints.project.programs.authorizer_functions import checks
from blueprints.project.programs.code import Code
from blueprints.project.site import site_values
from blueprints.project.testing.integration_cases import LEAST_WAIT_S, wait_s
from blueprints.traits import batch, eks, traits_of
from blueprints.traits.ec2 import windows, x86_only
from blueprints.traits.waf import EDGE_OUTPUT, EDGE_TEMPLATE, at_the_edge

TYPESCRIPT = "cdk-typescript"
#: What is deployed to another Region first: the words of its commands.
EDGE = {"region": EDGE_REGION, "template": EDGE_TEMPLATE, "output": EDGE_OUTPUT, "parameter": EDGE_PARAMETER}
#: The time limit of a release whose runs are short, and that of the runners of GitHub for a job.
RELEASE_MINUTES, MOST_MINUTES = 60, 360
#: Value of a template -> the steps of `scripts/stack.py` that it takes.
_STEPS = {
    "site": ("site",),
    "migrations": ("migrate", "prepare"),
    "kubernetes": ("manifests",),
    "images": ("images", "push"),
    "protected": ("deletable",),
}


def template_values(plan: Plan, programs: tuple[Code, ...], target: str, lang: Lang) -> dict[str, Any]:
    """Return the template values of files other than programs."""
    migrations = migration_values(plan, programs)
    migrating = [database.folder for database in migrations["invoked"]]
    values: dict[str, Any] = {
        "lang": lang,
        "target": target,
        "typescript": target == TYPESCRIPT,
        "sockets": any(program.entry_point.shell == "lambda_websocket" for program in programs),
        "stack": stack_name(plan.design, plan, target),
        **_pods(programs),
        "ingress": any(traits_of(program.plan.node.service).pods and by_ingress(program) for program in programs),
        "controller": eks.engine_of(plan.architecture) if eks.controlled(plan.architecture) else "",
        "scaler": eks.engine_of(plan.architecture) if eks.scaled_queues(plan.architecture) else "",
        "site": site_values(plan),
        "account_template": ACCOUNT_TEMPLATE if logs_by_account(plan) else "",
        "approvals": plan.approvals,
        "edge": EDGE if any(at_the_edge(plan.architecture)) else None,
        "release_minutes": _release_minutes(programs),
        "tags": tags.fixed(plan.design),
        "uv": UV,
        "charts": CHARTS,
        "region": region_of(plan.design),
        **_parameters(plan),
        **_images(plan, programs),
        **migrations,
        **_locks(plan, programs, migrating, target),
    }
    values["helm"] = values["own_cluster"] and bool(values["scaler"] or values["controller"])
    values["protected"] = values["protected"] or bool(own_balancers(plan.architecture))
    values["steps"] = ", ".join(
        f'"{step}": {step}' for value, steps in _STEPS.items() if values[value] for step in steps
    )
    values["script"] = bool(values["steps"])
    has_programs = bool(programs or plan.authorizers or plan.approvals)
    values["tested"] = has_programs or values["script"] or target.startswith("cdk")
    values["folders"] = _folders(values, programs=has_programs)
    values["deploy_command"] = _deploy_command(values)
    return values


def _release_minutes(programs: tuple[Code, ...]) -> int:
    """Return the time limit of a release, in which the tests of the deployed stack wait for the longest run."""
    return min(MOST_MINUTES, RELEASE_MINUTES + math.ceil((wait_s(programs) - LEAST_WAIT_S) / 60))


def _locks(plan: Plan, programs: tuple[Code, ...], migrating: list[str], target: str) -> dict[str, Any]:
    """Return the files in which a release names each package and each base image exactly.

    `migrating` are the folders of functions that apply migrations.
    """
    images = [program.folder for program in programs if program.plan.kind in ("container", "image-function")]
    dockerfiles = [f"{folder}/Dockerfile" for folder in images]
    if target == TYPESCRIPT:
        return {"dockerfiles": dockerfiles, "npm_folders": [".", *images], "hashed": ["integration/requirements.txt"]}
    asked = [plan.approvals.directory] if plan.approvals else []
    folders = [*(program.folder for program in programs), *(check.folder for check in checks(plan)), *migrating, *asked]
    files = [
        "requirements-dev.txt",
        *(["requirements.txt"] * target.startswith("cdk")),
        *(f"{folder}/requirements.txt" for folder in folders),
    ]
    return {"dockerfiles": dockerfiles, "npm_folders": ["."] * target.startswith("cdk"), "hashed": files}


def _pods(programs: tuple[Code, ...]) -> dict[str, Any]:
    """Return the Kubernetes programs by the way in which a release updates them."""
    pods = [program for program in programs if traits_of(program.plan.node.service).pods]
    return {
        "kubernetes": bool(pods),
        "namespace": NAMESPACE,
        "deployments": [program.id for program in pods if program.plan.run in ("service", "worker")],
        "single_jobs": [program.id for program in pods if program.plan.run == "job"],
    }


def _parameters(plan: Plan) -> dict[str, bool | str]:
    """Return the deployment parameters that commands depend on; `paired` is the one that stands for no peer cluster."""
    ids = {parameter.id for parameter in plan.parameters}
    return {
        "architecture": "TaskArchitecture" in ids,
        "function_architecture": "FunctionArchitecture" in ids,
        "paired": PEER_CLUSTER.default if PEER_CLUSTER.id in ids else "",
        "own_cluster": "KubernetesVersion" in ids,
        "staged": "Environment" in ids,
        "tagged": IMAGE_TAG.id in ids,
    }


def _images(plan: Plan, programs: tuple[Code, ...]) -> dict[str, Any]:
    """Return the programs that are built as images, their repositories, and the platforms of those that have one only."""
    images = [program.id for program in programs if program.plan.kind == "container"]
    platforms = {program.id: _platform(program.plan.node) for program in programs if x86_only(program.plan.node)}
    return {
        "images": images,
        "x86": any(batch.on_batch_hosts(node) for node in plan.architecture.nodes),
        "platforms": platforms,
        "free_images": [id for id in images if id not in platforms],
        "repositories": {program.id: program.plan.repository for program in programs if program.id in images},
        "web_servers": [f"`{program.folder}`" for program in programs if program.entry_point.adapted],
        "image_functions": any(program.plan.kind == "image-function" for program in programs),
    }


def _platform(node: Node) -> str:
    """Return the one platform that an image can be built for."""
    return f"{'windows' if windows(node) else 'linux'}/amd64"


def _folders(values: Mapping[str, Any], *, programs: bool) -> str:
    """Return the folders with Python code, for the commands that check it."""
    present = {"src/*/": programs, "tests/": values["tested"], "integration/": True, "scripts/": values["script"]}
    present |= {"migrations/*/": bool(values["invoked"])}
    return " ".join(folder for folder, there in present.items() if there)


def stack_name(design: Design, plan: Plan, target: str) -> str:
    """Return the default stack name of a project."""
    return stack_id(plan) if target.startswith("cdk") else tags.application(design)


def _deploy_command(values: Mapping[str, Any]) -> str:
    if values["target"].startswith("cdk"):
        context = " ".join(f'-c {name}="$({variable})"' for variable, name, _ in tags.ASKED.values())
        parameters = "$(addprefix --parameters ,$(GIVEN))"
        built = "$(ARCHITECTURE) " if values["function_architecture"] else ""
        return f'cdk deploy --require-approval never -c stackName="$(STACK)" {context} {built}{parameters}'
    images = " --resolve-image-repos" if values["image_functions"] else ""
    return (
        f"sam deploy --stack-name $(STACK) --resolve-s3{images} --capabilities CAPABILITY_IAM "
        f"--no-fail-on-empty-changeset --tags $(TAGS) --parameter-overrides $(GIVEN)"
    )
