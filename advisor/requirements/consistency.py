"""Consistency checks of requirements: ids, links and answers that contradict each other."""

from collections.abc import Iterator
from typing import Literal

from advisor.requirements.answers import ORDERED, Answers, answers_of
from advisor.requirements.model import Requirements, Subject
from advisor.requirements.orchestration import awaits_person, steps_of
from advisor.requirements.starts import start_of
from advisor.text import Text, in_a_row, spaced
from advisor.vocabulary import FIELDS, Field, Range
from advisor.vocabulary.formats import listed
from advisor.vocabulary.store import IMMUTABLE, KEPT
from advisor.vocabulary.units import words

_OBJECTS = "objects"
_ACCESS = next(field for field in FIELDS["store"] if field.id == "access")


def check_consistency(requirements: Requirements) -> Iterator[Text]:
    """Yield a sentence for every problem that concerns more than one answer."""
    duplicates = [*_duplicate_ids(requirements)]
    yield from duplicates
    if duplicates:
        return  # The other checks find a part by its id.
    yield from _links(requirements)
    yield from _cycles(requirements)
    yield from _listening(requirements)
    yield from _persons(requirements)
    yield from _steps_before_approval(requirements)
    yield from _locks(requirements)
    for kind, subject in requirements.subjects():
        for low, high in ORDERED:
            yield from _order(kind, subject, low, high)


def _duplicate_ids(requirements: Requirements) -> Iterator[Text]:
    ids: set[str] = set()
    for _, subject in requirements.subjects():
        if subject.id in ids:
            yield Text(
                f'{subject.id}: duplicate id "{subject.id}".',
                f"{subject.id}: id「{subject.id}」が重複しています。",
            )
        ids.add(subject.id)


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
                    yield _dangling(f"{subject.id}.{field.id}", str(target), in_a_row(allowed))


def _locks(requirements: Requirements) -> Iterator[Text]:
    """Yield a sentence for each lock of what is no object, on which it would have no effect, and for each without an end."""
    for store in requirements.of_kind("store"):
        access = store.answer("access") or _ACCESS.default
        if not store.answer(IMMUTABLE):
            continue
        if access != _OBJECTS:
            yield _locks_no_object(store, _ACCESS.label(str(access)))
        elif store.answer(KEPT) is None:
            yield Text(
                f"{store.id}.{IMMUTABLE}: {KEPT} must be stated, too: for how long nobody may change or delete an object, such as 7 years.",
                f"{store.id}.{IMMUTABLE}: 変更と削除を禁止する期間を {KEPT} に書いてください。",
            )


def _locks_no_object(store: Subject, access: Text) -> Text:
    return spaced(
        Text(
            f"{store.id}.{IMMUTABLE}: only objects can be locked, so access must be {_OBJECTS}; the access of this store is "
            f'"{access.en}". Store what must not change as objects, in a store of its own if need be, or leave this answer out.',
            f"{store.id}.{IMMUTABLE}: ロックできるのはオブジェクト（access: {_OBJECTS}）だけですが、このストアのアクセス方法は「{access.ja}」です。"
            "変更してはならないデータを、必要に応じて別のストアにオブジェクトとして保存するか、この回答を削除してください。",
        )
    )


def _dangling(where: str, target: str, allowed: Text) -> Text:
    return Text(
        f'{where}: unknown id "{target}"; must be one of: {allowed.en}.',
        f"{where}: 「{target}」は不明な id です。使える id: {allowed.ja}。",
    )


def _cycles(requirements: Requirements) -> Iterator[Text]:
    calls = {c.id: tuple(c.answer("calls") or ()) for c in requirements.of_kind("component")}  # type: ignore[arg-type]
    names = {c.id: c.name for c in requirements.of_kind("component")}
    for start in calls:
        path, visited = [start], set()
        while path:
            here = path.pop()
            for following in calls.get(str(here), ()):
                if following == start:
                    yield waiting(f"{start}.calls", names[start], names[str(here)])
                    return
                if following not in visited:
                    visited.add(following)
                    path.append(following)


def waiting(where: str, itself: Text, through: Text) -> Text:
    """Return the error for a component that waits for itself; `where` is the key that states it."""
    return Text(
        f'{where}: "{itself.en}" waits for itself, through "{through.en}"; use a channel between them.',
        f"{where}: 「{itself.ja}」が「{through.ja}」を経て自分自身を待っています。間にチャネルを置いてください。",
    )


_REPORTS = {"objects": "s3-object", "key-value": "table-change"}


def reports(answers: Answers) -> bool:
    """Return whether every store that a component listens to reports the events that the component waits for."""
    for component in answers.of_kind("component"):
        target = answers.subjects.get(component.answers.get("listens_to", ""))
        if "event" in start_of(answers, component).trigger and target is not None and target.kind == "store":
            reported = _REPORTS.get(target.answers.get("access", "key-value"))
            if reported is None or component.answers.get("event_source") not in (None, reported):
                return False
    return True


