"""Ids of the components, channels and stores that are entered on the page, from their titles."""

import copy
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

import yaml

from advisor.text import LANGS, Lang, Text
from advisor.vocabulary import FIELDS
from advisor_ui.state.draft import NAMES, WORKLOAD, Raw, ids, kind_of, name, part, subjects, titled, with_title
from advisor_ui.state.session import Session
from advisor_ui.words import say
from advisor_ui.words_proof import PART_TITLES

#: The length that an id may have.
_MAX_LENGTH = 32
_MIN_LETTERS = 2

# A compound starts and ends where the script changes, so that the word for "log" is not read in the one for "program".
_KATAKANA, _KANJI, _HIRAGANA = r"[\u30a1-\u30fa\u30fc]", r"[\u3005\u4e00-\u9fff]", r"[\u3041-\u3096]"
_JAPANESE = re.compile(f"{_KATAKANA}|{_KANJI}|{_HIRAGANA}")
_START = f"(?:(?<!{_KATAKANA})(?={_KATAKANA})|(?<!{_KANJI})(?={_KANJI})|(?={_HIRAGANA}))"
_END = f"(?:(?<={_KATAKANA})(?!{_KATAKANA})|(?<={_KANJI})(?!{_KANJI})|(?<={_HIRAGANA}))"


def rename(session: Session, id: str, title: str) -> None:
    """Change the title of a subject, and its id if the page assigned it; keeps the selection and open sections."""
    if session.draft is None:
        return
    draft, new_id = with_name(session.draft, id, title, session.lang)
    session.change(draft)
    if new_id == id:
        return
    session.open_sections = {key.replace(f"section.{id}.", f"section.{new_id}.") for key in session.open_sections}
    for places in (session.postponed, session.accepted, session.marked):
        renamed = {(new_id if subject == id else subject, field) for subject, field in places}
        places.clear()
        places.update(renamed)
    session.supposed = {
        (new_id if source == id else source, field, new_id if target == id else target)
        for source, field, target in session.supposed
    }
    if session.origin is not None and new_id not in ids(session.origin):
        session.origin = with_id(session.origin, id, new_id)
    if session.subject == id:
        session.subject = new_id


def rename_part(session: Session, before: Raw, id: str, words: str) -> None:
    """Rename a part. The name of one that is no longer selected, typed while the page was loading, can be taken back."""
    selected = session.subject
    rename(session, id, words)
    if selected != id:
        names = {lang: name(before, id, lang) for lang in LANGS}
        en, ja = (say("renamed_other", lang, name=names[lang], words=words) for lang in LANGS)
        session.undo = (before, Text(en, ja))


def _is_in(name: str, lang: Lang) -> bool:
    """Return whether a name is clearly one in a language: a Japanese one may have Latin letters, but begins without."""
    return bool(_JAPANESE.match(name)) if lang == "ja" else not _JAPANESE.search(name)


def with_name(draft: Raw, id: str, title: str, lang: Lang) -> tuple[Raw, str]:
    """Return the draft with a subject's title changed in one language, and the subject's id.

    The first title gives a subject that was added on the page its id. An id from a file or a link is kept, and so is a
    number if no character of the title is allowed in an id.
    """
    kind, titled_draft = kind_of(draft, id), with_title(draft, id, title, lang)
    number, before = id.removeprefix(f"{kind}-"), part(draft, id).get("title")
    alike = isinstance(before, Mapping) and before.get("en") == before.get("ja")
    given_once = alike and _is_in(titled(before, "en"), lang)
    if title and (given_once or _has_typical_title(before) or _has_placeholder(draft, id)):
        # The name of a typical part or of a kind says nothing about this one, so it goes in the other language too; and so
        # does a name in this language that stands for both.
        for other in LANGS:
            titled_draft = with_title(titled_draft, id, title, other)
    nameless = alike and not from_title(titled(before, "en"), ())
    unnamed = number.isdigit() and (nameless or titled(before, "en") == f"{NAMES[kind].en} {number}")
    new_id = from_title(title, {*ids(titled_draft), WORKLOAD}) if unnamed else ""
    return (with_id(titled_draft, id, new_id), new_id) if new_id else (titled_draft, id)


def _has_typical_title(title: object) -> bool:
    """Return whether a title is that of a typical part in each language, with a number or without."""
    return isinstance(title, Mapping) and any(
        all(re.fullmatch(rf"{re.escape(words.in_(lang))}( \d+)?", str(title.get(lang))) for lang in LANGS)
        for words in PART_TITLES.values()
    )


def _has_placeholder(draft: Raw, id: str) -> bool:
    """Return whether a title is that of a new part in each language: its kind, and a number."""
    title, words = part(draft, id).get("title"), NAMES[kind_of(draft, id)]
    return isinstance(title, Mapping) and all(
        re.fullmatch(rf"{re.escape(words.in_(lang))} \d+", str(title.get(lang))) for lang in LANGS
    )


def with_id(draft: Raw, id: str, new_id: str) -> Raw:
    """Return the draft with another id for a subject, in the links to it too."""
    renamed = copy.deepcopy(draft)
    for kind, subject in subjects(renamed):
        subject["id"] = new_id if subject["id"] == id else subject["id"]
        for field in FIELDS[kind]:
            target = subject.get(field.id)
            if field.kind == "link" and target == id:
                subject[field.id] = new_id
            elif field.kind == "links" and isinstance(target, list):
                subject[field.id] = [new_id if linked == id else linked for linked in target]
    return renamed


def from_title(title: str, taken: Collection[str]) -> str:
    """Return an id that is not taken: `order-intake` of "Order intake", or "" if there is none.

    Japanese is translated by `title_words.yaml`; words that it lacks are left out, as are accents, and numbers in front,
    with which an id cannot begin.
    """
    plain = unicodedata.normalize("NFKD", _translated(title)).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)'(?=s\b)", "", plain))
    while words and not words[0][0].isalpha():
        words.pop(0)
    id = _cut("-".join(words), _MAX_LENGTH)
    if sum(letter.isalpha() for letter in id) < _MIN_LETTERS:
        return ""
    count = 1
    free = id
    while free in taken:
        count += 1
        free = f"{_cut(id, _MAX_LENGTH - len(str(count)) - 1)}-{count}"
    return free


def _translated(title: str) -> str:
    """Return the English form of a title with Japanese compounds of known words."""
    words, word, compound = _japanese()
    return compound.sub(
        lambda run: word.sub(lambda match: f" {words[match[0]]} ", run[0]), unicodedata.normalize("NFKC", title)
    )


@cache
def _japanese() -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    """Return the words, the pattern of one, and the pattern of a compound."""
    text = files("advisor_ui.questions").joinpath("title_words.yaml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.safe_load(text)
    word = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    return words, re.compile(word), re.compile(f"{_START}(?:{word})+{_END}")


def _cut(id: str, longest: int) -> str:
    """Return as many whole words as fit; a single word that is too long is truncated."""
    if len(id) <= longest:
        return id
    whole, hyphen, _ = id[: longest + 1].rpartition("-")
    return whole if hyphen else id[:longest]
