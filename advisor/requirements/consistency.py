"""Checks over the whole of the requirements: ids, links and answers that cannot both be true."""

from collections.abc import Iterator

from advisor.requirements.answers import ORDERED, Answers
from advisor.requirements.model import Requirements, Subject
from advisor.text import Text
from advisor.vocabulary import FIELDS
from advisor.vocabulary.units import words


def check_consistency(requirements: Requirements) -> Iterator[Text]:
    """Give a sentence for every problem that concerns more than one answer."""
    yield from _twins(requirements)
    yield from _links(requirements)
    yield from _cycles(requirements)
    yield from _listening(requirements)
    for kind, subject in requirements.subjects():
        for low, high in ORDERED:
            yield from _order(kind, subject, low, high)


def _twins(requirements: Requirements) -> Iterator[Text]:
    seen: set[str] = set()
    for _, subject in requirements.subjects():
        if subject.id in seen:
            yield Text(
                f'{subject.id}: the id "{subject.id}" is used twice.',
                f"{subject.id}: id「{subject.id}」が重複しています。",
            )
        seen.add(subject.id)


def _links(requirements: Requirements) -> Iterator[Text]:
    kinds = {subject.id: kind for kind, subject in requirements.subjects()}
    for kind, subject in requirements.subjects():
        for field in FIELDS[kind]:
            if field.kind not in ("link", "links"):
                continue
            answer = subject.answer(field.id)
            targets = answer if isinstance(answer, tuple) else () if answer is None else (answer,)
            for target in targets:
                if kinds.get(str(target)) not in field.links_to:
                    allowed = [s.id for k in field.links_to for s in requirements.of_kind(k)]
                    yield _dangling(f"{subject.id}.{field.id}", str(target), ", ".join(allowed) or "-")


def _dangling(where: str, target: str, allowed: str) -> Text:
    return Text(
        f'{where}: there is nothing called "{target}" to link to; allowed are {allowed}.',
        f"{where}: 「{target}」というリンク先はありません。使える id: {allowed}。",
    )


def _cycles(requirements: Requirements) -> Iterator[Text]:
    calls = {c.id: tuple(c.answer("calls") or ()) for c in requirements.of_kind("component")}  # type: ignore[arg-type]
    for start in calls:
        path, seen = [start], set()
        while path:
            here = path.pop()
            for following in calls.get(str(here), ()):
                if following == start:
                    yield Text(
                        f'{start}.calls: "{start}" waits for itself, through "{here}"; use a channel between them.',
                        f"{start}.calls: 「{start}」が「{here}」を経て自分自身を待っています。間にチャネルを使ってください。",
                    )
                    return
                if following not in seen:
                    seen.add(following)
                    path.append(following)


_REPORTS = {"objects": "s3-object", "key-value": "table-change"}


def reports(answers: Answers) -> bool:
    """Return whether every store that a component listens to reports the events that the component waits for."""
    for component in answers.of_kind("component"):
        target = answers.subjects.get(component.answers.get("listens_to", ""))
        if component.answers.get("trigger") == "event" and target is not None and target.kind == "store":
            reported = _REPORTS.get(target.answers.get("access", "key-value"))
            if reported is None or component.answers.get("event_source") not in (None, reported):
                return False
    return True


def _listening(requirements: Requirements) -> Iterator[Text]:
    """A store starts work by new objects or by changes of its table; other kinds of store report nothing."""
    access = {s.id: str(s.answer("access") or "key-value") for s in requirements.of_kind("store")}
    for component in requirements.of_kind("component"):
        target, source = component.answer("listens_to"), component.answer("event_source")
        if component.answer("trigger") != "event" or target not in access:
            continue
        reported = _REPORTS.get(access[str(target)])
        if reported is None or source not in (None, reported):
            stated = access[str(target)]
            yield Text(
                f'{component.id}.listens_to: the store "{target}" (access: {stated}) starts no work of event source '
                f"{source or 'any kind'}; stores of objects report s3-object, stores by key table-change.",
                f"{component.id}.listens_to: ストア「{target}」（access: {stated}）はイベント（{source or '-'}）を発生させません。"
                "objects は s3-object、key-value は table-change を発生させます。",
            )


def _order(kind: str, subject: Subject, low: str, high: str) -> Iterator[Text]:
    fields = {field.id: field for field in FIELDS[kind]}
    if low not in fields or high not in fields:
        return
    least, most = subject.answer(low), subject.answer(high)
    if isinstance(least, float) and isinstance(most, float) and least > most:
        unit = fields[low].unit
        a, b = words(least, unit), words(most, unit)
        yield Text(
            f"{subject.id}.{low}: {a.en} is more than {high} ({b.en}).",
            f"{subject.id}.{low}: {a.ja}は {high}（{b.ja}）を超えています。",
        )
