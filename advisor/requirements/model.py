"""Requirements: the answers about a workload, validated with clear error messages.

The models are made from the vocabulary, so a question is stated once. Quantities are held in their base unit.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, create_model, model_validator
from pydantic import Field as ModelField

from advisor.requirements.answer_checks import TITLE_SCHEMA, answer_schema, check_answer, check_id, check_title, one_of
from advisor.requirements.peaks import HOURS, PEAK, within_hours
from advisor.requirements.remarks import is_accepted, part_remarks
from advisor.requirements.upgrading import CURRENT
from advisor.text import EMPTY, Text
from advisor.vocabulary import DESTINATION_KINDS, FIELDS, Answer, Range

SubjectKind = Literal["component", "channel", "store"]
SUBJECT_KINDS: tuple[SubjectKind, ...] = ("component", "channel", "store")

Title = Annotated[Text, BeforeValidator(check_title), WithJsonSchema(TITLE_SCHEMA)]
Id = Annotated[str, BeforeValidator(check_id), WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$"})]


class RequirementsError(ValueError):
    """The requirements are invalid. `problems` are sentences that name the field, the value and the allowed values."""

    def __init__(self, problems: tuple[Text, ...]) -> None:
        super().__init__(" ".join(problem.en for problem in problems))
        self.problems = problems


class Model(BaseModel):
    """Base of all parts of the requirements: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _destination_kind(value: object) -> str:
    if value not in [option.value for option in DESTINATION_KINDS]:
        raise one_of(value, DESTINATION_KINDS)
    return str(value)


class Destination(Model):
    """A destination of a channel besides the components that listen to it."""

    kind: Annotated[
        str, BeforeValidator(_destination_kind), WithJsonSchema({"enum": [o.value for o in DESTINATION_KINDS]})
    ]
    title: Title | None = None

    @property
    def words(self) -> Text:
        """The label of its kind, followed by its title if it has one: "Email (Operators)"."""
        label = next(option.label for option in DESTINATION_KINDS if option.value == self.kind)
        if self.title is None:
            return label
        kind = f"{label.ja.removesuffix('）')}、" if label.ja.endswith("）") else f"{label.ja}（"
        return Text(f"{label.en} ({self.title.en})", f"{kind}{self.title.ja}）")


def _model(kind: str, base: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for field in FIELDS[kind]:
        if field.kind == "destinations":
            fields[field.id] = (tuple[Destination, ...] | None, ModelField(None, max_length=100))
            continue
        checked = Annotated[Any, BeforeValidator(partial(check_answer, field)), WithJsonSchema(answer_schema(field))]
        fields[field.id] = (checked, None)
    return create_model(kind.capitalize(), __base__=base, **fields)


#: The questions in their order, by the name of the model.
_IDS = {kind.capitalize(): tuple(field.id for field in fields) for kind, fields in FIELDS.items()}


class Answered(Model):
    """A subject of questions. `remarks` are the comments on its answers, by question."""

    remarks: dict[str, Title] = ModelField(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _part_remarks(cls, raw: Any) -> Any:
        return part_remarks(raw, cls.__name__.lower()) if isinstance(raw, Mapping) else raw

    @model_validator(mode="after")
    def _peak_in_its_hours(self) -> Self:
        """Take a peak that is stated per day, or longer, as that of the hours of the day in which there is work."""
        peak, hours = getattr(self, PEAK, None), getattr(self, HOURS, None)
        if peak is not None and hours is not None:
            most = next(field.maximum for field in FIELDS["component"] if field.id == PEAK)
            self.__dict__[PEAK] = within_hours(peak, hours, most)
        return self

    @property
    def stated(self) -> dict[str, Answer | Range]:
        """The stated answers by question, ranges as they were stated."""
        answers = self.__dict__
        return {id: value for id in _IDS[type(self).__name__] if (value := answers[id]) is not None}

    @property
    def accepted(self) -> frozenset[str]:
        """The questions of which the answer is an accepted assumption."""
        return frozenset(id for id in self.stated if is_accepted(self.remarks.get(id)))

    @property
    def answers(self) -> dict[str, Answer]:
        """The stated answers by question; of a range the value that a design is drawn for."""
        return {id: value.reading if isinstance(value, Range) else value for id, value in self.stated.items()}

    @property
    def ranges(self) -> dict[str, Range]:
        """The ranges among the stated answers, by question."""
        return {id: value for id, value in self.stated.items() if isinstance(value, Range)}


class Subject(Answered):
    """A component, channel or store: its id, title, answers and pins (role -> service that must be used)."""

    id: Id
    title: Title = EMPTY
    pins: dict[str, str] = ModelField(default_factory=dict)

    def answer(self, field: str) -> Answer | None:
        """Return the stated answer (of a range the value that is drawn), or None when the question was not answered."""
        value = getattr(self, field, None)
        return value.reading if isinstance(value, Range) else cast("Answer | None", value)

    @property
    def name(self) -> Text:
        """The title, or the id if there is none."""
        return Text(self.title.en or self.id, self.title.ja or self.id)


Workload = _model("workload", Answered)
Component = _model("component", Subject)
Channel = _model("channel", Subject)
Store = _model("store", Subject)


class Requirements(Model):
    """All answers about one workload. A file has at least one component; an unfinished interview may have none."""

    model_config = ConfigDict(json_schema_extra={"required": ["components"]})

    schema_version: Literal[2] = ModelField(CURRENT, alias="schema")
    title: Title = EMPTY
    summary: Title = EMPTY
    workload: Workload = ModelField(default_factory=Workload)  # type: ignore[valid-type]
    components: tuple[Component, ...] = ModelField((), max_length=60, json_schema_extra={"minItems": 1})  # type: ignore[valid-type]
    channels: tuple[Channel, ...] = ModelField((), max_length=60)  # type: ignore[valid-type]
    stores: tuple[Store, ...] = ModelField((), max_length=60)  # type: ignore[valid-type]

    def of_kind(self, kind: str) -> tuple[Subject, ...]:
        """Return the subjects of one kind, in the order in which they were written."""
        return cast("tuple[Subject, ...]", getattr(self, f"{kind}s"))

    def subjects(self) -> Iterator[tuple[SubjectKind, Subject]]:
        """Yield every subject with its kind: components, channels, stores."""
        for kind in SUBJECT_KINDS:
            for subject in self.of_kind(kind):
                yield kind, subject

    @property
    def workload_answers(self) -> dict[str, Answer]:
        """The stated workload-wide answers by question; of a range the value that a design is drawn for."""
        return cast("Answered", self.workload).answers

    @property
    def workload_stated(self) -> dict[str, Answer | Range]:
        """The stated workload-wide answers by question, ranges as they were stated."""
        return cast("Answered", self.workload).stated

    @property
    def workload_accepted(self) -> frozenset[str]:
        """The workload-wide questions of which the answer is an accepted assumption."""
        return cast("Answered", self.workload).accepted

    @property
    def workload_ranges(self) -> dict[str, Range]:
        """The ranges among the workload-wide answers, by question."""
        return cast("Answered", self.workload).ranges
