"""An independent check of limits and hard requirements without the engine: compares the chosen services with the dated facts.

It reads answers and defaults itself, converts units itself, and checks a few properties of the services independently
of the rule book.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from advisor.book import DatedBook, Property
from advisor.book.condition import holds
from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import DEMANDS

_FACTORS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "B": 1, "s": 1, "ms": 0.001, "min": 60, "h": 3600}
_FACTORS |= {"day": 86400, "days": 86400, "d": 86400}
_FUNCTIONS = ("lambda", "lambda-durable", "lambda-managed-instances")


class _Impossible(NamedTuple):
    """Services that cannot fill a role for a subject with this answer."""

    kind: str
    field: str
    answer: str | bool | tuple[str, ...]
    role: str
    services: tuple[str, ...]


_IMPOSSIBLE = (
    _Impossible(kind="component", field="gpu", answer=True, role="compute", services=_FUNCTIONS),
    _Impossible(kind="component", field="gpu", answer=True, role="engine", services=("fargate", "eks-fargate")),
    _Impossible(kind="component", field="os", answer="windows", role="compute", services=_FUNCTIONS),
    _Impossible(kind="component", field="os", answer="windows", role="engine",
                services=("eks-fargate", "eks-auto-mode")),
    _Impossible(kind="component", field="privileged", answer=True, role="compute", services=_FUNCTIONS),
    _Impossible(kind="component", field="privileged", answer=True, role="engine", services=("fargate", "eks-fargate")),
    _Impossible(kind="component", field="host_control", answer=True, role="engine",
                services=("fargate", "eks-fargate", "eks-auto-mode")),
    _Impossible(kind="component", field="protocol", answer="tcp-udp", role="entry",
                services=("alb", "api-gateway-http", "api-gateway-rest", "appsync")),
    _Impossible(kind="component", field="protocol", answer="websocket", role="entry",
                services=("api-gateway-http", "api-gateway-rest", "lambda-function-url")),
    _Impossible(kind="component", field="waf", answer=True, role="entry",
                services=("api-gateway-http", "nlb")),
    _Impossible(kind="component", field="human_approval", answer=True, role="workflow",
                services=("step-functions-express",)),
    *(_Impossible(kind="component", field="waits_for", answer=answer, role="workflow",
                  services=("step-functions-express",)) for answer in (("callback",), ("person",))),
    _Impossible(kind="channel", field="ordering", answer="global", role="messaging",
                services=("sqs", "sns", "eventbridge-bus")),
    _Impossible(kind="channel", field="ordering", answer="per-key", role="messaging",
                services=("sqs", "sns", "eventbridge-bus")),
    _Impossible(kind="channel", field="replay", answer=True, role="messaging", services=("sqs", "sns", "sqs-fifo")),
    _Impossible(kind="store", field="access", answer="relational", role="store",
                services=("dynamodb", "s3", "efs", "elasticache-serverless", "s3-vectors")),
    *(_Impossible(kind="store", field="access", answer=answer, role="store", services=("s3-vectors",))
      for answer in ("key-value", "objects", "cache", "files")),
    _Impossible(kind="store", field="access", answer="vectors", role="store",
                services=("dynamodb", "s3", "efs", "elasticache-serverless")),
)  # fmt: skip


# Services that cannot meet a demand in a role, whatever the rule book says of them: (demand, role, services).
_UNMET = (
    ("no-servers", "compute", ("ec2", "lambda-managed-instances")),
    ("no-servers", "engine", ("ec2", "ecs-managed-instances", "eks-auto-mode", "eks-node-groups")),
    ("no-servers", "store", ("rds",)),
    ("no-servers", "messaging", ("amazon-mq",)),
    ("no-functions", "compute", _FUNCTIONS),
    ("no-functions", "workflow", ("lambda-durable",)),
    ("no-containers", "compute", ("ecs", "eks", "ecs-express", "batch")),
    ("no-clusters", "compute", ("eks",)),
    ("no-clusters", "messaging", ("msk",)),
    ("managed-only", "compute", ("ec2",)),
    ("managed-only", "engine", ("ec2", "eks-node-groups")),
    ("no-program-change", "compute", _FUNCTIONS),
    ("spot", "compute", (*_FUNCTIONS, "ecs-express")),
    ("spot", "engine", ("eks-fargate",)),
    ("no-hourly-entry", "entry", ("alb", "nlb")),
    ("nothing-while-idle", "entry", ("alb", "nlb")),
    ("nothing-while-idle", "compute", ("ec2", "eks", "ecs-express", "lambda-managed-instances")),
    ("nothing-while-idle", "firewall", ("waf",)),
    ("nothing-while-idle", "messaging", ("kinesis", "msk", "amazon-mq")),
    ("nothing-while-idle", "store", ("rds", "elasticache-serverless")),
    ("nothing-while-idle", "proxy", ("rds-proxy",)),
)


_WAITS = ("waits_for", "wait_s", "whole_run_s")


def unmet(answers: Answers, services: dict[str, dict[str, str | None]], dated: DatedBook) -> Iterator[str]:
    """Yield an error for each chosen service that violates a hard requirement."""
    for subject in answers.subjects.values():
        stated = {**answers.workload, **{id: value for id, value in subject.answers.items() if value}}
        demanded = {
            id.removeprefix("must.") for id, value in stated.items() if value is True and id.startswith("must.")
        }
        values = {f.id: f.default for f in FIELDS[subject.kind]} | dict(subject.answers) | services[subject.id]
        # Whether a wait is long, and what starts a component where nothing is said, is for the engine to say: each check takes
        # the reading under which it complains of less.
        values["web_server"] = _is_web_server(answers, subject, values, services)
        at_once = "trigger" in subject.answers and not any(subject.answers.get(field) for field in _WAITS)
        image = values.get("packaging") == "container-image"
        large = (values.get("package_bytes") or 0) > 250 * 2**20
        values["function_image"] = image or large or (values["web_server"] and at_once and values["portability"])
        # The Lambda Web Adapter passes requests to an unchanged web server in an image.
        adapted = {("no-program-change", "lambda")} if values["web_server"] and image else set()
        for role, service in services[subject.id].items():
            for demand, of_role, unable in _UNMET:
                able = (demand, service) in adapted
                if demand in demanded and role == of_role and service in unable and not able:
                    yield f"{subject.id}: {service} as {role} cannot meet {demand}"
            for stated_property in (
                dated.book.services[str(service)].properties if service in dated.book.services else ()
            ):
                if stated_property.role == role and holds(stated_property.when, values):
                    yield from _excluded(subject, role, str(service), stated_property, demanded, dated)


def _is_web_server(
    answers: Answers,
    subject: AnsweredSubject,
    values: Mapping[str, Any],
    services: Mapping[str, Mapping[str, str | None]],
) -> bool:
    """Whether only HTTP requests start a component, no program of the workload calls it, and it answers in one step."""
    sites = {id for id, other in answers.subjects.items() if other.answers.get("static_site")}
    pages = {id for id in sites if services[id].get("compute") in (None, "none")}
    called = any(
        subject.id in other.answers.get("calls", ()) and other.id not in pages for other in answers.subjects.values()
    )
    flow = values.get("human_approval") or values.get("compensation") or (values.get("steps") or 0) > 1
    flow = flow or (values.get("parallel_items") or 0) > 0
    started = {*(subject.answers.get("trigger") or ("request",))}
    return started <= {"request", "callback"} and values.get("protocol") == "http" and not called and not flow


def _excluded(
    subject: AnsweredSubject, role: str, service: str, stated: Property, demanded: set[str], dated: DatedBook
) -> Iterator[str]:
    within, takes = subject.answers.get("start_within_s"), dated.book.facts[stated.fact].value(dated.as_of)
    if stated.name == "start-time" and within is not None and takes is not None and within < takes:
        yield f"{subject.id}: {service} as {role} starts in {takes} s, not in {within}"
    for demand in DEMANDS:
        concerns = stated.name == demand.excludes and (not demand.roles or role in demand.roles)
        if concerns and demand.word in demanded and subject.kind in demand.kinds:
            yield f"{subject.id}: {service} as {role} has {stated.name}, against {demand.word} ({stated.fact})"


def _among(value: object, allowed: tuple[str, ...]) -> bool:
    """Whether an answer, or one of several, is among some."""
    return bool({*value} & {*allowed}) if isinstance(value, tuple) else value in allowed


def broken(answers: Answers, services: dict[str, dict[str, str | None]], dated: DatedBook) -> Iterator[str]:
    """Yield an error for each chosen service that exceeds a limit or lacks a required capability."""
    for subject in answers.subjects.values():
        fields = {field.id: field for field in FIELDS[subject.kind]}
        values = {id: field.default for id, field in fields.items()} | dict(subject.answers)
        for other in fields.values():
            if any(not _among(values.get(on), allowed) for on, allowed in other.applies.items()):
                values[other.id] = None
        written = [answers.subjects[id].answers for id in subject.answers.get("writes", ())]
        sized = any(store.get("access") == "objects" and "item_bytes" in store for store in written)
        if values.get("direct_uploads") and (values.get("request_bytes") or 0) > 2**20 and not sized:
            values["request_bytes"] = fields["request_bytes"].default  # these bytes go to the bucket
        for role, service in services[subject.id].items():
            in_catalogue = dated.book.services.get(str(service))
            for limit in in_catalogue.limits if in_catalogue else ():
                value, fact = values.get(limit.field), dated.book.facts[limit.fact]
                dated_values = [v for since, v in fact.series if since <= dated.as_of][-1:]
                if (
                    limit.role != role
                    or not holds(limit.when, values)
                    or not isinstance(value, int | float)
                    or not dated_values
                    or limit.field not in fields
                ):
                    continue
                bound = dated_values[0] * _FACTORS.get(fact.unit, 1) / _FACTORS.get(fields[limit.field].unit, 1)
                if value > bound if limit.relation == "at_most" else value < bound:
                    yield f"{subject.id}: {service} as {role} with {limit.field} {value}, but {fact.id} is {bound}"
            for impossible in _IMPOSSIBLE:
                concerned = (subject.kind, role) == (impossible.kind, impossible.role)
                if concerned and values.get(impossible.field) == impossible.answer and service in impossible.services:
                    yield f"{subject.id}: {service} as {role} cannot do {impossible.field} {impossible.answer}"
