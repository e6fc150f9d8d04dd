"""The parts of pasted requirements: named in lines or sentences, linked as typical parts are, and found for their answers."""

from collections.abc import Mapping, Sequence

from advisor.text import LANGS
from advisor.vocabulary import Field
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import NAMES, WORKLOAD, Raw
from advisor_ui.state.line_meanings import NO_ANSWERS, Meaning
from advisor_ui.state.line_names import same_words
from advisor_ui.state.line_parts import Mention, counts_users
from advisor_ui.state.part_fits import RATES, Several, fits, is_like, waits_apart
from advisor_ui.state.part_links import sent_by, used_by_none, with_destination, with_stream
from advisor_ui.state.typical_parts import (
    FILES,
    JOB,
    OUTSIDE,
    TYPICAL_PARTS,
    WORKER,
    as_typical_part,
    entry_of,
    takes_requests,
    typical_part_with,
    with_linked_parts,
    with_typical_part,
    with_users,
)
from advisor_ui.words_proof import PART_TITLES

#: Parts that lines before them may be about: a worker takes messages, which other lines are not about.
_NAMING = (
    "component",
    *(part for part, typical in TYPICAL_PARTS.items() if typical.kind == "component" and part != WORKER),
)
_LINKED = {"channel": ("publishes",), "store": ("reads", "writes")}


