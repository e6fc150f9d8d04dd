"""Rows of a table as answers: one subject a row, one question a column, each cell checked once and remembered."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NamedTuple

from advisor.book import Book
from advisor.requirements import SUBJECT_KINDS, RequirementsError, check_answer
from advisor.requirements.answers import ORDERED, AnsweredSubject, answered_subject
from advisor.requirements.consistency import too_much
from advisor.requirements.demands import expanded
from advisor.text import EMPTY, Text, in_a_row
from advisor.vocabulary import FIELDS, Field, Range

NAMED = ("id", "kind", "workload", "title")
LONGEST_TITLE = 300
_CACHE_SIZE = 20_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BROKEN = re.compile("[\ud800-\udfff]")
_EXPONENT = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}")
_COMMA = re.compile(r",(?! )")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_ID = Field("id", "link", EMPTY, EMPTY, "")
_KIND = Text("component, channel, store", "component, channel, store")


class Row(NamedTuple):
    """A row of the table: the answers about its subject, or the problems with it (then it is skipped)."""

    line: int
    id: str
    kind: str
    workload: str
    title: str
    subject: AnsweredSubject | None
    common: Mapping[str, Any]
    problems: tuple[Text, ...]

    def without(self, *problems: Text) -> "Row":
        """Return the row as skipped, with its problems."""
        return self._replace(subject=None, problems=(*self.problems, *problems))


class _Column(NamedTuple):
    name: str
    fields: Mapping[str, Field]
    cache: dict[tuple[str, str], Any]


def _problem(where: str, en: str, ja: str) -> Text:
    return Text(f"{where}: {en}.", f"{where}: {ja}。")


class _RowAnswers(NamedTuple):
    """The content of a row: answers about its subject and the workload, its pins, and its errors.

    Of the subject's answers that are ranges `answers` holds the values that are decided on, `ranges` the ranges.
    """

    answers: dict[str, Any]
    ranges: dict[str, Range]
    common: dict[str, Any]
    pins: dict[str, str]
    problems: list[Text]


class Reader:
    """Reads rows under one header. Raises RequirementsError if the header contains an unknown column."""

    def __init__(self, header: list[str], book: Book) -> None:
        names = [name.strip() for name in header]
        while names and not names[-1]:  # spreadsheets leave empty columns at the end
            names.pop()
        self.header = tuple(names)
        self.roles: Mapping[str, Mapping[str, tuple[str, ...]]] = {
            kind: {role.id: role.candidates for role in book.roles_of(kind)} for kind in SUBJECT_KINDS
        }
        self._check_header(book)
        self._columns = tuple(_Column(name, _fields(name), {}) for name in self.header)

    def _check_header(self, book: Book) -> None:
        allowed = [*NAMED, *dict.fromkeys(f.id for kind in SUBJECT_KINDS for f in FIELDS[kind])]
        allowed += [f"workload.{f.id}" for f in FIELDS["workload"]] + [f"pins.{role.id}" for role in book.roles]
        problems = []
        for number, name in enumerate(self.header):
            if name not in allowed:
                problems.append(_unknown_column(name, allowed))
            elif name in self.header[:number]:
                problems.append(_problem("header", f'duplicate column "{name}"', f"列「{name}」が重複しています"))
        if problems:
            raise RequirementsError(tuple(problems[:20]))

    def row(self, line: int, cells: list[str]) -> Row:
        """Return one row; if it is invalid, with its problems."""
        if len(cells) > len(self.header) and any(cell.strip() for cell in cells[len(self.header) :]):
            most = len(self.header)
            wide = _problem(
                "row",
                f"the row has {len(cells)} cells, but the header has {most}",
                f"{most} 列に対して {len(cells)} セルあります",
            )
            return Row(
                line=line,
                id=f"row-{line}",
                kind="component",
                workload="",
                title="",
                subject=None,
                common={},
                problems=(wide,),
            )
        texts = {c.name: text for c, cell in zip(self._columns, cells, strict=False) if (text := cell.strip())}
        labels = {name: _clean(texts.get(name, "")) for name in NAMED}
        id, kind = labels["id"] or f"row-{line}", labels["kind"] or "component"
        row = Row(
            line=line,
            id=id[:80],
            kind=kind[:40],
            workload=labels["workload"][:LONGEST_TITLE],
            title=labels["title"][:LONGEST_TITLE],
            subject=None,
            common={},
            problems=(),
        )
        problems = list(self._label_problems(id, kind, labels, texts))
        if kind not in SUBJECT_KINDS:
            return row.without(*problems)
        read = self._answers(kind, texts)
        problems += [*read.problems, *_order(kind, read)]
        if problems:
            return row.without(*problems)
        subject = answered_subject(id, kind, expanded(read.answers), read.pins, read.ranges)
        return row._replace(subject=subject, common=expanded(read.common))

    def _answers(self, kind: str, texts: Mapping[str, str]) -> _RowAnswers:
        """Return the answers in the cells of a row."""
        read = _RowAnswers({}, {}, {}, {}, [])
        for column in self._columns:
            if column.name in NAMED or column.name not in texts:
                continue
            value = self._value(column, kind, texts[column.name])
            if isinstance(value, Text):
                read.problems.append(value)
            elif column.name.startswith("workload."):
                read.common[column.name.removeprefix("workload.")] = value
            elif column.name.startswith("pins."):
                read.pins[column.name.removeprefix("pins.")] = value
            elif isinstance(value, Range):
                read.ranges[column.name], read.answers[column.name] = value, value.reading
            else:
                read.answers[column.name] = value
        return read

    def _label_problems(
        self, id: str, kind: str, labels: Mapping[str, str], texts: Mapping[str, str]
    ) -> Iterator[Text]:
        try:
            check_answer(_ID, id)
        except ValueError as error:
            yield _worded("id", error)
        if kind not in SUBJECT_KINDS:
            yield _problem(
                "kind",
                f'"{kind[:40]}" must be one of: {_KIND.en}',
                f"「{kind[:40]}」は使えません。使える値: {_KIND.ja}",
            )
        for name in ("workload", "title"):
            if len(labels[name]) > LONGEST_TITLE:
                yield _problem(
                    name, f"write at most {LONGEST_TITLE} characters", f"{LONGEST_TITLE} 文字以内で書いてください"
                )
            if _BROKEN.search(texts.get(name, "")):
                yield _problem(name, "this is not UTF-8 text", "UTF-8 のテキストではありません")

    def _value(self, column: _Column, kind: str, text: str) -> Any:
        """Return a cell's value, or the Text of its problem."""
        key = (kind, text)
        value = column.cache.get(key)
        if value is None:
            if len(column.cache) >= _CACHE_SIZE:
                column.cache.clear()
            value = column.cache[key] = self._checked(column, kind, text)
        return value

    def _checked(self, column: _Column, kind: str, text: str) -> Any:
        name = column.name
        if _BROKEN.search(text):
            return _problem(name, "this is not UTF-8 text", "UTF-8 のテキストではありません")
        if name.startswith("pins."):
            return self._pin(kind, name.removeprefix("pins."), text)
        field = column.fields.get("workload" if name.startswith("workload.") else kind)
        if field is None:
            return _problem(
                name,
                f"this question does not apply to a {kind}; leave the cell empty",
                f"この質問は {kind} には適用されません。空欄にしてください",
            )
        try:
            return _READ[field.kind](field, text) if field.kind in _READ else check_answer(field, text)
        except ValueError as error:
            return _worded(name, error)

    def _pin(self, kind: str, role: str, service: str) -> Any:
        candidates = self.roles[kind].get(role, ())
        if service in candidates:
            return service
        if not candidates:
            return _problem(f"pins.{role}", f"there is no such role for a {kind}", f"{kind} にこの選定項目はありません")
        listed = in_a_row(candidates)
        return _problem(
            f"pins.{role}",
            f'"{service[:60]}" must be one of: {listed.en}',
            f"「{service[:60]}」は使えません。使える値: {listed.ja}",
        )


