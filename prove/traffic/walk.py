"""Tier traffic: walk the graph of each deployed project and drive every connection by its kind."""

import json
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from advisor.architecture import Edge, Node
from blueprints.traits.lambda_durable import DURABLE
from blueprints.traits.lambda_durable import durable as is_durable
from prove import tools
from prove.live.deploy import deployment
from prove.projects import Project
from prove.results import Finding, Result
from prove.traffic import (
    containers,
    durable,
    failures,
    graphql_api,
    http_api,
    identity,
    messages,
    ordering,
    pods,
    site,
    websocket_api,
    workflows,
)
from prove.traffic.scene import Scene

TIER = "traffic"
AT_ONCE = 3
Driver = Callable[[Scene, Edge], None]
ANY = "*"
#: Which connections begin something, by source service, verb and target service. The first that fits is taken.
DRIVERS: tuple[tuple[str, str, str, Driver], ...] = (
    ("client", "sign-in", "cognito", identity.sign_in),
    ("client", "sign-in", "oidc", identity.sign_in_elsewhere),
    ("client", "request", "api-gateway-http", http_api.drive),
    ("client", "request", "api-gateway-rest", http_api.drive),
    ("client", "request", "alb", http_api.drive),
    ("client", "request", "api-gateway-websocket", websocket_api.drive),
    ("client", "request", "appsync", graphql_api.drive),
    ("client", "load", "cloudfront", site.drive),
    (ANY, "pull", "ecr", containers.pulled),
    (ANY, "observe", "cloudwatch", containers.observed),
    (ANY, "get-secret", ANY, containers.secret),
    ("application", "publish", "sqs-fifo", ordering.from_outside),
    ("application", "publish", "sns-fifo", ordering.from_outside),
    ("application", "publish", ANY, messages.from_outside),
    ("eventbridge-scheduler", "start", ANY, workflows.by_schedule),
    ("eventbridge-bus", "start", DURABLE, durable.by_event),
    ("eventbridge-bus", "start", ANY, workflows.by_event),
    ("eventbridge-pipes", "start", ANY, workflows.by_event),
    ("sqs", "dead-letter", ANY, failures.of_queue),
    ("sqs-fifo", "dead-letter", ANY, failures.of_queue),
    ("sns", "dead-letter", ANY, failures.of_topic),
    ("sns-fifo", "dead-letter", ANY, failures.of_topic),
    (DURABLE, "dead-letter", ANY, durable.sets_aside),
    (ANY, "dead-letter", ANY, failures.of_starter),
)


def driver(scene: Scene, edge: Edge) -> Driver | None:
    """Return what begins at a connection, or None."""
    source, target = (_kinds(scene.node(end)) for end in (edge.source, edge.target))
    for wanted, verb, reached, drive in DRIVERS:
        if wanted in source and verb == edge.verb and reached in target:
            return drive
    return None


def _kinds(node: Node) -> tuple[str, ...]:
    return (ANY, node.service, *((DURABLE,) if is_durable(node) else ()))


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Send traffic through every project that is deployed, several at a time: most of it is waiting."""
    with ThreadPoolExecutor(AT_ONCE) as executor:
        yield from executor.map(through, [one for one in projects if deployment(one)])


def through(project: Project) -> Result:
    """Send traffic through one project."""
    start = time.monotonic()
    made = deployment(project)
    assert made
    scene = Scene(made)
    _try(scene, "pods", lambda: pods.start(scene))
    _try(scene, "programs of their own", lambda: containers.of_their_own(scene))
    for edge in scene.architecture.edges:
        drive = driver(scene, edge)
        if drive:
            _try(scene, edge.id, partial(drive, scene, edge))
    _try(scene, "pods", lambda: pods.stop(scene))
    return _result(scene, time.monotonic() - start)


def _try(scene: Scene, place: str, act: Callable[[], None]) -> None:
    """Go on with other connections when one goes wrong in a way that its driver does not know."""
    try:
        act()
    except Exception as error:
        scene.fault(place, f"{type(error).__name__}: {error} {traceback.format_exc(limit=-2)[-400:]}")


def _result(scene: Scene, seconds: float) -> Result:
    project = scene.deployment.project
    broken = {place for place, _ in scene.faults}
    for edge in scene.architecture.edges:
        if edge.id not in scene.seen and edge.id not in scene.left_out and edge.id not in broken:
            scene.fault(edge, "no traffic went through this connection")
    findings = tuple(Finding(TIER, project.case.name, project.target, place, what) for place, what in scene.faults)
    notes = tuple(f"{edge}: {reason}" for edge, reason in scene.left_out.items() if edge not in scene.seen)
    _report(scene, seconds)
    return Result(TIER, project.case.name, project.target, seconds, findings, notes)


def report(project: Project) -> Path:
    """Return the file that says what was seen of each connection of a project."""
    return tools.OUT / "traffic" / project.case.name / f"{project.target}.json"


def _report(scene: Scene, seconds: float) -> None:
    project = scene.deployment.project
    file = report(project)
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {"seen": scene.seen, "left out": scene.left_out, "faults": scene.faults}
    file.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    used, all_of_them = len(scene.seen), len(scene.architecture.edges)
    print(f"{TIER}: {project}: {used} of {all_of_them} connections used in {seconds:.1f} s", flush=True)
