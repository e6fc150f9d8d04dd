"""Programs on Kubernetes. The emulator has the cluster's interface and no cluster, so each program runs as a task.

Its environment is that of its pod: the manifests of the project, with the stack's outputs, built by the real kubectl.
Its role is the role of the pod. Scheduling by Kubernetes is not proven.
"""

import json
from collections.abc import Iterator
from typing import Any

import yaml

from advisor.architecture import Node
from prove import tools
from prove.live import arns, images
from prove.traffic.session import Session

CLUSTER = "prove-pods"
ENVIRONMENT = "dev"


def start(session: Session) -> None:
    """Run every program of a project that Kubernetes would run, and bind its target group."""
    programs = [program for program in session.plan.programs if program.node.service == "eks"]
    if not programs:
        return
    manifests = list(_manifests(session))
    session.client("ecs").create_cluster(clusterName=CLUSTER)
    for program in programs:
        if program.run in ("service", "worker"):
            _bind(session, program.node, run(session, program.node, manifests))


def run(session: Session, node: Node, manifests: list[dict[str, Any]] | None = None) -> str:
    """Run a program once, with the environment of its pod; return the task."""
    resources = manifests if manifests is not None else list(_manifests(session))
    container = next(
        container_ for container_ in map(_container, resources) if container_ and _runs_node(container_, node)
    )
    env = _environment(container, resources)
    registered = session.client("ecs").register_task_definition(
        family=_family(session, node),
        taskRoleArn=arns.role(session.deployment, node.id),
        networkMode="awsvpc",
        containerDefinitions=[
            {
                "name": "app",
                "image": container["image"],
                "essential": True,
                "environment": [{"name": key, "value": value} for key, value in env.items()],
            }
        ],
    )["taskDefinition"]["taskDefinitionArn"]
    images.push(session.deployment.project, node.subject, container["image"])
    task = session.client("ecs").run_task(cluster=CLUSTER, taskDefinition=registered)["tasks"][0]
    return str(task["taskArn"])


def _manifests(session: Session) -> Iterator[dict[str, Any]]:
    overlay = session.deployment.project.folder / "kubernetes" / "overlays" / ENVIRONMENT
    file = overlay / "outputs.env"
    names = [line.split("=", 1)[0] for line in file.read_text("utf-8").splitlines() if "=" in line]
    outputs = {**session.deployment.outputs, "ImageTag": "released"}
    file.write_text("".join(f"{name}={outputs[name]}\n" for name in names), "utf-8")
    done = tools.run([tools.tool("project", "kubectl"), "kustomize", overlay])
    if done.returncode:
        raise RuntimeError(f"kubectl kustomize: {done.stderr[-800:]}")
    yield from (manifest for manifest in yaml.safe_load_all(done.stdout) if manifest)


def _container(manifest: dict[str, Any]) -> dict[str, Any] | None:
    spec = manifest.get("spec") or {}
    if manifest["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    if manifest["kind"] not in ("Deployment", "CronJob", "Job"):
        return None
    (container,) = spec["template"]["spec"]["containers"]
    return {**container, "of": manifest["metadata"]["name"]}


def _runs_node(container: dict[str, Any], node: Node) -> bool:
    return bool(container["of"] == node.subject)


def _environment(container: dict[str, Any], manifests: list[dict[str, Any]]) -> dict[str, str]:
    maps = {
        manifest["metadata"]["name"]: manifest.get("data", {})
        for manifest in manifests
        if manifest["kind"] == "ConfigMap"
    }
    env: dict[str, str] = {}
    for source in container.get("envFrom", ()):
        env.update(maps[source["configMapRef"]["name"]])
    env.update({variable["name"]: variable["value"] for variable in container.get("env", ()) if "value" in variable})
    unset = [key for key, value in env.items() if value == "set-by-the-overlay"]
    if unset:
        raise LookupError(f"the overlay does not set {', '.join(unset)}")
    return env


def _bind(session: Session, node: Node, task: str) -> None:
    """Register the pod's address as a target, as a TargetGroupBinding does."""
    for invoked in session.architecture.entering(node.id, "invoke"):
        (group,) = (
            resource.physical_id for resource in session.deployment.resources
            if resource.type == "AWS::ElasticLoadBalancingV2::TargetGroup" and invoked.id in resource.edges
        )  # fmt: skip
        address = session.wait_for(lambda: _address(session, task))
        if not address:
            raise TimeoutError(
                f"{node.id} does not start: {json.dumps(_task_description(session, task), default=str)[:500]}"
            )
        session.client("elbv2").register_targets(TargetGroupArn=group, Targets=[{"Id": address, "Port": 8080}])


def _task_description(session: Session, task: str) -> dict[str, Any]:
    return dict(session.client("ecs").describe_tasks(cluster=CLUSTER, tasks=[task])["tasks"][0])


def _address(session: Session, task: str) -> str | None:
    for attachment in _task_description(session, task).get("attachments", ()):
        for detail in attachment["details"]:
            if detail["name"] == "privateIPv4Address":
                return str(detail["value"])
    return None


def tasks(session: Session, node: Node) -> list[dict[str, Any]]:
    """Return the running and stopped tasks of a program."""
    ecs, family = session.client("ecs"), _family(session, node)
    arns_ = [
        arn for status in ("RUNNING", "STOPPED")
        for arn in ecs.list_tasks(cluster=CLUSTER, family=family, desiredStatus=status)["taskArns"]
    ]  # fmt: skip
    return list(ecs.describe_tasks(cluster=CLUSTER, tasks=arns_)["tasks"]) if arns_ else []


def ended(session: Session, task: str) -> dict[str, Any] | None:
    """Return a task once it has ended."""
    description = _task_description(session, task)
    return description if description["lastStatus"] == "STOPPED" else None


def _family(session: Session, node: Node) -> str:
    return f"pod-{session.deployment.stack}-{node.subject}"


def stop(session: Session) -> None:
    """Stop the running tasks."""
    for program in session.plan.programs:
        if program.node.service == "eks":
            for task in tasks(session, program.node):
                if task["lastStatus"] != "STOPPED":
                    session.client("ecs").stop_task(cluster=CLUSTER, task=task["taskArn"])
