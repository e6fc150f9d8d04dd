"""Parts of an example beside those that are there: with ids and titles of their own, and with the links among them."""

from typing import Any

from advisor.requirements import SUBJECT_KINDS
from advisor.requirements.remarks import remark_of, value_of, with_remark
from advisor.text import LANGS
from advisor.vocabulary import FIELDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import MAX_SUBJECTS, Raw
from advisor_ui.state.typical_parts import free_title

_MOST_CHARACTERS = 32


def with_parts_of(draft: Raw, example: Raw) -> tuple[Raw, list[str]] | None:
    """Return the draft with all parts of an example, and their ids, or None if that would be too many.

    Answers about the whole workload do not change: those of an example would decide the existing parts again.
    """
    for kind in SUBJECT_KINDS:
        if len(draft.get(f"{kind}s") or ()) + len(example.get(f"{kind}s") or ()) > MAX_SUBJECTS:
            return None
    renamed = _new_ids(draft, example)
    changed = {**draft}
    for own_kind, subject in drafts.subjects(example):
        part = _renamed(own_kind, subject, renamed)
        part["title"] = {
            lang: free_title(changed, drafts.titled(subject.get("title"), lang) or part["id"], lang) for lang in LANGS
        }
        changed[f"{own_kind}s"] = [*(changed.get(f"{own_kind}s") or ()), part]
    return changed, list(renamed.values())


def _new_ids(draft: Raw, example: Raw) -> dict[str, str]:
    taken, renamed = {*drafts.ids(draft)}, dict[str, str]()
    for id in drafts.ids(example):
        free = (id, *(f"{id[: _MOST_CHARACTERS - 4].rstrip('-')}-{number}" for number in range(2, 999)))
        renamed[id] = next(new for new in free if new not in taken)
        taken.add(renamed[id])
    return renamed


def _renamed(kind: str, subject: Raw, renamed: dict[str, str]) -> Raw:
    part: dict[str, Any] = {**subject, "id": renamed[str(subject["id"])]}
    for field in (field for field in FIELDS[kind] if field.kind in ("link", "links") and field.id in part):
        stated = value_of(part[field.id])
        others = renamed.get(stated, stated) if field.kind == "link" else [renamed.get(id, id) for id in stated]
        part[field.id] = with_remark(others, remark_of(part[field.id]))
    return part
