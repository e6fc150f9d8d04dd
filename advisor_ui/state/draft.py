"""The draft: the user's answers so far as plain data, including invalid ones.

It is the page's only truth. Every function returns a new draft; this module does not depend on Streamlit.
"""

import copy
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.requirements import SUBJECT_KINDS, make_requirements
from advisor.requirements.remarks import is_accepted, remark_of, value_of, with_remark
from advisor.requirements.upgrading import CURRENT, upgraded
from advisor.text import LANGS, Lang, Text
from advisor.vocabulary import FIELDS
from advisor.vocabulary.demands import BY_FACT, MUST
from advisor.vocabulary.units import compact

Raw = dict[str, Any]
WORKLOAD = "workload"
MAX_SUBJECTS = 60
NAMES = {
    "component": Text("Component", "コンポーネント"),
    "channel": Text("Channel", "チャネル"),
    "store": Text("Store", "ストア"),
    WORKLOAD: Text("Whole workload", "ワークロード全体"),
}


def new() -> Raw:
    """Return the draft that a first visitor starts with: one component, nothing answered."""
    return {"schema": CURRENT, "components": [_unnamed("component", 1)]}


def _unnamed(kind: str, number: int) -> Raw:
    """Return a new subject, named after its kind until it is renamed."""
    return {"id": f"{kind}-{number}", "title": {lang: f"{NAMES[kind].in_(lang)} {number}" for lang in LANGS}}


def key(draft: Raw) -> str:
    """Return the draft as one line of text, the key of caches and links."""
    return json.dumps(draft, ensure_ascii=False, separators=(",", ":"))


def checked(raw: object) -> Raw:
    """Return plain data of any form as a draft when its ids, titles and keys are right. Raises RequirementsError if not.

    Answers are not judged here: a wrong one is kept, and said to be wrong beside its question.
    """
    make_requirements(_without_answers(raw) if isinstance(raw, Mapping) else raw)
    draft: Raw = json.loads(json.dumps(upgraded(raw) if isinstance(raw, Mapping) else raw))
    return draft


def _without_answers(raw: Mapping[str, Any]) -> Raw:
    structure = dict(raw)
    for kind in (*SUBJECT_KINDS, WORKLOAD):
        name = kind if kind == WORKLOAD else f"{kind}s"
        fields = {field.id for field in FIELDS[kind]}
        subjects_or_workload = structure.get(name)
        if kind == WORKLOAD and isinstance(subjects_or_workload, Mapping):
            structure[name] = {k: v for k, v in subjects_or_workload.items() if k not in fields}
        elif isinstance(subjects_or_workload, list):
            structure[name] = [
                {k: v for k, v in s.items() if k not in fields} if isinstance(s, Mapping) else s
                for s in subjects_or_workload
            ]
    return structure


def subjects(draft: Raw) -> Iterator[tuple[str, Raw]]:
    """Yield each subject with its kind: components, channels, stores."""
    for kind in SUBJECT_KINDS:
        for subject in draft.get(f"{kind}s") or ():
            yield kind, subject


def ids(draft: Raw, kinds: tuple[str, ...] = SUBJECT_KINDS) -> list[str]:
    """Return the ids of the subjects of some kinds, in order."""
    return [str(subject["id"]) for kind, subject in subjects(draft) if kind in kinds]


def kind_of(draft: Raw, id: str) -> str:
    """Return the kind of a subject; "workload" when there is none of that id."""
    return next((kind for kind, subject in subjects(draft) if subject["id"] == id), WORKLOAD)


def part(draft: Raw, id: str) -> Raw:
    """Return a subject's own data, or the workload's."""
    subject = next((subject for _, subject in subjects(draft) if subject["id"] == id), None)
    return draft.setdefault(WORKLOAD, {}) if subject is None else subject


def answer(draft: Raw, id: str, field: str) -> Any:
    """Return the answer, valid or not, or None."""
    return value_of(_written(draft, id, field))


def remark(draft: Raw, id: str, field: str, lang: Lang) -> str:
    """Return the comment on an answer, or "" if there is none."""
    return titled(remark_of(_written(draft, id, field)), lang)


def _written(draft: Raw, id: str, field: str) -> Any:
    return next((s for _, s in subjects(draft) if s["id"] == id), draft.get(WORKLOAD) or {}).get(field)


def name(draft: Raw, id: str, lang: Lang) -> str:
    """Return a subject as a reader calls it: its title, else its kind and number."""
    kind = kind_of(draft, id)
    if kind == WORKLOAD:
        return NAMES[WORKLOAD].in_(lang)
    title, number = titled(part(draft, id).get("title"), lang), id.removeprefix(f"{kind}-")
    return title or (f"{NAMES[kind].in_(lang)} {number}" if number.isdigit() else id)


def titled(title: Any, lang: Lang) -> str:
    """Return a title in one language; it may be one text for both."""
    return str(title.get(lang, "")) if isinstance(title, Mapping) else str(title or "")


