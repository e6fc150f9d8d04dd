"""A second opinion on limits, with nothing of the engine: chosen services against the dated facts and plain common knowledge.

It reads answers and defaults itself, converts units itself, and knows a few things that are true of the services whatever
the rule book says.
"""

from collections.abc import Iterator

from advisor.book import DatedBook
from advisor.book.condition import holds
from advisor.requirements.answers import Answers
from advisor.vocabulary import FIELDS

_FACTORS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "B": 1, "s": 1, "ms": 0.001, "min": 60, "h": 3600}
_FACTORS |= {"day": 86400, "days": 86400, "d": 86400}
_FUNCTIONS = ("lambda", "lambda-durable", "lambda-managed-instances")
# (kind, field, answer, role, services that cannot do it)
_IMPOSSIBLE = (
    ("component", "gpu", True, "compute", _FUNCTIONS),
    ("component", "gpu", True, "engine", ("fargate", "eks-fargate")),
    ("component", "os", "windows", "compute", _FUNCTIONS),
    ("component", "os", "windows", "engine", ("eks-fargate", "eks-auto-mode")),
    ("component", "privileged", True, "compute", _FUNCTIONS),
    ("component", "privileged", True, "engine", ("fargate", "eks-fargate")),
    ("component", "host_control", True, "engine", ("fargate", "eks-fargate", "eks-auto-mode")),
    ("component", "protocol", "tcp-udp", "entry", ("alb", "api-gateway-http", "api-gateway-rest", "appsync")),
    ("component", "protocol", "websocket", "entry", ("api-gateway-http", "api-gateway-rest", "lambda-function-url")),
    ("component", "waf", True, "entry", ("api-gateway-http", "nlb", "lambda-function-url")),
    ("component", "human_approval", True, "workflow", ("step-functions-express",)),
    ("channel", "ordering", "global", "messaging", ("sqs", "sns", "eventbridge-bus")),
    ("channel", "ordering", "per-key", "messaging", ("sqs", "sns", "eventbridge-bus")),
    ("channel", "replay", True, "messaging", ("sqs", "sns", "sqs-fifo")),
    ("store", "access", "relational", "store", ("dynamodb", "s3", "efs", "elasticache-serverless")),
)


def broken(answers: Answers, services: dict[str, dict[str, str | None]], dated: DatedBook) -> Iterator[str]:
    """Give a sentence for each chosen service that breaks one of its own limits or cannot do what was asked."""
    for subject in answers.subjects.values():
        fields = {field.id: field for field in FIELDS[subject.kind]}
        values = {id: field.default for id, field in fields.items()} | dict(subject.answers)
        for other in fields.values():
            if any(values.get(on) not in allowed for on, allowed in other.applies.items()):
                values[other.id] = None
        for role, service in services[subject.id].items():
            known = dated.book.services.get(str(service))
            for limit in known.limits if known else ():
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
            for kind, id, wrong, at, cannot in _IMPOSSIBLE:
                if (subject.kind, role) == (kind, at) and values.get(id) == wrong and service in cannot:
                    yield f"{subject.id}: {service} as {role} cannot do {id} {wrong}"
