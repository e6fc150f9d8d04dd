"""Names: what a subject that the page made is called in files, links and generated projects, after its title."""

import copy
import re
import unicodedata
from collections.abc import Collection

from advisor.text import Lang
from advisor.vocabulary import FIELDS
from ui.draft import NAMES, WORKLOAD, Raw, ids, kind_of, part, subjects, titled, with_title
from ui.session import Session

#: As long as an id may be.
_LONGEST = 32
_LEAST_LETTERS = 2


def rename(held: Session, id: str, words: str) -> None:
    """Change a subject's title, and its id with it where the page gave that; what is shown of it stays shown."""
    if held.draft is None:
        return
    draft, new = with_name(held.draft, id, words, held.lang)
    held.change(draft)
    if new == id:
        return
    held.unfolded = {key.replace(f"section.{id}.", f"section.{new}.") for key in held.unfolded}
    held.later = {(new if subject == id else subject, field) for subject, field in held.later}
    if held.origin is not None and new not in ids(held.origin):
        held.origin = with_id(held.origin, id, new)
    if held.subject == id:
        held.subject = new


def with_name(draft: Raw, id: str, words: str, lang: Lang) -> tuple[Raw, str]:
    """Return the draft with a subject's title changed in one language, and the subject's id.

    A subject that the page made and nobody named yet is called after the title from then on; ids that somebody wrote
    stay, and so does a number where a title, such as a Japanese one, has no Latin word.
    """
    kind, made = kind_of(draft, id), with_title(draft, id, words, lang)
    number = id.removeprefix(f"{kind}-")
    unnamed = number.isdigit() and titled(part(draft, id).get("title"), "en") == f"{NAMES[kind].en} {number}"
    own = from_title(words, {*ids(made), WORKLOAD}) if unnamed else ""
    return (with_id(made, id, own), own) if own else (made, id)


def with_id(draft: Raw, id: str, new: str) -> Raw:
    """Return the draft with a subject called otherwise, and the links that lead to it."""
    made = copy.deepcopy(draft)
    for kind, subject in subjects(made):
        subject["id"] = new if subject["id"] == id else subject["id"]
        for field in FIELDS[kind]:
            held = subject.get(field.id)
            if field.kind == "link" and held == id:
                subject[field.id] = new
            elif field.kind == "links" and isinstance(held, list):
                subject[field.id] = [new if one == id else one for one in held]
    return made


def from_title(title: str, taken: Collection[str]) -> str:
    """Return an id that is not taken, such as `order-intake` of "Order intake"; "" where a title has no Latin word.

    Accents are left out, and so are numbers in front, with which an id cannot begin.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)'(?=s\b)", "", plain))
    while words and not words[0][0].isalpha():
        words.pop(0)
    id = _cut("-".join(words), _LONGEST)
    if sum(letter.isalpha() for letter in id) < _LEAST_LETTERS:
        return ""
    count = 1
    free = id
    while free in taken:
        count += 1
        free = f"{_cut(id, _LONGEST - len(str(count)) - 1)}-{count}"
    return free


def _cut(id: str, longest: int) -> str:
    """Return as many whole words as fit; of a word that is too long alone, what fits of it."""
    if len(id) <= longest:
        return id
    whole, hyphen, _ = id[: longest + 1].rpartition("-")
    return whole if hyphen else id[:longest]
