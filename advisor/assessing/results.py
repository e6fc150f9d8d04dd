"""The verdicts on rows of a table, as rows: the ids of the subject, the service of each role, and warnings."""

from collections.abc import Iterable, Iterator

from advisor.assessing.groups import grouped, joined
from advisor.assessing.rows import NAMED, Reader, Row
from advisor.book import DatedBook
from advisor.explanation.range_words import stretch_words
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.ranges import DecidedRange, decide_ranges
from advisor.text import Lang
from advisor.verdict import SubjectVerdict, decide_workload
from advisor.vocabulary import FIELDS

LAST = ("holds_conflict", "turns", "warnings", "errors")
# The caches of the book are cleared after so many rows, so that memory is bounded for any number of rows.
_ROWS_PER_CACHE = 50_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Assessor:
    """Decides row after row; `columns` are those of its results."""

    def __init__(self, reader: Reader, dated: DatedBook, lang: Lang) -> None:
        self._reader, self._dated, self._lang = reader, dated, lang
        self._named = tuple(name for name in NAMED if name in ("id", "kind") or name in reader.header)
        self._roles = tuple(role.id for role in dated.book.roles)
        self.columns = (*self._named, *self._roles, *LAST)

    def results(self, lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[Row, list[str]]]:
        """Yield each row with its result, in the order of the table."""
        since = 0
        for group in grouped(self._reader.row(line, cells) for line, cells in lines):
            since += len(group)
            if since >= _ROWS_PER_CACHE:
                since = 0
                self._dated.kept.clear()
            answers, rows = joined(group)
            verdict = decide_workload(answers, self._dated) if answers.subjects else None
            ranges = decide_ranges(verdict, self._dated).ranges if verdict else ()
            for row in rows:
                decided = verdict.subjects[row.id] if verdict and row.subject is not None else None
                turns = [t for one in ranges if one.subject in (row.id, WORKLOAD) for t in _turns(row, one, self._lang)]
                yield row, self._cells(row, decided, turns)

    def _cells(self, row: Row, decided: SubjectVerdict | None, turns: list[str]) -> list[str]:
        labels = [_safe(getattr(row, name)) for name in self._named]
        if decided is None:
            problems = " ".join(problem.in_(self._lang) for problem in row.problems)
            return [*labels, *[""] * (len(self._roles) + 3), _safe(problems)]
        services = decided.services
        chosen = [services.get(role) or "" for role in self._roles]
        empty = [role for role, service in services.items() if service is None]
        return [*labels, *chosen, ";".join(empty), "; ".join(turns), ";".join(_warnings(decided)), ""]


def _turns(row: Row, one: DecidedRange, lang: Lang) -> Iterator[str]:
    """Yield the intervals of a range in which services change: "longest_run_s above 15 min: compute=ecs"."""
    kind = "workload" if one.subject == WORKLOAD else row.kind
    unit = next(field.unit for field in FIELDS[kind] if field.id == one.field)
    for stretch in one.stretches:
        own = [move for move in stretch.moves if move.subject == row.id]
        if own:
            services = " ".join(f"{move.role}={move.after or '-'}" for move in own)
            yield f"{one.field} {stretch_words(stretch, one.range, unit).in_(lang)}: {services}"


def _warnings(decided: SubjectVerdict) -> Iterator[str]:
    """Yield the ids of the rules that warn of a chosen service, and of the limits and rules that a pin goes against."""
    for chosen in decided.chosen:
        for entry in chosen.table.entries_of(chosen.fired):
            warns = entry.rule is not None and entry.rule.effect == "warn" and chosen.service in entry.rule.services
            if warns or (chosen.pinned and chosen.service in entry.against):
                yield entry.id


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
