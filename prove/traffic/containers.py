"""Containers: image pulls, logs, and programs that no request starts."""

from typing import Any

from advisor.architecture import Edge
from blueprints.certificate.notes import NO_CLUSTER
from blueprints.plan import Program
from prove.traffic import messages, pods, stores, workflows
from prove.traffic.session import Session

SERVICE = "AWS::ECS::Service"
FUNCTION = "AWS::Lambda::Function"
TIMEOUT_S = 30


def pulled(session: Session, edge: Edge) -> None:
    """A program runs from the image that was pushed to its repository."""
    if session.node(edge.source).service == "eks":
        started = session.wait_for(lambda: _has_run(session, pods.tasks(session, session.node(edge.source))), TIMEOUT_S)
        session.check(edge, bool(started), "the image that was pushed there runs with the environment of its pod")
    elif _service(session, edge.source):
        running = session.wait_for(lambda: _running(session, edge.source) or None, TIMEOUT_S)
        session.check(edge, bool(running), "the image that was pushed there runs")
    elif session.node(edge.source).service == "lambda":
        name = session.deployment.of_node(edge.source, FUNCTION)
        image = session.client("lambda").get_function(FunctionName=name)["Code"].get("ImageUri", "")
        session.check(edge, ".dkr.ecr." in image, "the function has an image of a registry")


def _has_run(session: Session, tasks: list[dict[str, Any]]) -> bool | None:
    return (
        any(task["lastStatus"] in ("RUNNING", "STOPPED") and task["containers"][0].get("runtimeId") for task in tasks)
        or None
    )


def _service(session: Session, node: str) -> str | None:
    services = [
        resource.physical_id
        for resource in session.deployment.resources
        if resource.node == node and resource.type == SERVICE
    ]
    return services[0] if services else None


def _running(session: Session, node: str) -> int:
    """Return how many tasks of a service run."""
    service = _service(session, node) or ""
    (cluster,) = (
        resource.physical_id for resource in session.deployment.resources if resource.type == "AWS::ECS::Cluster"
    )
    services = session.client("ecs").describe_services(cluster=cluster, services=[service.rsplit("/", 1)[-1]])[
        "services"
    ]
    return int(services[0]["runningCount"]) if services else 0


def observed(session: Session, edge: Edge) -> None:
    """The output of a program is in its log group."""
    if session.node(edge.source).service == "eks":
        session.omit(edge, NO_CLUSTER.en)
    elif _service(session, edge.source):
        workflows.logged(session, edge, TIMEOUT_S)


def secret(session: Session, edge: Edge) -> None:
    """A program reads a secret to sign: proven once a request to the program has succeeded, or a message to it."""
    taken = [
        *session.architecture.entering(edge.source, "invoke"),
        *session.architecture.entering(edge.source, "consume"),
    ]
    used = [request for request in taken if request.id in session.evidence]
    session.check(edge, bool(used), "a request or message was processed with what the secret signs")


def background_programs(session: Session) -> None:
    """Programs that no request starts: workers with a loop, and jobs that Kubernetes schedules."""
    for program in session.plan.programs:
        if program.node.service == "eks" and not program.invoked:
            _job(session, program) if program.run in ("job", "cronjob") else _worker(session, program)


def _worker(session: Session, program: Program) -> None:
    """The id of each iteration begins with the program's name and the year."""
    messages.follow(session, program.node.id, f"{program.id}-20")


def _job(session: Session, program: Program) -> None:
    reads = [edge for edge in program.uses if edge.verb == "read"]
    for edge in reads:
        mark = session.mark()
        stores.put_item(session, edge.target, {"id": mark, "name": mark, "amount": 731, "created_at": "2026-01-02"})
    task = pods.run(session, program.node)
    ended = session.wait_for(lambda: pods.ended(session, task), TIMEOUT_S)
    code = ended["containers"][0].get("exitCode") if ended else None
    for edge in program.uses:
        if edge.verb in ("read", "write", "read-write"):
            session.check(edge, code == 0, "the job that needs it ends with 0", code)
        if edge.verb in messages.STORING:
            stored = any("731" in text for text in stores.contents(session, edge.target))
            session.check(edge, stored, "the result is in the store")