def _fields(name: str) -> dict[str, Field]:
    bare = name.removeprefix("workload.")
    kinds = ("workload",) if bare != name else SUBJECT_KINDS
    return {kind: field for kind in kinds for field in FIELDS[kind] if field.id == bare}


def _unknown_column(name: str, allowed: list[str]) -> Text:
    near = get_close_matches(name, allowed, 1)
    quoted = _clean(name)[:60]
    if near:
        return _problem(
            "header",
            f'unknown column "{quoted}"; did you mean "{near[0]}"',
            f"不明な列「{quoted}」。「{near[0]}」の誤りではありませんか",
        )
    listed = in_a_row(allowed)
    return _problem(
        "header", f'unknown column "{quoted}"; allowed are {listed.en}', f"不明な列「{quoted}」。使える列: {listed.ja}"
    )


def _clean(text: str) -> str:
    return _BROKEN.sub("\ufffd", _CONTROL.sub(" ", text)).strip()


def _worded(where: str, error: ValueError) -> Text:
    text: Text = error.text  # type: ignore[attr-defined]
    return _problem(where, text.en, text.ja)


def _order(kind: str, read: _RowAnswers) -> Iterator[Text]:
    for low, high in ORDERED:
        if low not in read.answers or high not in read.answers:
            continue
        least = read.ranges[low].low if low in read.ranges else read.answers[low]
        most = read.ranges[high].high if high in read.ranges else read.answers[high]
        if least > most:
            problem = too_much(kind, low, least, high, most)
            yield _problem(low, problem.en, problem.ja)


def _flag(field: Field, text: str) -> Any:
    return check_answer(field, _FLAGS.get(text.lower(), text))


def _number(field: Field, text: str) -> Any:
    if _COMMA.search(text):
        # A comma parts thousands in one country and decimals in another.
        raise _WrongCell(
            "write numbers without a comma, such as 1500 or 0.5",
            "数値はカンマなしで、1500 や 0.5 のように書いてください",
        )
    return check_answer(field, float(text) if _EXPONENT.fullmatch(text) else text)


# Between the entries of a cell with several; no id and no option has one of them.
_SEPARATORS = re.compile("[;,]")


def _list(field: Field, text: str) -> Any:
    items = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if field.kind != "destinations":
        return check_answer(field, items)
    choice = replace(field, kind="choice")
    check_answer(replace(field, kind="choices"), items)
    return tuple(str(check_answer(choice, item)) for item in items)


class _WrongCell(ValueError):
    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.text = Text(en, ja)


_READ: dict[str, Callable[[Field, str], Any]] = {
    "flag": _flag,
    "quantity": _number,
    "choices": _list,
    "links": _list,
    "destinations": _list,
}
