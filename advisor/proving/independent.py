"""A second opinion on limits, with nothing of the engine: chosen services against the dated facts and plain common knowledge.

It reads answers and defaults itself, converts units itself, and knows a few things that are true of the services whatever
the rule book says.
"""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.book import DatedBook
from advisor.book.condition import holds
from advisor.requirements.answers import Answers
from advisor.vocabulary import FIELDS

_FACTORS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "B": 1, "s": 1, "ms": 0.001, "min": 60, "h": 3600}
_FACTORS |= {"day": 86400, "days": 86400, "d": 86400}
_FUNCTIONS = ("lambda", "lambda-durable", "lambda-managed-instances")


class _Impossible(NamedTuple):
    """Services that cannot fill a role for a subject with this answer."""

    kind: str
    field: str
    answer: str | bool
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
                services=("api-gateway-http", "nlb", "lambda-function-url")),
    _Impossible(kind="component", field="human_approval", answer=True, role="workflow",
                services=("step-functions-express",)),
    _Impossible(kind="channel", field="ordering", answer="global", role="messaging",
                services=("sqs", "sns", "eventbridge-bus")),
    _Impossible(kind="channel", field="ordering", answer="per-key", role="messaging",
                services=("sqs", "sns", "eventbridge-bus")),
    _Impossible(kind="channel", field="replay", answer=True, role="messaging", services=("sqs", "sns", "sqs-fifo")),
    _Impossible(kind="store", field="access", answer="relational", role="store",
                services=("dynamodb", "s3", "efs", "elasticache-serverless")),
)  # fmt: skip


def _among(value: object, allowed: tuple[str, ...]) -> bool:
    """Whether an answer, or one of several, is among some."""
    return bool({*value} & {*allowed}) if isinstance(value, tuple) else value in allowed


def broken(answers: Answers, services: dict[str, dict[str, str | None]], dated: DatedBook) -> Iterator[str]:
    """Give a sentence for each chosen service that breaks one of its own limits or cannot do what was asked."""
    for subject in answers.subjects.values():
        fields = {field.id: field for field in FIELDS[subject.kind]}
        values = {id: field.default for id, field in fields.items()} | dict(subject.answers)
        for other in fields.values():
            if any(not _among(values.get(on), allowed) for on, allowed in other.applies.items()):
                values[other.id] = None
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
