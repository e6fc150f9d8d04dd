"""Containers: their image is pulled, what they say is kept, and work of their own accord is done."""

from typing import Any

from advisor.architecture import Edge
from blueprints.plan import Program
from prove.traffic import messages, pods, stores, workflows
from prove.traffic.scene import Scene

SERVICE = "AWS::ECS::Service"
PATIENCE_S = 30


def pulled(scene: Scene, edge: Edge) -> None:
    """A program runs from the image at the address of its repository: nothing else is known at that address."""
    if scene.node(edge.source).service == "eks":
        started = scene.until(lambda: _ran(scene, pods.tasks(scene, scene.node(edge.source))), PATIENCE_S)
        scene.check(edge, bool(started), "the image that was pushed there runs with the environment of its pod")
    elif _service(scene, edge.source):
        running = scene.until(lambda: _running(scene, edge.source) or None, PATIENCE_S)
        scene.check(edge, bool(running), "the image that was pushed there runs")


def _ran(scene: Scene, tasks: list[dict[str, Any]]) -> bool | None:
    return (
        any(one["lastStatus"] in ("RUNNING", "STOPPED") and one["containers"][0].get("runtimeId") for one in tasks)
        or None
    )


def _service(scene: Scene, node: str) -> str | None:
    found = [one.physical_id for one in scene.deployment.resources if one.node == node and one.type == SERVICE]
    return found[0] if found else None


def _running(scene: Scene, node: str) -> int:
    """Return how many tasks of a service run."""
    service = _service(scene, node) or ""
    (cluster,) = (one.physical_id for one in scene.deployment.resources if one.type == "AWS::ECS::Cluster")
    found = scene.client("ecs").describe_services(cluster=cluster, services=[service.rsplit("/", 1)[-1]])["services"]
    return int(found[0]["runningCount"]) if found else 0


def observed(scene: Scene, edge: Edge) -> None:
    """What a program says is in its log group."""
    if scene.node(edge.source).service == "eks":
        scene.leave_out(edge, "an add-on inside the cluster collects the logs, and there is no cluster")
    elif _service(scene, edge.source):
        workflows.logged(scene, edge, PATIENCE_S)


def secret(scene: Scene, edge: Edge) -> None:
    """A secret is read when a thing is signed: seen once something was made by the program."""
    used = [one for one in scene.architecture.entering(edge.source, "invoke") if one.id in scene.seen]
    scene.check(edge, bool(used), "a request was answered with what the secret signs")


def of_their_own(scene: Scene) -> None:
    """Programs that nobody calls: workers that take turns, and jobs that Kubernetes starts by the clock."""
    for program in scene.plan.programs:
        if program.node.service == "eks" and not program.invoked:
            _job(scene, program) if program.run in ("job", "cronjob") else _turns(scene, program)


def _turns(scene: Scene, program: Program) -> None:
    """Each turn is told by its id, which begins with the program's name and the year."""
    messages.follow(scene, program.node.id, f"{program.id}-20")


def _job(scene: Scene, program: Program) -> None:
    reads = [edge for edge in program.uses if edge.verb == "read"]
    for edge in reads:
        mark = scene.mark()
        stores.put_item(scene, edge.target, {"id": mark, "name": mark, "amount": 731, "created_at": "2026-01-02"})
    task = pods.run(scene, program.node)
    ended = scene.until(lambda: pods.ended(scene, task), PATIENCE_S)
    code = ended["containers"][0].get("exitCode") if ended else None
    for edge in program.uses:
        if edge.verb in ("read", "write", "read-write"):
            scene.check(edge, code == 0, "the job that needs it ends with 0", code)
        if edge.verb in messages.KEPT:
            found = any("731" in text for text in stores.contents(scene, edge.target))
            scene.check(edge, found, "the result is in the store")
