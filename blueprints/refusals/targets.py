"""Designs that one target cannot express and another can, with the reasons."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from advisor.text import Text
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.stack.assembly import stack_of
from blueprints.traits.ec2 import windows

_TOO_LONG = Text(
    "In the AWS CDK, an API can wait for at most 29 s. Set the required response time to 29 s or less, or choose AWS SAM, which supports the 30 s of HTTP APIs.",
    "CDK では API の待ち時間は最大 29 秒です。応答期限を 29 秒以内にするか、HTTP API の 30 秒に対応する AWS SAM を選んでください。",
)
_NO_WINDOWS = Text(
    "There is no official image of Node.js for Windows containers; choose AWS SAM or the AWS CDK in Python.",
    "Windows コンテナ用の Node.js 公式イメージがないため、AWS SAM か AWS CDK（Python）を選んでください。",
)
_APIS = ("api-gateway-http", "api-gateway-rest")
_CDK = ("cdk-python", "cdk-typescript")


@dataclass(frozen=True, slots=True)
class OwnRefusal:
    """The restrictions of some targets; `why` is the property of the target that causes them.

    `assembling`: only assembling the project shows it, and raises it too.
    """

    targets: tuple[str, ...]
    why: str
    find: Callable[[Plan], Iterable[Unsupported]]
    assembling: bool = False


def _patience(plan: Plan) -> Iterator[Unsupported]:
    for api in plan.architecture.of_service(*_APIS):
        waits = float(str(api.settings.get("timeout_s", 0)))
        if waits > settings.MOST_WAITED_S and plan.architecture.leaving(api.id, "invoke"):
            yield Unsupported(api.id, _TOO_LONG)


def _windows(plan: Plan) -> Iterator[Unsupported]:
    yield from (Unsupported(program.node.id, _NO_WINDOWS) for program in plan.programs if windows(program.node))


#: The plan that was assembled last, with its errors: both forms of CDK are asked about a plan, one after the other.
_LAST: list[tuple[Plan, tuple[Unsupported, ...]]] = []


def _order(plan: Plan) -> Iterable[Unsupported]:
    last = _LAST[:]
    if not last or last[0][0] is not plan:
        _LAST[:] = last = [(plan, tuple(_assembled(plan)))]
    return last[0][1]


def _assembled(plan: Plan) -> Iterator[Unsupported]:
    from blueprints.cdk.sections import stack

    try:
        stack(stack_of(plan, "en"))
    except Unsupported as refused:
        yield refused


OWN_REFUSALS: tuple[OwnRefusal, ...] = (
    OwnRefusal(
        _CDK, "The constructs of CDK for the integrations of HTTP APIs take a timeout of 29 s at most.", _patience
    ),
    OwnRefusal(("cdk-typescript",), "Node.js publishes no image for Windows; Python does.", _windows),
    OwnRefusal(_CDK, "A program makes one section after the other, while a template has no order.", _order, True),
)