class PastedParts:
    """The draft so far, and the part that the lines are about ("" after several)."""

    def __init__(self) -> None:
        self.draft: Raw = {**drafts.new(), "components": []}
        self.current = ""
        self._unnamed = ""  # the component of lines that came before any part was named
        self.typical: dict[str, str] = {}  # the parts that a text names, and as what
        self._reached: tuple[str, list[str]] = ("", [])  # the part that users reach so far, and their rates
        self._makers: dict[str, str] = {}  # of a store, the job of its sentence that writes it
        self._before: dict[str, str] = {}  # of a store, the component that was named before it

    def add(self, part: str, title: str) -> str:
        """Add a part of a kind or a typical part, or give a part of which only the kind was named its title; return its id."""
        components = drafts.ids(self.draft, ("component",))
        kind = TYPICAL_PARTS[part].kind if part in TYPICAL_PARTS else part
        if nameless := self._nameless(part, kind, titled=bool(title)):
            self.current = nameless
        elif self._unnamed and part in _NAMING and not waits_apart(self.draft, self._unnamed, [part]):
            self._name(part)
        elif part in NAMES:
            self.draft, self.current = drafts.with_subject(self.draft, part)
        else:
            before = components[-1] if components else ""
            sender = entry_of(self.draft) or before if part in (WORKER, JOB) else before
            self._before[f"store-{len(drafts.ids(self.draft, ('store',))) + 1}"] = before
            self.draft, self.current = with_typical_part(self.draft, part, "" if kind == "store" else sender)
        if part in TYPICAL_PARTS:
            self.typical[self.current] = part
        for lang in LANGS if title else ():
            self.draft = drafts.with_title(self.draft, self.current, title, lang)
        return self.current

    def mentioned(self, mentions: Sequence[Mention]) -> list[str]:
        """Return the ids of parts that a sentence names; those that are not there are added and linked to each other."""
        ids: dict[int, str] = {}
        new: dict[int, Mention] = {}
        for place, mention in enumerate(mentions):
            same = [id for id, part in self.typical.items() if part == mention.part]
            before = [other for other, one in enumerate(mentions[:place]) if one.part == mention.part]
            if before and not mention.another:
                ids[place] = ids.get(before[-1], "")
            elif same and not before:
                ids[place] = same[-1]
            else:
                new[place] = mention
        ids |= self._add_all(new)
        found = [ids[place] or self._latest(mention.part) for place, mention in enumerate(mentions)]
        for place in (one for one in new if mentions[one].part == OUTSIDE):
            self.draft = sent_by(self.draft, found[place], found[:place])
        jobs = [id for id, one in zip(found, mentions, strict=True) if one.part == JOB]
        made = [id for id, one in zip(found, mentions, strict=True) if one.part == FILES and one.own]
        self._makers |= {id: jobs[0] for id in made if len(jobs) == 1}
        return found

    def sends_to(self, kind: str) -> str:
        """Let the part that the words are about send to a kind of external destination, and return the id of the channel."""
        one = self._component()
        self.draft, id = with_destination(self.draft, one, kind)
        return id

    def stream(self) -> str:
        """Let the part that the words are about read a stream, or send to it if it takes requests, and return its id."""
        one = self._component()
        self.draft, id = with_stream(self.draft, one, self.is_implied)
        return id

    def of(self, stated: Meaning) -> tuple[str, Field]:
        """Return the part of an answer, with its question: the current part if the question applies to it, else the only one.

        A rate of users is that of the part that they reach, and they sign in to the only site. Raises Several if none or several fit.
        """
        fields, like = stated.named, stated.like
        rate = next((field for kind, field in fields if kind == "component" and field.id in RATES), None)
        if rate is not None and counts_users(stated.value):
            return self._of_users(rate), rate
        current = drafts.kind_of(self.draft, self.current) if self.current else ""
        own = next((one for kind, one in fields if kind == current and fits(self.draft, self.current, one, like)), None)
        if own is not None:
            return self.current, own
        others: list[str] = []
        for kind, field in fields:
            if len(others) > 1 and field.id in RATES:
                break  # the load of one of several components is not that of the only channel
            if kind == WORKLOAD and (others or fields[0][0] == WORKLOAD):
                return WORKLOAD, field  # what could be one of several parts holds for all
            alike = [id for id in drafts.ids(self.draft, (kind,)) if is_like(self.draft, id, like)]
            fitting = [id for id in alike if fits(self.draft, id, field, like)]
            if field.id in RATES and len(fitting) > 1 and all(takes_requests(self.draft, id) for id in fitting):
                return entry_of(self.draft), field
            signed_in = fitting if field.id == "authentication" else ()
            sites = [id for id in signed_in if drafts.answer(self.draft, id, "static_site")]
            if len(fitting) == 1 or len(sites) == 1:
                return (sites or fitting)[0], field
            others += fitting or alike
        if others:
            raise Several(others)
        return self._new_of(fields[0][0], like), fields[0][1]

    def settle(self) -> tuple[str, str, list[str]]:
        """Move rates of users from a part that turned out not to be the one that they reach; return both, and the questions."""
        entry, (id, fields) = entry_of(self.draft), self._reached
        moved = [field for field in fields if entry not in ("", id) and drafts.answer(self.draft, entry, field) is None]
        for field in moved:
            rate = drafts.answer(self.draft, id, field)
            self.draft = drafts.with_answer(drafts.with_answer(self.draft, id, field, None), entry, field, rate)
        return id, entry, moved

    def _of_users(self, rate: Field) -> str:
        """Return the part that users reach: the current one if it takes requests, else the API or site, else the first one."""
        if self.current and takes_requests(self.draft, self.current):
            return self.current
        components = drafts.ids(self.draft, ("component",))
        id = entry_of(self.draft) or (components[0] if components else self._new_of("component", NO_ANSWERS))
        if self._reached[0] in ("", id):
            self._reached = (id, [*self._reached[1], rate.id])
        return id

    def called(self, name: str, kinds: tuple[str, ...]) -> str:
        """Return the id of a part by its title or id, or "" if there is none."""
        for id in drafts.ids(self.draft, kinds):
            if any(same_words(name, known) for known in (id, *(drafts.name(self.draft, id, lang) for lang in LANGS))):
                return id
        return ""

    def is_implied(self, id: str) -> bool:
        """Return whether a part was added for another one, and no line named it."""
        is_fresh = drafts.kind_of(self.draft, id) == "channel" and id not in self.typical
        return is_fresh and drafts.answer(self.draft, id, "carries") is not None

    def share(self, stated: set[str]) -> None:
        """Link the only store of a kind to all that would use it, others to the component before; `stated` are the components with links of their own."""
        if not drafts.ids(self.draft, ("component",)):
            self._new_of("component", NO_ANSWERS)
        named = [id for id in self.typical if id in drafts.ids(self.draft, ("store",))]
        for id, job in self._makers.items():
            self.draft = drafts.linked(used_by_none(self.draft, id), job, "writes", id, many=True)
        for id in (one for one in named if one not in self._makers):
            before = self._before.get(id, "")
            if before and [self.typical[other] for other in named].count(self.typical[id]) > 1:
                for field in _LINKED["store"] if before not in stated else ():
                    self.draft = drafts.linked(self.draft, before, field, id, many=True)
            else:
                self.draft = with_users(self.draft, id, stated)

    def _component(self) -> str:
        """Return the component that the words are about: the current one, else the last one, else a new one."""
        components = drafts.ids(self.draft, ("component",))
        one = self.current if self.current in components else (components[-1] if components else "")
        return one or self._new_of("component", NO_ANSWERS)

    def _add_all(self, new: Mapping[int, Mention]) -> dict[int, str]:
        """Add parts that a sentence names, and return their ids by their places."""
        parts = [mention.part for mention in new.values()]
        first = self._unnamed or next(iter(drafts.ids(self.draft, ("component",))), "")
        is_free = not first or (first == self._unnamed and not waits_apart(self.draft, first, parts))
        if new and not first:
            self.draft, first = drafts.with_subject(self.draft, "component")
        main = first if is_free else entry_of(self.draft) or first
        self.draft, added = with_linked_parts(self.draft, parts, main, becomes=is_free)
        if new and is_free:
            self._unnamed = "" if first in {id for _, id in added} else first
        self.typical |= {id: part for part, id in added}
        ids = {}
        for number, mention in new.items():
            place = next(one for one in added if one[0] == mention.part)
            added.remove(place)
            ids[number] = place[1]
            for lang in LANGS if mention.own else ():
                self.draft = drafts.with_title(
                    self.draft, place[1], mention.words[:1].upper() + mention.words[1:], lang
                )
        return ids

    def _latest(self, part: str) -> str:
        return next((id for id, other in reversed(self.typical.items()) if other == part), "")

    def _nameless(self, part: str, kind: str, *, titled: bool) -> str:
        """Return a part that a text names by its kind only, or that was added for a worker, if a line can be about it."""
        if part not in TYPICAL_PARTS or kind == "component":
            return ""
        for id in drafts.ids(self.draft, (kind,)):
            answers = TYPICAL_PARTS[part].answers.items()
            same = all(drafts.answer(self.draft, id, name) == value for name, value in answers)
            is_open = titled if id in self.typical else kind == "channel"
            if same and is_open and drafts.name(self.draft, id, "en").startswith(PART_TITLES[part].en):
                return id
        return ""

    def _name(self, part: str) -> None:
        """Treat the first named component as the subject of the lines before it."""
        self.current, self._unnamed = self._unnamed, ""
        if part in TYPICAL_PARTS:
            self.draft = as_typical_part(self.draft, self.current, part)

    def _new_of(self, kind: str, like: Mapping[str, str]) -> str:
        """Return a new part of a kind with some answers, linked to a component."""
        components = drafts.ids(self.draft, ("component",))
        selected = self.current if self.current in components else (components[-1] if components else "")
        if kind != "component" and not selected:
            selected = self._new_of("component", NO_ANSWERS)
        typical = typical_part_with(kind, like)
        if typical:
            self.draft, id = with_typical_part(self.draft, typical, selected)
            self.typical[id] = typical
            return id
        self.draft, id = drafts.with_subject(self.draft, kind)
        self._unnamed = id if kind == "component" else self._unnamed
        for field in _LINKED.get(kind, ()):
            self.draft = drafts.linked(self.draft, selected, field, id, many=True)
        for name, value in like.items():
            self.draft = drafts.with_answer(self.draft, id, name, value)
        return id