def with_answer(draft: Raw, id: str, field: str, value: Any) -> Raw:
    """Return the draft with one answer changed; None or an empty one takes it back."""
    changed = copy.deepcopy(draft)
    answers = part(changed, id)
    if value in (None, "", [], ()):
        answers.pop(field, None)
    else:
        remark = remark_of(answers.get(field))
        answers[field] = with_remark(value, None if is_accepted(remark) else remark)
    if not changed.get(WORKLOAD, True):
        del changed[WORKLOAD]
    return changed


def with_changes(draft: Raw, changes: Iterable[tuple[str, str, Any]]) -> Raw:
    """Return the draft with several answers changed, as the analysis gives them: (subject, field, value).

    The subject "" is the workload, and the field "pins" takes the pin of the role `value` back.
    """
    for subject, field, value in changes:
        id = subject or WORKLOAD
        if field == "pins":
            draft = with_pin(draft, id, str(value), None)
        elif field in BY_FACT:
            draft = _with_demand(draft, id, BY_FACT[field].word, made=bool(value))
        else:
            draft = with_answer(draft, id, field, _as_written(draft, id, field, value))
            if value == ():
                part(draft, id)[field] = []  # none of them is an answer too
    return draft


def _with_demand(draft: Raw, id: str, word: str, *, made: bool) -> Raw:
    """Return the draft with one demand made, or taken back."""
    stated = answer(draft, id, MUST)
    others = [other for other in (stated if isinstance(stated, list) else [stated]) if other not in (word, None)]
    return with_answer(draft, id, MUST, [*others, word] if made else others)


def _as_written(draft: Raw, id: str, field: str, value: Any) -> Any:
    """Return an answer of the analysis as a person writes it in a file."""
    if field == "destinations" and value is not None:
        destinations = [
            destination for destination in answer(draft, id, field) or () if isinstance(destination, Mapping)
        ]
        return [destination for destination in destinations if destination.get("kind") in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        unit = next(known.unit for known in FIELDS[kind_of(draft, id)] if known.id == field)
        return compact(value, unit)
    return list(value) if isinstance(value, tuple) else value


def with_title(draft: Raw, id: str | None, words: str, lang: Lang, key: str = "title") -> Raw:
    """Return the draft with a title changed in one language; `id` None means the workload's own title or summary."""
    changed = copy.deepcopy(draft)
    subject = changed if id is None else part(changed, id)
    before = subject.get(key)
    if isinstance(before, Mapping):
        subject[key] = {**before, lang: words[:300]}
    elif words:
        subject[key] = words[:300]
    else:
        subject.pop(key, None)
    return changed


def with_pin(draft: Raw, id: str, role: str, service: str | None) -> Raw:
    """Return the draft with a service pinned to a role, or set free again."""
    changed = copy.deepcopy(draft)
    pins = part(changed, id).setdefault("pins", {})
    if service is None:
        pins.pop(role, None)
    else:
        pins[role] = service
    if not pins:
        part(changed, id).pop("pins")
    return changed


def with_subject(draft: Raw, kind: str) -> tuple[Raw, str]:
    """Return the draft with one more subject of a kind, and its id; at most 60 of a kind."""
    changed = copy.deepcopy(draft)
    same_kind = changed.setdefault(f"{kind}s", [])
    if len(same_kind) >= MAX_SUBJECTS:
        return draft, str(same_kind[-1]["id"])
    taken, number = set(ids(changed)), 1
    while f"{kind}-{number}" in taken:
        number += 1
    same_kind.append(_unnamed(kind, number))
    return changed, f"{kind}-{number}"


def without_subject(draft: Raw, id: str) -> Raw:
    """Return the draft without a subject and the links to it."""
    changed = copy.deepcopy(draft)
    for kind in SUBJECT_KINDS:
        remaining = [s for s in changed.get(f"{kind}s") or () if s["id"] != id]
        changed[f"{kind}s"] = [_unlinked(kind, s, id) for s in remaining]
        if not remaining:
            del changed[f"{kind}s"]
    return changed


def _unlinked(kind: str, subject: Raw, removed: str) -> Raw:
    for field in FIELDS[kind]:
        if (target := subject.get(field.id)) == removed and field.kind == "link":
            del subject[field.id]
        elif field.kind == "links" and isinstance(target, list) and removed in target:
            subject[field.id] = [id for id in target if id != removed]
            if not subject[field.id]:
                del subject[field.id]
    return subject


def linked(draft: Raw, id: str, field: str, target: str, *, many: bool) -> Raw:
    """Return the draft with a link from one subject to another, once."""
    if not many:
        return with_answer(draft, id, field, target)
    targets = answer(draft, id, field)
    return with_answer(draft, id, field, list(dict.fromkeys((*(targets if isinstance(targets, list) else ()), target))))


def slug(draft: Raw) -> str:
    """Return a file name for outputs: the letters and digits of the title, the English one if there is one, else of the first parts."""
    parts = " ".join(titled(one.get("title"), "en") for one in (draft.get("components") or [])[:2])
    words = unicodedata.normalize("NFKC", titled(draft.get("title"), "en") or parts).lower()
    return "-".join(re.findall(r"[^\W_]+", words))[:48].strip("-") or "architecture"
