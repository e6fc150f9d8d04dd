"""Reads data of any form as a draft: keeps what is valid, and reports the rest, one sentence each.

Answers themselves are not judged here: a wrong one is kept, and said to be wrong beside its question.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from advisor.requirements import SUBJECT_KINDS, RequirementsError
from advisor.requirements.answer_checks import Problem, check_id, check_title, readable
from advisor.requirements.remarks import remark_of, value_of, with_remark
from advisor.requirements.upgrading import CURRENT, UnknownFormError, upgraded
from advisor.text import LANGS, Text
from advisor.vocabulary import DESTINATION_KINDS, FIELDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import MAX_SUBJECTS, NAMES, WORKLOAD, Raw
from advisor_ui.words_reading import READING_WORDS

_TITLES = ("title", "summary")
_LISTS: dict[str, str] = {kind: f"{kind}s" for kind in SUBJECT_KINDS}
KEYS = ("schema", *_TITLES, WORKLOAD, *_LISTS.values())
_KINDS = frozenset(option.value for option in DESTINATION_KINDS)
_MOST_NAMED = 40


def said(key: str, **values: object) -> Text:
    """Return a sentence on data that was not understood; text values are in each language."""
    en, ja = (
        READING_WORDS[key].in_(lang).format(**{n: v.in_(lang) if isinstance(v, Text) else v for n, v in values.items()})
        for lang in LANGS
    )
    return Text(readable(en), readable(ja))


def understood(raw: object) -> tuple[Raw, tuple[Text, ...]]:
    """Return plain data as a draft, and the omitted parts. Raises RequirementsError if nothing is usable."""
    if not isinstance(raw, Mapping):
        return drafts.checked(raw), ()
    try:
        current = upgraded(raw)
    except UnknownFormError:
        return drafts.checked(raw), ()
    if not any(key in KEYS for key in current):
        return drafts.checked(raw), ()
    reading = _Reading()
    draft = drafts.checked(reading.draft(current))
    if reading.problems and not drafts.ids(draft):
        raise RequirementsError(shortened(reading.problems))
    return draft, shortened(reading.problems)


def shortened(problems: Iterable[Text]) -> tuple[Text, ...]:
    """Return at most forty sentences, each once, and how many more there are."""
    listed = tuple(dict.fromkeys(problems))
    more = len(listed) - _MOST_NAMED
    return listed if more <= 0 else (*listed[:_MOST_NAMED], said("left_more", count=more))


class _Reading:
    """One reading: builds the draft part by part, and reports the parts that are invalid."""

    def __init__(self) -> None:
        self.problems: list[Text] = []
        self._new_ids: dict[str, str] = {}
        self._taken: set[str] = set()
        self._left: set[str] = set()

    def draft(self, raw: Mapping[str, Any]) -> Raw:
        for key in raw:
            if key not in KEYS:
                self._note("left_key", where=_shown(key), near=_near(key, KEYS))
        draft: Raw = {"schema": CURRENT} | self._titles(raw, "", _TITLES)
        if WORKLOAD in raw:
            draft |= {WORKLOAD: self._answers(WORKLOAD, raw[WORKLOAD], WORKLOAD)}
        for kind, name in _LISTS.items():
            if parts := list(self._parts(kind, raw.get(name))):
                draft[name] = parts
        for kind, name in _LISTS.items():
            for part in draft.get(name, ()):
                self._relink(kind, part)
        return {key: value for key, value in draft.items() if value not in ({}, [])}

    def _note(self, key: str, **values: object) -> None:
        self.problems.append(said(key, **values))

    def _parts(self, kind: str, stated: object) -> Iterator[Raw]:
        if stated is None:
            return
        if not isinstance(stated, list | tuple):
            self._note("left_shape", where=_LISTS[kind])
            return
        for at, part in enumerate(stated):
            if not isinstance(part, Mapping):
                self._note("left_shape", where=f"{_LISTS[kind]}.{at + 1}")
            elif at >= MAX_SUBJECTS:
                self._note("left_part", name=_name(part, kind, at), kind=NAMES[kind], most=MAX_SUBJECTS)
                self._left.add(str(part.get("id")))
            else:
                id = self._id(kind, part, at)
                yield {"id": id, **self._titles(part, id, ("title",)), **self._answers(kind, part, id)}

    def _id(self, kind: str, part: Mapping[str, Any], at: int) -> str:
        stated = part.get("id")
        try:
            id = check_id(stated)
        except Problem:
            id = ""
        if not id or id in self._taken:
            free = (f"{kind}-{number}" for number in range(at + 1, 999))
            new = next(other for other in free if other not in self._taken)
            self._note("renamed_part", where=f"{_LISTS[kind]}.{at + 1}", id=_shown(stated), new=new)
            if not id:
                self._new_ids[str(stated)] = new
            id = new
        self._taken.add(id)
        return id

    def _titles(self, part: Mapping[str, Any], where: str, keys: tuple[str, ...]) -> Raw:
        kept: Raw = {}
        for key in (key for key in keys if part.get(key) is not None):
            try:
                check_title(part[key])
            except Problem as problem:
                self._note("left_because", where=".".join(filter(None, (where, key))), why=problem.text)
            else:
                kept[key] = part[key]
        return kept

    def _answers(self, kind: str, part: object, id: str) -> Raw:
        if not isinstance(part, Mapping):
            self._note("left_shape", where=id)
            return {}
        fields = {field.id: field for field in FIELDS[kind]}
        kept: Raw = {}
        for key, value in part.items():
            if key in ("id", "title") and kind != WORKLOAD:
                continue
            if key == "pins" and kind != WORKLOAD:
                kept |= self._pins(value, id)
            elif key == "remarks" and isinstance(value, Mapping):
                kept |= self._remarks(value, id)
            elif key not in fields:
                self._note("left_key", where=f"{id}.{_shown(key)}", near=_near(key, fields))
            elif fields[key].kind == "destinations":
                kept |= self._destinations(value, id, key)
            elif value is not None:
                kept[key] = value
        return kept

    def _remarks(self, value: Mapping[str, Any], id: str) -> Raw:
        noted = self._titles(value, id, tuple(key for key in value if isinstance(key, str)))
        return {"remarks": noted} if noted else {}

    def _pins(self, value: object, id: str) -> Raw:
        if isinstance(value, Mapping) and all(isinstance(word, str) for pair in value.items() for word in pair):
            return {"pins": dict(value)} if value else {}
        self._note("left_shape", where=f"{id}.pins")
        return {}

    def _destinations(self, value: object, id: str, key: str) -> Raw:
        rows, kept = value_of(value), []
        for row in rows if isinstance(rows, list | tuple) else [rows]:
            if isinstance(row, Mapping) and str(row.get("kind")) in _KINDS:
                kept.append({"kind": row["kind"], **self._titles(row, f"{id}.{key}", ("title",))})
            else:
                self._note("left_shape", where=f"{id}.{key}")
        return {key: with_remark(kept, remark_of(value))} if kept else {}

    def _relink(self, kind: str, part: Raw) -> None:
        """Update links to renamed parts, and remove those to omitted parts."""
        for field in (field for field in FIELDS[kind] if field.kind in ("link", "links") and field.id in part):
            stated = value_of(part[field.id])
            listed = list(stated) if isinstance(stated, list | tuple) else [stated]
            links = [self._new_ids.get(str(id), id) for id in listed if str(id) not in self._left - self._taken]
            one = not isinstance(stated, list | tuple)
            if links:
                part[field.id] = with_remark(links[0] if one else links, remark_of(part[field.id]))
            else:
                del part[field.id]


def _name(part: Mapping[str, Any], kind: str, at: int) -> Text:
    try:
        title = check_title(part.get("title"))
    except Problem:
        title = Text("", "")
    fallback = _shown(part.get("id") or f"{kind}-{at + 1}")
    return Text(title.en or fallback, title.ja or fallback)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _near(key: object, known: Iterable[str]) -> Text:
    """Return the nearest known key as the rest of a sentence, or none if none is near."""
    near = get_close_matches(str(key)[:60], [*known], 1, 0.7)
    return said("nearest", near=near[0]) if near else Text("", "")
