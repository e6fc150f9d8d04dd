"""Tier traffic: go through the graph of each deployed project and drive every connection by its kind."""

import json
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from advisor.architecture import Edge, Node
from advisor.architecture.balancing import identities
from blueprints.certificate.notes import NO_SIGN_IN
from blueprints.plan.callers.sign_in import checked
from blueprints.traits.function_releases import DURABLE
from blueprints.traits.lambda_durable import durable as is_durable
from prove import tools
from prove.live.deploy import deployment
from prove.projects import Project
from prove.results import Finding, Result
from prove.traffic import (
    containers,
    durable,
    failures,
    functions,
    graphql_api,
    http_api,
    identity,
    messages,
    notifications,
    ordering,
    pods,
    site,
    uploads,
    websocket_api,
    workflows,
)
from prove.traffic.session import Session

TIER = "traffic"
AT_ONCE = 3
Driver = Callable[[Session, Edge], None]
ANY = "*"


@dataclass(frozen=True, slots=True)
class Start:
    """A kind of connection that starts traffic, by source service, verb and target service, and its driver."""

    source: str
    verb: str
    target: str
    drive: Driver


#: Connections that start traffic, by source service, verb and target service. The first match applies.
STARTS: tuple[Start, ...] = (
    Start("client", "sign-in", "cognito", drive=identity.sign_in),
    Start("client", "sign-in", "oidc", drive=identity.sign_in_elsewhere),
    Start("client", "request", "api-gateway-http", drive=http_api.drive),
    Start("client", "request", "api-gateway-rest", drive=http_api.drive),
    Start("client", "request", "alb", drive=http_api.drive),
    Start("client", "request", "lambda-function-url", drive=http_api.drive),
    Start("client", "request", "api-gateway-websocket", drive=websocket_api.drive),
    Start("client", "request", "appsync", drive=graphql_api.drive),
    Start("client", "load", "cloudfront", drive=site.drive),
    Start("client", "upload", "s3", drive=uploads.drive),
    Start("s3", "emit", "sqs", drive=notifications.of_object),
    Start(ANY, "pull", "ecr", drive=containers.pulled),
    Start(ANY, "observe", "cloudwatch", drive=containers.observed),
    Start(ANY, "get-secret", ANY, drive=containers.secret),
    Start(ANY, "notify", "push", drive=messages.to_devices),
    Start("application", "publish", "sqs-fifo", drive=ordering.from_outside),
    Start("application", "publish", "sns-fifo", drive=ordering.from_outside),
    Start("application", "publish", ANY, drive=messages.from_outside),
    Start("eventbridge-scheduler", "start", ANY, drive=workflows.by_schedule),
    Start("eventbridge-bus", "start", DURABLE, drive=durable.by_event),
    Start("eventbridge-bus", "start", "lambda", drive=functions.by_object),
    Start("eventbridge-bus", "start", ANY, drive=workflows.by_event),
    Start("eventbridge-pipes", "start", ANY, drive=workflows.by_event),
    Start("sqs", "dead-letter", ANY, drive=failures.of_queue),
    Start("sqs-fifo", "dead-letter", ANY, drive=failures.of_queue),
    Start("sns", "dead-letter", ANY, drive=failures.of_topic),
    Start("sns-fifo", "dead-letter", ANY, drive=failures.of_topic),
    Start(DURABLE, "dead-letter", ANY, drive=durable.dead_letters),
    Start(ANY, "dead-letter", ANY, drive=failures.of_starter),
)


def driver(session: Session, edge: Edge) -> Driver | None:
    """Return the driver that starts at a connection, or None."""
    source, target = (_kinds(session.node(end)) for end in (edge.source, edge.target))
    matches = (
        start for start in STARTS if start.source in source and start.verb == edge.verb and start.target in target
    )
    return next((start.drive for start in matches), None)


def _kinds(node: Node) -> tuple[str, ...]:
    return (ANY, node.service, *((DURABLE,) if is_durable(node) else ()))


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Send traffic through every deployed project, several at a time: most of the time is waiting."""
    with ThreadPoolExecutor(AT_ONCE) as executor:
        yield from executor.map(through, [project for project in projects if deployment(project)])


def through(project: Project) -> Result:
    """Send traffic through one project."""
    start = time.monotonic()
    deployed = deployment(project)
    assert deployed
    session = Session(deployed)
    _try(session, "pods", lambda: pods.start(session))
    _try(session, "programs of their own", lambda: containers.background_programs(session))
    for edge in _behind_sign_in(session):
        session.omit(edge, NO_SIGN_IN.en)
    for edge in session.architecture.edges:
        drive = None if edge.id in session.omitted else driver(session, edge)
        if drive:
            _try(session, edge.id, partial(drive, session, edge))
    _try(session, "pods", lambda: pods.stop(session))
    return _result(session, time.monotonic() - start)


def _behind_sign_in(session: Session) -> Iterator[Edge]:
    """Yield the connections that only callers reach whom a load balancer has signed in, or whose token it has verified."""
    architecture = session.architecture
    for program in architecture.nodes:
        for invoked in checked(architecture, program):
            asked = identities(architecture, invoked)
            yield from (invoked, *asked, *architecture.entering(invoked.source), *architecture.leaving(program.id))
            for authorized in asked:
                yield from architecture.entering(authorized.target)


def _try(session: Session, place: str, act: Callable[[], None]) -> None:
    """Continue with other connections when a driver raises an error."""
    try:
        act()
    except Exception as error:
        session.fault(place, f"{type(error).__name__}: {error} {traceback.format_exc(limit=-2)[-400:]}")


def _result(session: Session, seconds: float) -> Result:
    project = session.deployment.project
    broken = {place for place, _ in session.faults}
    for edge in session.architecture.edges:
        if edge.id not in session.evidence and edge.id not in session.omitted and edge.id not in broken:
            session.fault(edge, "no traffic went through this connection")
    findings = tuple(
        Finding(TIER, project.case.name, project.target, place=place, message=message)
        for place, message in session.faults
    )
    notes = tuple(f"{edge}: {reason}" for edge, reason in session.omitted.items() if edge not in session.evidence)
    _report(session, seconds)
    return Result(TIER, project.case.name, project.target, seconds=seconds, findings=findings, notes=notes)


def report(project: Project) -> Path:
    """Return the file with the evidence of each connection of a project."""
    return tools.OUT / "traffic" / project.case.name / f"{project.target}.json"


def _report(session: Session, seconds: float) -> None:
    project = session.deployment.project
    file = report(project)
    file.parent.mkdir(parents=True, exist_ok=True)
    report_content = {"seen": session.evidence, "left out": session.omitted, "faults": session.faults}
    file.write_text(json.dumps(report_content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    used, total = len(session.evidence), len(session.architecture.edges)
    print(f"{TIER}: {project}: {used} of {total} connections used in {seconds:.1f} s", flush=True)
