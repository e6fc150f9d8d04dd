"""Programs on Kubernetes. The emulator has the cluster's interface and no cluster, so each program runs as a task.

What it is told is what its pod would be told: the manifests of the project, filled in from the stack's outputs and put
together by the real kubectl. What it may do is what its pod's role may do. Scheduling by Kubernetes is not proven.
"""

import json
from collections.abc import Iterator
from typing import Any

import yaml

from advisor.architecture import Node
from prove import tools
from prove.live import arns, images
from prove.traffic.scene import Scene

CLUSTER = "prove-pods"
ENVIRONMENT = "dev"


def start(scene: Scene) -> None:
    """Run every program of a project that Kubernetes would run, and bind its target group."""
    programs = [one for one in scene.plan.programs if one.node.service == "eks"]
    if not programs:
        return
    manifests = list(_manifests(scene))
    scene.client("ecs").create_cluster(clusterName=CLUSTER)
    for program in programs:
        if program.run in ("service", "worker"):
            _bind(scene, program.node, run(scene, program.node, manifests))


def run(scene: Scene, node: Node, manifests: list[dict[str, Any]] | None = None) -> str:
    """Run a program once, with the environment of its pod; return the task."""
    found = manifests if manifests is not None else list(_manifests(scene))
    container = next(one for one in map(_container, found) if one and _is_of(one, node))
    env = _environment(container, found)
    registered = scene.client("ecs").register_task_definition(
        family=_family(scene, node),
        taskRoleArn=arns.role(scene.deployment, node.id),
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
    images.push(scene.deployment.project, node.subject, container["image"])
    task = scene.client("ecs").run_task(cluster=CLUSTER, taskDefinition=registered)["tasks"][0]
    return str(task["taskArn"])


def _manifests(scene: Scene) -> Iterator[dict[str, Any]]:
    overlay = scene.deployment.project.folder / "kubernetes" / "overlays" / ENVIRONMENT
    file = overlay / "outputs.env"
    wanted = [line.split("=", 1)[0] for line in file.read_text("utf-8").splitlines() if "=" in line]
    outputs = scene.deployment.outputs
    file.write_text("".join(f"{name}={outputs[name]}\n" for name in wanted), "utf-8")
    done = tools.run([tools.tool("project", "kubectl"), "kustomize", overlay])
    if done.returncode:
        raise RuntimeError(f"kubectl kustomize: {done.stderr[-800:]}")
    yield from (one for one in yaml.safe_load_all(done.stdout) if one)


def _container(manifest: dict[str, Any]) -> dict[str, Any] | None:
    spec = manifest.get("spec") or {}
    if manifest["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    if manifest["kind"] not in ("Deployment", "CronJob", "Job"):
        return None
    (found,) = spec["template"]["spec"]["containers"]
    return {**found, "of": manifest["metadata"]["name"]}


def _is_of(container: dict[str, Any], node: Node) -> bool:
    return bool(container["of"] == node.subject)


def _environment(container: dict[str, Any], manifests: list[dict[str, Any]]) -> dict[str, str]:
    maps = {one["metadata"]["name"]: one.get("data", {}) for one in manifests if one["kind"] == "ConfigMap"}
    env: dict[str, str] = {}
    for source in container.get("envFrom", ()):
        env.update(maps[source["configMapRef"]["name"]])
    env.update({one["name"]: one["value"] for one in container.get("env", ()) if "value" in one})
    unset = [key for key, value in env.items() if value == "set-by-the-overlay"]
    if unset:
        raise LookupError(f"the overlay does not set {', '.join(unset)}")
    return env


def _bind(scene: Scene, node: Node, task: str) -> None:
    """Do what a TargetGroupBinding does: the pod's address becomes a target."""
    for invoked in scene.architecture.entering(node.id, "invoke"):
        (group,) = (
            one.physical_id for one in scene.deployment.resources
            if one.type == "AWS::ElasticLoadBalancingV2::TargetGroup" and invoked.id in one.edges
        )  # fmt: skip
        address = scene.until(lambda: _address(scene, task))
        if not address:
            raise TimeoutError(f"{node.id} does not start: {json.dumps(_described(scene, task), default=str)[:500]}")
        scene.client("elbv2").register_targets(TargetGroupArn=group, Targets=[{"Id": address, "Port": 8080}])


def _described(scene: Scene, task: str) -> dict[str, Any]:
    return dict(scene.client("ecs").describe_tasks(cluster=CLUSTER, tasks=[task])["tasks"][0])


def _address(scene: Scene, task: str) -> str | None:
    for attached in _described(scene, task).get("attachments", ()):
        for one in attached["details"]:
            if one["name"] == "privateIPv4Address":
                return str(one["value"])
    return None


def tasks(scene: Scene, node: Node) -> list[dict[str, Any]]:
    """Return the tasks that a program runs or ran as."""
    ecs, family = scene.client("ecs"), _family(scene, node)
    arns_ = [
        arn for status in ("RUNNING", "STOPPED")
        for arn in ecs.list_tasks(cluster=CLUSTER, family=family, desiredStatus=status)["taskArns"]
    ]  # fmt: skip
    return list(ecs.describe_tasks(cluster=CLUSTER, tasks=arns_)["tasks"]) if arns_ else []


def ended(scene: Scene, task: str) -> dict[str, Any] | None:
    """Return a task once it has ended."""
    found = _described(scene, task)
    return found if found["lastStatus"] == "STOPPED" else None


def _family(scene: Scene, node: Node) -> str:
    return f"pod-{scene.deployment.stack}-{node.subject}"


def stop(scene: Scene) -> None:
    """End what was started."""
    for program in scene.plan.programs:
        if program.node.service == "eks":
            for task in tasks(scene, program.node):
                if task["lastStatus"] != "STOPPED":
                    scene.client("ecs").stop_task(cluster=CLUSTER, task=task["taskArn"])
