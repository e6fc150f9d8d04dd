"""Types of the proof in a decision file: limits and rules of each candidate, and loads of connections."""

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

Sentence = Annotated[str, Field(description="A sentence in the language that was asked for.")]
ServiceId = Annotated[
    str, Field(description="The catalogue id of a service, such as lambda; none is a direct integration.")
]


class SourceData(TypedDict):
    """The source of a statement."""

    url: str
    checked: Annotated[str, Field(description="The day on which it was read.")]


class ComparisonData(TypedDict):
    """One comparison of a limit or rule with a fact of the subject."""

    field: Annotated[str, Field(description="A question, a derived fact or an earlier role.")]
    value: Any
    origin: Literal["stated", "range", "assumed", "derived", "decided"]
    operator: str
    threshold: Any
    unit: str | None
    met: bool
    headroom: Annotated[
        float | None, Field(description="(threshold - value) / threshold; below zero past the threshold.")
    ]


class _Ground(TypedDict):
    id: Annotated[str, Field(description="The id of the rule, or of the fact that limits or that a demand excludes.")]
    kind: Literal["limit", "demand", "rule", "launch", "together"]
    effect: Literal["rules-out", "favours", "warns", "explains"]
    spoke: Annotated[
        bool,
        Field(
            description="Whether the limit is broken, what is demanded is not met, or every comparison of the rule is met."
        ),
    ]
    conditions: list[ComparisonData]
    source: SourceData | None


class GroundData(_Ground, total=False):
    """One limit, demand or rule in the proof of a candidate."""

    fact: Annotated[str, Field(description="The dated fact behind a limit, or behind what a demand excludes.")]
    axis: Annotated[str, Field(description="The axis of preference of a rule that favours.")]


class CandidateData(TypedDict):
    """Everything that could have spoken for or against one candidate."""

    service: ServiceId
    verdict: Literal["chosen", "possible", "passed-over", "ruled-out"]
    bands: Annotated[dict[str, int], Field(description="Where it stands on each axis of preference.")]
    preferences: int
    bands_sum: int
    grounds: list[GroundData]


class BudgetData(TypedDict):
    """The load of a connection and its limit, both in `unit`."""

    source: str
    verb: str
    target: str
    kind: str
    have: float
    allowed: float
    unit: str
    headroom: Annotated[
        float, Field(description="What is left, as a share of what is allowed; negative when exceeded.")
    ]
    state: Literal["kept", "warned", "broken"]
    counted: Sentence
    cure: Sentence
    fact: str | None
