"""Each stated answer, and the answers that differ from it the most."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from advisor.requirements import Requirements
from advisor.requirements.answers import ORDERED, WORKLOAD
from advisor.requirements.model import Answered
from advisor.vocabulary import FIELDS, Field

#: Other values of the questions that are answered in words.
_WORDS = {
    "region": ("us-east-1", "eu-west-1", "ap-northeast-1"),
    "schedule_expression": ("rate(1 minute)", "cron(0 3 1 * ? *)"),
    "time_zone": ("America/New_York", "Asia/Tokyo", "UTC"),
}
#: How many times less and more a quantity is, besides the ends of what the question allows.
_TIMES = (0.1, 10.0)


class Stated(NamedTuple):
    """One stated answer; `item` is one of several that a question was answered with, None of a single one.

    `subject` is the id of a subject, "" for the workload. The item of destinations is its place among them.
    """

    subject: str
    kind: str
    field: Field
    value: Any
    item: str | int | None = None

    @property
    def entry(self) -> Any:
        """The answer as worded; for an entry of a list, a list of this entry."""
        if self.item is None:
            return self.value
        return (self.value[self.item] if isinstance(self.item, int) else self.item,)


def stated_answers(requirements: Requirements) -> Iterator[Stated]:
    """Yield every stated answer: each entry of a list is one."""
    answered: list[tuple[str, str, Answered]] = [(WORKLOAD, "workload", cast("Answered", requirements.workload))]
    answered += [(subject.id, kind, subject) for kind, subject in requirements.subjects()]
    for id, kind, of in answered:
        stated = of.stated
        for field in FIELDS[kind]:
            value = stated.get(field.id)
            if isinstance(value, tuple):
                items = range(len(value)) if field.kind == "destinations" else value
                yield from (Stated(id, kind, field, value, item) for item in items)
            elif value is not None:
                yield Stated(id, kind, field, value)


def opposites(requirements: Requirements, stated: Stated) -> Iterator[Requirements]:
    """Yield the requirements with other answers than a stated one."""
    for value in dict.fromkeys(_others(requirements, stated)):
        if value != stated.value:
            yield answered(requirements, stated, value)


def _others(requirements: Requirements, stated: Stated) -> Iterator[Any]:
    field, value = stated.field, stated.value
    if isinstance(value, tuple):
        yield from _without(stated)
    elif field.kind == "flag":
        yield not value
    elif field.kind == "choice":
        yield from (option.value for option in field.options)
    elif field.kind == "quantity":
        yield from _amounts(_answered(requirements, stated), stated)
    elif field.kind == "link":
        yield None
    else:
        yield from _WORDS[field.id]


def _without(stated: Stated) -> Iterator[Any]:
    """Yield the list without one of its entries; a required entry is replaced by each alternative."""
    rest = tuple(one for n, one in enumerate(stated.value) if stated.item not in (one, n))
    yield rest or (None if not stated.field.minimum else stated.value)
    if not rest and stated.field.minimum:
        yield from ((option.value,) for option in stated.field.options)


def _amounts(answered: Answered, stated: Stated) -> Iterator[float]:
    """Yield both ends of the allowed range, given the answers that bound it, and smaller and larger values."""
    field, now = stated.field, cast("float", answered.answers[stated.field.id])
    least, most = field.minimum, field.maximum
    answers = {id: value for id, value in answered.answers.items() if isinstance(value, float)}
    for low, high in ORDERED:
        if high == field.id and low in answers:
            least = max(least, answers[low])
        if low == field.id and high in answers:
            most = min(most, answers[high])
    whole = field.unit == "count"
    for amount in (most, least, *(now * times for times in _TIMES)):
        inside = min(most, max(least, amount))
        yield float(round(inside)) if whole else inside


def _answered(requirements: Requirements, stated: Stated) -> Answered:
    if stated.subject == WORKLOAD:
        return cast("Answered", requirements.workload)
    return next(subject for _, subject in requirements.subjects() if subject.id == stated.subject)


def answered(requirements: Requirements, stated: Stated, value: Any) -> Requirements:
    """Return the requirements with another answer, which is not checked."""
    changed = _answered(requirements, stated).model_copy(update={stated.field.id: value})
    if stated.subject == WORKLOAD:
        return requirements.model_copy(update={"workload": changed})
    of_kind = requirements.of_kind(stated.kind)
    subjects = tuple(changed if one.id == stated.subject else one for one in of_kind)
    return requirements.model_copy(update={f"{stated.kind}s": subjects})
