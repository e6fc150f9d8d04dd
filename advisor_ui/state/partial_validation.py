"""Partial validation of a draft: wrong answers are left out and named, the rest becomes a design."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from advisor.advise import advise
from advisor.book import Book, DatedBook
from advisor.design import Design
from advisor.requirements import SUBJECT_KINDS, RequirementsError, check_answer, make_requirements
from advisor.requirements.remarks import value_of
from advisor.text import Text
from advisor.verdict.known import Known
from advisor.vocabulary import FIELDS
from advisor_ui.state.draft import WORKLOAD, Raw

_PLACE = re.compile(r"(?:components\.|channels\.|stores\.)?([a-z][a-z0-9-]*)\.([a-z_0-9]+)")
_MAX_ROUNDS = 200


@dataclass(frozen=True)
class Validated:
    """The design of a draft, and the sentences on the answers that were left out, keyed by (subject, field)."""

    design: Design
    problems: Mapping[tuple[str, str], Text]

    def known(self, kind: str, id: str) -> Known:
        """Return the answers of a subject with the defaults of unanswered questions."""
        if kind == WORKLOAD:
            return self.design.verdict.workload
        return self.design.verdict.subjects[id].known


def validate(draft: Raw, book: Book | DatedBook) -> Validated:
    """Return the design of the valid part of a draft. Raises RequirementsError if even its ids and titles are invalid."""
    problems: dict[tuple[str, str], Text] = {}
    clean = {**draft}
    if WORKLOAD in draft:
        clean[WORKLOAD] = _valid_answers(WORKLOAD, WORKLOAD, draft[WORKLOAD], problems)
    for kind in ("component", "channel", "store"):
        if f"{kind}s" in draft:
            clean[f"{kind}s"] = [_valid_answers(kind, str(s.get("id")), s, problems) for s in draft[f"{kind}s"]]
    for _ in range(_MAX_ROUNDS):
        try:
            return Validated(advise(make_requirements(clean), book), problems)
        except RequirementsError as error:
            clean = _without_invalid(clean, error, problems)
    raise RequirementsError(tuple(problems.values()))


def _valid_answers(kind: str, id: str, part: Mapping[str, Any], problems: dict[tuple[str, str], Text]) -> Raw:
    valid = dict(part)
    for field in FIELDS[kind]:
        if field.id not in valid or field.kind == "destinations":
            continue
        try:
            check_answer(field, value_of(valid[field.id]))
        except ValueError as error:
            words: Text = error.on_page  # type: ignore[attr-defined]
            problems[(id, field.id)] = Text(f"{field.title.en}: {words.en}.", f"{field.title.ja}: {words.ja}。")
            del valid[field.id]
    return valid


def _without_invalid(clean: Raw, error: RequirementsError, problems: dict[tuple[str, str], Text]) -> Raw:
    """Return the data without the answers that an error names; the error itself when it names none."""
    remaining, removed = clean, False
    for problem in error.problems:
        place = _PLACE.match(problem.en)
        if place is None:
            continue
        id, field = place[1], place[2]
        changed = _without_answer(remaining, id, field)
        if changed is not None:
            remaining, removed = changed, True
            problems.setdefault((id, field), _with_title(remaining, id, field, problem))
    if not removed:
        raise error
    return remaining


def _without_answer(clean: Raw, id: str, field: str) -> Raw | None:
    """Return the data without one answer, or None if it is not there."""
    if id == WORKLOAD and field in clean.get(WORKLOAD, {}):
        return {**clean, WORKLOAD: {k: v for k, v in clean[WORKLOAD].items() if k != field}}
    for kind in ("components", "channels", "stores"):
        for at, subject in enumerate(clean.get(kind) or ()):
            if subject.get("id") == id and field in subject and field != "id":
                changed = {k: v for k, v in subject.items() if k != field}
                return {**clean, kind: [*clean[kind][:at], changed, *clean[kind][at + 1 :]]}
    return None


def _with_title(clean: Raw, id: str, field: str, problem: Text) -> Text:
    """Return a sentence with the question's title in place of the path to it."""
    kinds = [kind for kind in SUBJECT_KINDS if any(one.get("id") == id for one in clean.get(f"{kind}s") or ())]
    titles = [f.title for kind in (*kinds, *FIELDS) for f in FIELDS[kind] if f.id == field]
    if not titles:
        return problem
    return Text(f"{titles[0].en}: {problem.en.partition(': ')[2]}", f"{titles[0].ja}: {problem.ja.partition(': ')[2]}")
