"""Rows that form one workload: links between them, and answers about the whole workload."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from advisor.assessing.rows import Row
from advisor.requirements import SUBJECT_KINDS
from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.consistency import reports, unreported, waiting
from advisor.text import Text, in_a_row
from advisor.vocabulary import FIELDS, Range

MOST_OF_A_KIND = 60
MOST_ROWS = 4 * MOST_OF_A_KIND
_LINKS = {kind: tuple(f for f in FIELDS[kind] if f.kind in ("link", "links")) for kind in SUBJECT_KINDS}
_TOO_MANY = Text(
    f"workload: a workload can have at most {MOST_OF_A_KIND} rows of each kind.",
    f"workload: 1 つのワークロードには種類ごとに {MOST_OF_A_KIND} 行までです。",
)
Problems = Callable[[Row, list[Row]], Iterator[Text]]


def grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield adjacent rows of the same workload together; a row without one is a workload of its own."""
    group: list[Row] = []
    name, full = "", False
    for row in rows:
        if not row.workload or row.workload != name:
            if group:
                yield group
            group, name, full = [], row.workload, False
        elif len(group) >= MOST_ROWS or full:
            # Rows beyond the size of a workload are refused as they are read, so that no input fills the memory.
            if group:
                yield group
            group, full = [], True
            yield [row.without(_TOO_MANY)]
            continue
        group.append(row)
    if group:
        yield group


def joined(group: list[Row]) -> tuple[Answers, list[Row]]:
    """Return the answers of a group and its rows; a row that contradicts the others is skipped."""
    if len(group) == 1 and _is_unlinked(group[0]):
        return _answers(group, group[0].common), group
    rows, common = _one_workload(_with_unique_ids(group))
    for problems in (_dangling, _self_calls, _unreported_events):
        rows = _without_problems(rows, problems)
    rows = _without_problems(rows, _dangling)
    return _answers(rows, common), rows


def _is_unlinked(row: Row) -> bool:
    return row.subject is None or not any(field.id in row.subject.answers for field in _LINKS[row.subject.kind])


def _answers(rows: list[Row], common: Mapping[str, Any]) -> Answers:
    subjects = [row.subject for row in rows if row.subject is not None]
    if len(subjects) > 1:
        subjects.sort(key=lambda subject: SUBJECT_KINDS.index(subject.kind))
    ranges = {id: value for id, value in common.items() if isinstance(value, Range)}
    single = {**common, **{id: value.reading for id, value in ranges.items()}}
    return Answers(single, {subject.id: subject for subject in subjects}, ranges)


def _without_problems(rows: list[Row], problems: Problems) -> list[Row]:
    """Skip, one by one, the rows with such problems: another row may link to a skipped one."""
    while True:
        for number, row in enumerate(rows):
            sentences = tuple(problems(row, rows)) if row.subject is not None else ()
            if sentences:
                rows = [*rows[:number], row.without(*sentences), *rows[number + 1 :]]
                break
        else:
            return rows


def _with_unique_ids(rows: list[Row]) -> list[Row]:
    ids: set[str] = set()
    counts = dict.fromkeys(SUBJECT_KINDS, 0)
    checked = []
    for row in rows:
        if row.subject is not None and row.id in ids:
            row = row.without(Text(f'id: duplicate id "{row.id}".', f"id: id「{row.id}」が重複しています。"))
        elif row.subject is not None:
            ids.add(row.id)
            counts[row.subject.kind] += 1
            if counts[row.subject.kind] > MOST_OF_A_KIND:
                row = row.without(_TOO_MANY)
        checked.append(row)
    return checked


def _one_workload(rows: list[Row]) -> tuple[list[Row], dict[str, Any]]:
    """Return the rows that agree, and their answers about the whole workload; the first answer counts."""
    common: dict[str, Any] = {}
    stated: dict[str, int] = {}
    agreeing = []
    for row in rows:
        differing = [id for id, value in row.common.items() if row.subject and common.get(id, value) != value]
        if differing:
            row = row.without(
                *(
                    Text(
                        (
                            f"workload.{id}: this answer differs from line {stated[id]}. A workload has only one "
                            "answer to each question."
                        ),
                        f"workload.{id}: {stated[id]} 行目と異なります。ワークロードの回答は 1 つです。",
                    )
                    for id in differing
                )
            )
        elif row.subject:
            for id, value in row.common.items():
                common[id] = value
                stated.setdefault(id, row.line)
        agreeing.append(row)
    return agreeing, common


def _targets(subject: AnsweredSubject, field: str) -> tuple[str, ...]:
    targets = subject.answers.get(field, ())
    return targets if isinstance(targets, tuple) else (targets,)


def _dangling(row: Row, rows: list[Row]) -> Iterator[Text]:
    assert row.subject is not None
    kinds = {other.id: other.subject.kind for other in rows if other.subject is not None}
    skipped = {other.id for other in rows if other.subject is None}
    for field in _LINKS[row.subject.kind]:
        for target in _targets(row.subject, field.id):
            if kinds.get(target) in field.links_to:
                continue
            allowed = in_a_row(id for id, kind in kinds.items() if kind in field.links_to)
            is_skipped = target in skipped and target not in kinds
            yield Text(
                f'{field.id}: the row "{target}" is skipped, so there is nothing to link to.'
                if is_skipped
                else f'{field.id}: the workload has no "{target}" to link to; allowed are {allowed.en}.',
                f"{field.id}: リンク先の行「{target}」は処理されていません。"
                if is_skipped
                else f"{field.id}: ワークロードに「{target}」というリンク先はありません。使える id: {allowed.ja}。",
            )


def _self_calls(row: Row, rows: list[Row]) -> Iterator[Text]:
    """Yield a sentence when a component waits for itself through others."""
    assert row.subject is not None
    calls = {other.id: _targets(other.subject, "calls") for other in rows if other.subject is not None}
    path, visited = [row.id], set()
    while path:
        here = path.pop()
        for following in calls.get(here, ()):
            if following == row.id:
                yield waiting("calls", Text.same(row.id), Text.same(here))
                return
            if following not in visited:
                visited.add(following)
                path.append(following)


def _unreported_events(row: Row, rows: list[Row]) -> Iterator[Text]:
    """Yield an error if a component listens to a store that does not emit its trigger event."""
    assert row.subject is not None
    target = row.subject.answers.get("listens_to")
    store = next((other.subject for other in rows if other.subject is not None and other.id == target), None)
    if store is not None and not reports(Answers({}, {row.id: row.subject, store.id: store})):
        access, source = store.answers.get("access", "key-value"), row.subject.answers.get("event_source")
        yield unreported("listens_to", Text.same(store.id), access, source)
