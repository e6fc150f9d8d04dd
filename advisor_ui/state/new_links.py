"""The links that a change to a draft made: in words, in an address, and taken back; each is assumed until it is confirmed."""

from collections.abc import Collection, Iterator

from advisor.text import LANGS, Lang, Text
from advisor.vocabulary import FIELDS
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import Raw
from advisor_ui.words import say
from advisor_ui.words_proof import LINK_VERBS

#: Its component, its question, and the part that it leads to.
Link = tuple[str, str, str]
_MOST_LINKS = 200


def new_links(before: Raw, after: Raw, words: str = "links_supposed") -> Text | None:
    """Return a sentence on the links that are new in a draft, or None without any; `words` is the key of the sentence."""
    made = made_links(before, after)
    return said_links(after, made, words) if made else None


def made_links(before: Raw, after: Raw) -> list[Link]:
    """Return the links that are new in a draft, in their order."""
    there = {*links_of(before)}
    return [link for link in links_of(after) if link not in there]


def said_links(draft: Raw, links: Collection[Link], words: str) -> Text:
    """Return a sentence on links; `words` is its key."""
    ends: dict[tuple[str, str], list[str]] = {}
    for source, field, target in links:
        ends.setdefault((source, target), []).append(field)
    en, ja = (say(words, lang, links=_listed(draft, ends, lang)) for lang in LANGS)
    return Text(en, ja)


def without_links(draft: Raw, links: Collection[Link]) -> Raw:
    """Return the draft without some links; the parts stay."""
    for source, field, target in links:
        value = drafts.answer(draft, source, field)
        left = [one for one in value if one != target] if isinstance(value, list) else None
        if (source, field, target) in {*links_of(draft)}:
            draft = drafts.with_answer(draft, source, field, left)
    return draft


def links_to_text(links: Collection[Link]) -> str:
    """Return links as characters that an address may hold."""
    return ",".join(".".join(link) for link in sorted(links)[:_MOST_LINKS])


def links_from_text(text: str) -> set[Link]:
    """Return the links that `links_to_text` wrote."""
    parts = (link.split(".") for link in text.split(",")[:_MOST_LINKS])
    return {(one[0], one[1], one[2]) for one in parts if len(one) == 3}


def links_of(draft: Raw) -> Iterator[Link]:
    """Yield the links of a draft."""
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