def _listening(requirements: Requirements) -> Iterator[Text]:
    """A store starts work by new objects or by changes of its table; other kinds of store report nothing."""
    stores = {s.id: s for s in requirements.of_kind("store")}
    answers = answers_of(requirements)
    for component in requirements.of_kind("component"):
        store, source = stores.get(str(component.answer("listens_to"))), component.answer("event_source")
        if store is None or "event" not in start_of(answers, answers.subjects[component.id]).trigger:
            continue
        access = str(store.answer("access") or "key-value")
        if access not in _REPORTS or source not in (None, _REPORTS[access]):
            yield unreported(f"{component.id}.listens_to", store.name, access, source)


def persons_agree(answers: Answers) -> bool:
    """Return whether the answers on approvals and on waiting for people are consistent."""
    return all(
        "person" not in c.answers.get("waits_for", ()) or c.answers.get("human_approval", True)
        for c in answers.of_kind("component")
    )


def _persons(requirements: Requirements) -> Iterator[Text]:
    for component in requirements.of_kind("component"):
        if "person" in tuple(component.answer("waits_for") or ()) and component.answer("human_approval") is False:  # type: ignore[arg-type]
            waits, approval = _field("component", "waits_for"), _field("component", "human_approval")
            person, no = waits.label("person"), approval.answer(False)
            yield Text(
                f'{component.id}.waits_for: "{person.en}" contradicts "{approval.title.en}: {no.en}".',
                f"{component.id}.waits_for: 「{person.ja}」は「{approval.title.ja}: {no.ja}」と矛盾しています。",
            )


_STEPS_BEFORE = "steps_before_approval"


def _steps_before_approval(requirements: Requirements) -> Iterator[Text]:
    """Yield a sentence for each flow whose approval would not stand between two of its steps."""
    answers = answers_of(requirements)
    for component in requirements.of_kind("component"):
        asked = _end(component, _STEPS_BEFORE, "high") or 0.0
        subject = answers.subjects[component.id]
        where, most = f"{component.id}.{_STEPS_BEFORE}", steps_of(subject) - 1
        approval = _field("component", "human_approval").title
        if asked and not awaits_person(subject):
            yield Text(
                f'{where}: {asked:g} is only allowed with "{approval.en}" (human_approval: true); without it: 0.',
                f"{where}: {asked:g} を指定するには「{approval.ja}」（human_approval: true）が必要です。承認がない場合の値は 0 です。",
            )
        elif asked > most:
            items = _field("component", "parallel_items").title
            en, ja = (
                (f' where "{items.en}" is more than 0', f"「{items.ja}」が 1 件以上の場合、")
                if subject.answers.get("parallel_items")
                else (f" with {most + 1:g} step{'s' * (most > 0)}", f"ステップ数が {most + 1:g} の場合、")
            )
            yield Text(
                f"{where}: {asked:g} is not allowed{en}; allowed: {f'0 to {most:g}' if most else '0'}.",
                f"{where}: {asked:g} は指定できません。{ja}指定できる値は {f'0～{most:g}' if most else '0'} です。",
            )


def unreported(where: str, store: Text, access: str, source: object) -> Text:
    """Return the error for a store that does not emit an event (None: any event); `where` is the key that refers to it."""
    access_field, event = _field("store", "access"), _field("component", "event_source")
    access_label, event_label = access_field.label(access), event.label(str(source)) if source else None
    able = [(access_field.label(kind), event.label(reported)) for kind, reported in _REPORTS.items()]
    en = f'does not report "{event_label.en}"' if event_label else "reports no events"
    ja = f"「{event_label.ja}」" if event_label else ""
    title = access_field.title
    reporting = listed(
        [
            Text(f'{title.en} "{kind.en}" reports "{reported.en}"', f"{title.ja}「{kind.ja}」は「{reported.ja}」")
            for kind, reported in able
        ]
    )
    return Text(
        f'{where}: the store "{store.en}" ({access_field.title.en}: {access_label.en}) {en}; {reporting.en}.',
        f"{where}: ストア「{store.ja}」（{access_field.title.ja}: {access_label.ja}）はイベント{ja}を発生させません。"
        f"{reporting.ja}を発生させます。",
    )


def _field(kind: str, id: str) -> Field:
    return next(field for field in FIELDS[kind] if field.id == id)


def _order(kind: str, subject: Subject, low: str, high: str) -> Iterator[Text]:
    least, most = _end(subject, low, "low"), _end(subject, high, "high")
    if least is not None and most is not None and least > most:
        problem = too_much(kind, low, least, high, most)
        yield Text(f"{subject.id}.{low}: {problem.en}.", f"{subject.id}.{low}: {problem.ja}。")


def _end(subject: Subject, field: str, side: Literal["low", "high"]) -> float | None:
    """Return the number that was answered, or that end of the range, or None if nothing was."""
    answer = getattr(subject, field, None)
    if isinstance(answer, Range):
        answer = answer.low if side == "low" else answer.high
    return answer if isinstance(answer, float) else None


def too_much(kind: str, low: str, least: float, high: str, most: float) -> Text:
    """Return the sentence, without its full stop, on an answer that is more than the one that bounds it."""
    title = _field(kind, high).title
    a, b = words(least, _field(kind, low).unit), words(most, _field(kind, high).unit)
    return spaced(
        Text(
            f"{a.en} is more than the {title.en.lower()} of {b.en}",
            f"{a.ja}は{title.ja}（{b.ja}）を超えています",
        )
    )
