"""The links that a change to a draft made, in words: what a part that was added is connected with."""

from collections.abc import Iterator

from advisor.text import LANGS, Lang, Text
from advisor.vocabulary import FIELDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.words import say
from advisor_ui.words_proof import LINK_VERBS

Link = tuple[str, str, str]


def new_links(before: Raw, after: Raw, words: str = "linked_automatically") -> Text | None:
    """Return a sentence on the links that are new in a draft, or None without any; `words` is the key of the sentence."""
    made = [link for link in _links(after) if link not in {*_links(before)}]
    if not made:
        return None
    ends: dict[tuple[str, str], list[str]] = {}
    for source, field, target in made:
        ends.setdefault((source, target), []).append(field)
    en, ja = (say(words, lang, links=_listed(after, ends, lang)) for lang in LANGS)
    return Text(en, ja)


def _links(draft: Raw) -> Iterator[Link]:
    for kind, subject in drafts.subjects(draft):
        for field in FIELDS[kind]:
            if field.id in LINK_VERBS:
                value = drafts.answer(draft, subject["id"], field.id)
                yield from ((subject["id"], field.id, str(one)) for one in _several(value))


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


def _listed(draft: Raw, ends: dict[tuple[str, str], list[str]], lang: Lang) -> str:
    """Return the links, each with its ends and verbs."""
    said = []
    for (source, target), fields in ends.items():
        verbs = say("verb_separator", lang).join(LINK_VERBS[field].in_(lang) for field in fields)
        names = {"source": drafts.name(draft, source, lang), "target": drafts.name(draft, target, lang)}
        said.append(say("one_link", lang, verbs=verbs, **names))
    return say("link_separator", lang).join(said)
