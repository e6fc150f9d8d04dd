"""Types of the JSON that `advisor decide` prints; they check the writer, and the schema is generated from them.

It comes in two forms: the decision, and the same with its whole proof (`advisor decide --proof`). `advisor recheck`
reads both.
"""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema
from typing_extensions import TypedDict

from advisor.report.proof_types import BudgetData, CandidateData, Sentence, ServiceId, SourceData
from advisor.requirements import Requirements

#: Counts the breaking changes of the decision file. 1 had the proof in every file.
SCHEMA: Literal[2] = 2

Day = Annotated[str, Field(description="A day, such as 2026-11-25.", pattern=r"^\d{4}-\d{2}-\d{2}$")]
SubjectId = Annotated[str, Field(description='The id of a component, channel or store; "" is the workload itself.')]
FieldId = Annotated[str, Field(description="The id of a question, as in a requirements file.")]
RoleId = Annotated[str, Field(description="The id of a role, such as compute or messaging.")]
MaybeService = Annotated[
    str | None, Field(description="The catalogue id of a service; null where nothing fits or no such role exists.")
]


class _AsInput:
    """Stands for a requirements file in the schema of the output, by the schema that `advisor schema` prints."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(Requirements)


class AssumptionData(TypedDict):
    """A default that was used because a question was not answered."""

    subject: SubjectId
    field: FieldId
    sentence: Sentence


class WarningData(TypedDict):
    """Something to know before building."""

    subject: SubjectId
    role: RoleId
    id: Annotated[str, Field(description="The id of the rule, or what kind of warning it is.")]
    sentence: Sentence
    source: SourceData | None


class ChangeData(TypedDict):
    """An answer that is changed."""

    subject: SubjectId
    field: FieldId
    value: Any


class WayOutData(TypedDict):
    """A smallest set of changed answers that leaves something that fits."""

    changes: list[ChangeData]
    sentence: Sentence


class InsteadData(TypedDict):
    """A documented alternative and its trade-off."""

    id: Annotated[str, Field(description="The ID of the alternative in the decision rules.")]
    title: str
    way: Sentence
    price: Sentence
    source: SourceData | None


class ConflictData(TypedDict):
    """Requirements that cannot be met together: nothing fits a role."""

    subject: SubjectId
    role: RoleId
    fields: Annotated[list[str], Field(description="Every question whose answer takes part.")]
    sentence: Sentence
    minimal_sets: Annotated[
        list[list[str]], Field(description="The smallest sets of questions whose answers exclude each other.")
    ]
    ways_out: list[WayOutData]
    instead: list[InsteadData]


class SettingData(TypedDict):
    """A derived setting of a node of the architecture."""

    node: Annotated[str, Field(description="The id of the node: <subject>.<role>.")]
    setting: str
    value: Annotated[Any, Field(description="In `unit`.")]
    unit: str
    reason: Sentence
    source: Annotated[str | None, Field(description="The id of a fact (`advisor show <id>`), or a link.")]


_Ends = TypedDict("_Ends", {"from": MaybeService, "to": MaybeService})


class MoveData(_Ends):
    """A role whose service changes."""

    subject: SubjectId
    role: RoleId


class FlipData(TypedDict):
    """The nearest answer to a question at which a chosen service changes."""

    subject: SubjectId
    field: FieldId
    now: Annotated[Any, Field(description="The answer that holds now, in the base unit of the question.")]
    relation: Literal["above", "at_least", "below", "at_most", "is"]
    at: Annotated[Any, Field(description="With the relation: from which answer on it changes, in the base unit.")]
    sentence: Sentence


class ProvenFlipData(FlipData):
    """A flip point and the resulting services."""

    stated: Annotated[bool, Field(description="Whether the question was answered; otherwise its default holds.")]
    changes: list[MoveData]


class PlaceData(TypedDict):
    """A question about a subject."""

    subject: SubjectId
    field: FieldId


class StabilityData(TypedDict):
    """In how many other answers, one question changed at a time, a service changes."""

    changed_cells: int
    cells: Annotated[int, Field(description="All answers that limits and rules can tell from the ones given.")]
    unchanged_share: Annotated[float, Field(ge=0, le=1)]


class RejectedData(TypedDict):
    """A candidate that was not chosen, and why."""

    service: ServiceId
    because: list[Sentence]


class ChoiceData(TypedDict):
    """The result for one role of a subject."""

    role: RoleId
    service: MaybeService
    pinned: Annotated[bool, Field(description="Whether the requirements ask for this service.")]
    because: list[Sentence]
    rejected: list[RejectedData]
    violates: Annotated[list[Sentence], Field(description="What a pinned service violates.")]
    tied: Annotated[
        list[str],
        Field(description="Services that fit equally well and are only later in the default order of preference."),
    ]
    pareto: Annotated[list[str], Field(description="Services that fit and are surpassed by none on every axis.")]


class ProvenChoiceData(ChoiceData):
    """The result for one role, with the proof of every candidate."""

    proof: list[CandidateData]


class NamedSubject(TypedDict):
    """The component, channel or store that an item refers to."""

    id: str
    kind: Literal["component", "channel", "store"]
    title: str
    count: NotRequired[Annotated[int, Field(description="How many alike ones it stands for; without it one.")]]


class SubjectData(NamedSubject):
    """A component, channel or store, and its services in the order of decision."""

    choices: list[ChoiceData]


class ProvenSubjectData(NamedSubject):
    """A component, channel or store with the proof of every choice."""

    choices: list[ProvenChoiceData]


class Frame(TypedDict):
    """The input of the decision, the rule book, and the resulting services."""

    schema: Annotated[Literal[2], Field(description="Counts breaking changes of this format.")]
    as_of: Annotated[Day, Field(description="The day as of which was decided.")]
    book: Annotated[str, Field(description="The version of the decision rules.")]
    requirements: Annotated[dict[str, Any], _AsInput()]
    services: Annotated[list[str], Field(description="Every service of the architecture, sorted.")]


_Reach = TypedDict("_Reach", {"from": float, "to": float})


class RangePartData(_Reach):
    """An interval of a range, both ends included, and the roles whose services differ from the drawn ones."""

    changes: list[MoveData]


class RangeData(TypedDict):
    """The verdict over all values of a range; without `stated`, a sentence on several ranges."""

    subject: SubjectId
    field: FieldId
    stated: Annotated[str | None, Field(description="The range as it was written.")]
    drawn_for: Annotated[float | None, Field(description="The value that the design is drawn for, in the base unit.")]
    holds: Annotated[bool, Field(description="Whether the services are the same for every value.")]
    sentence: Sentence
    parts: list[RangePartData]


class UnusedAnswerData(TypedDict):
    """A stated answer, or one of several to a question, that changes nothing in this design."""

    subject: SubjectId
    field: FieldId
    sentence: Sentence


class Remarks(TypedDict):
    """Warnings and assumptions of the decision."""

    ranges: list[RangeData]

    assumptions: list[AssumptionData]
    warnings: list[WarningData]
    conflicts: list[ConflictData]
    unused_answers: list[UnusedAnswerData]
    settings: list[SettingData]


class Firmness(TypedDict):
    """Stability of the decision."""

    holds_for_every_completion: Annotated[
        bool | None,
        Field(
            description="Whether no answer to an open question can change a service; null where that was not settled."
        ),
    ]
    holds: Sentence
    stability: StabilityData


class DecisionFile(Frame, Remarks, Firmness):
    """A decision: services with their reasons, warnings and assumptions."""

    subjects: list[SubjectData]
    flips: Annotated[list[FlipData], Field(description="For the questions that were answered.")]
    replay: Annotated[
        str,
        Field(
            description="What the decision rested on, for `advisor recheck`: JSON, compressed by bzip2 (zlib in decisions before "
            "2026-11-28), in base85 as of RFC 1924 (base64 in decisions before 2026-12-02).",
        ),
    ]


class ProvenDecisionFile(Frame, Remarks, Firmness):
    """A decision with its whole proof."""

    subjects: list[ProvenSubjectData]
    budgets: list[BudgetData]
    carried_by: Annotated[
        list[PlaceData], Field(description="Open questions whose assumed answers carry the decision.")
    ]
    flips: Annotated[list[ProvenFlipData], Field(description="For every question, answered or not.")]


def decision_schema() -> dict[str, Any]:
    """Return the JSON Schema of the decision file in both forms."""
    either: TypeAdapter[Any] = TypeAdapter(DecisionFile | ProvenDecisionFile)
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Decision"}
    return draft | either.json_schema(by_alias=True)
