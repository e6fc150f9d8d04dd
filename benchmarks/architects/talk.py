"""An interview of a scripted architect with the real page, from the empty form to a verdict that is good enough."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import rules
from advisor.book import DatedBook, dated
from advisor.explanation.question_words import GOOD_ENOUGH
from advisor.text import LANGS, Lang
from advisor.vocabulary import FIELDS, Field
from advisor.vocabulary.amounts import Range, parse_amount
from advisor.vocabulary.units import QuantityError
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.link import unpack
from advisor_ui.state.partial_validation import validate
from advisor_ui.words import say
from advisor_ui.words_proof import PART_TITLES
from benchmarks.architects.personas import Persona
from benchmarks.architects.visitor import Visitor, field_of_label, part_of_card, part_of_list

MOST_TURNS = 40
_MOST_TIMES = 3


@dataclass
class Talk:
    """What came of one interview; `turns` is its record: part, question, and what was done."""

    persona: str
    lang: Lang
    questions: int = 0
    unknown: int = 0
    reasked: list[str] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ended: str = ""
    clicks: int = 0
    minutes: float = 0.0
    turns: list[str] = field(default_factory=list)


def interview(page: Any, persona: Persona, lang: Lang, seed: int, *, forgets: bool = False) -> Talk:
    """Return what came of an interview; the page is open at its start."""
    return _Interview(page, persona, lang, seed, forgets).run()


@cache
def _book() -> DatedBook:
    return dated(rules.load_book())


class _Interview:
    def __init__(self, page: Any, persona: Persona, lang: Lang, seed: int, forgets: bool) -> None:
        self.page, self.persona, self.lang, self.seed, self.forgets = page, persona, lang, seed, forgets
        self.visitor, self.talk = Visitor(page, lang), Talk(persona.id, lang)
        self.names = {part.id: part.name[lang] for part in persona.parts.values()}
        self.asked: Counter[str] = Counter()

    def run(self) -> Talk:
        self._begin()
        while not self.talk.ended:
            self._turn()
        self.talk.clicks, self.talk.minutes = self.visitor.pace.clicks, round(self.visitor.pace.seconds / 60, 1)
        self._judge()
        return self.talk

    def _begin(self) -> None:
        """Fill in the form, and add and name the parts."""
        first, *others = self.persona.parts.values()
        begin = {id: value[self.lang] if isinstance(value, dict) else value for id, value in self.persona.begin.items()}
        self.visitor.begin(begin)
        self.talk.questions += len(begin)
        for id in begin:
            self._refused(first.id, id)
        self.visitor.name(first)
        brought = PART_TITLES["queue"].in_(self.lang)
        for part in others:
            if part.beside:
                self.visitor.select(self.names[part.beside])
            if part.add == "linked-channel":
                self.visitor.link_dangling(self.names[part.beside])
            elif part.add == "brought":
                self.visitor.select(brought)
            else:
                self.visitor.add(part.add)
            self.visitor.name(part)

    def _turn(self) -> None:
        """Answer what the page asks, or end."""
        card = self.visitor.card()
        if any(GOOD_ENOUGH.in_(self.lang) in words for words in self.visitor.alerts()):
            self.talk.ended = "good enough"
        elif card is None:
            self.talk.ended = "nothing left to ask"
        elif len(self.talk.turns) >= MOST_TURNS:
            self._stuck(f"no end after {MOST_TURNS} turns")
        else:
            self._asked(card)

    def _asked(self, card: Any) -> None:
        part = part_of_card(card.inner_text(), self.names)
        kind = self.persona.parts[part].kind if part != WORKLOAD else WORKLOAD
        labels = self.visitor.labels(card)
        if say("correct_one", self.lang) in card.inner_text():
            self._look_over(card, part)
            return
        question = next((f for label in labels if (f := field_of_label(label, kind, self.lang))), None)
        if question is None:
            self._stuck(f"a card without a question that can be answered: {labels}")
            return
        self.asked[f"{part}.{question.id}"] += 1
        if self.asked[f"{part}.{question.id}"] > _MOST_TIMES:
            self._stuck(f"{part}: {question.id} is asked again and again")
            return
        self._answer(card, part, question)

    def _answer(self, card: Any, part: str, question: Field) -> None:
        """Answer one question in his words, or say that he does not know."""
        self.talk.questions += 1
        value = self._says(part, question)
        refused = self.asked[f"{part}.{question.id}"] > 1 and f"{part}.{question.id}" in self.talk.reasked
        if value is None or refused:
            self._unknown(card, part, question)
        elif self.visitor.answer(card, question, value):
            self.talk.turns.append(f"{part}: {question.id} = {value}")
            self._refused(part, question.id)
        else:
            self._stuck(f"{part}: {question.id} has no way to say {value}")

    def _says(self, part: str, question: Field) -> Any:
        if question.kind in ("link", "links"):
            linked = self.persona.links.get(part, {}).get(question.id)
            return self.names.get(linked, linked) if isinstance(linked, str) else linked
        return self.persona.says(part, question.id, self.lang, self.seed, forgets=self.forgets)

    def _unknown(self, card: Any, part: str, question: Field) -> None:
        self.talk.unknown += 1
        self.talk.turns.append(f"{part}: {question.id} unknown")
        for key in ("as_assumed", "no_requirement", "not_now"):
            button = self.visitor.button(card, key)
            if button is not None:
                self.visitor.click(button)
                return
        self._stuck(f"{part}: {question.id} cannot be left open")

    def _look_over(self, card: Any, part: str) -> None:
        """Read the assumptions, part by part: correct the first that differs, else accept all."""
        for of_part in card.locator('[class*="st-key-leftof-"]').all():
            about = part_of_list(of_part.inner_text(), self.names) if self._is_headed(card) else part
            kind = self.persona.parts[about].kind if about != WORKLOAD else WORKLOAD
            entries = of_part.get_by_role("toolbar").get_by_role("button")
            for number, words in enumerate(entries.all_inner_texts()):
                assumed = " ".join(words.split())
                question = field_of_label(assumed, kind, self.lang)
                if question is not None and self._differs(about, question, assumed):
                    self._correct(card, entries.nth(number), about, question)
                    return
        accept = self.visitor.button(card, "accept_rest")
        if accept is None:
            self._stuck(f"{part}: assumptions without a way to accept them")
            return
        self.talk.questions += 1
        self.talk.turns.append(f"{part}: the rest accepted")
        self.visitor.click(accept)

    def _is_headed(self, card: Any) -> bool:
        """Return whether the list has the assumptions of several parts, each below its name."""
        return card.locator('[class*="st-key-leftof-"]').count() > 1

    def _correct(self, card: Any, entry: Any, part: str, question: Field) -> None:
        self.talk.questions += 1
        self.asked[f"{part}.{question.id}"] += 1
        self.visitor.click(entry)
        value = self._says(part, question)
        said = self.visitor.answer(self._place(card, question), question, value)
        self.talk.turns.append(f"{part}: {question.id} corrected to {value}")
        self._refused(part, question.id)
        if not said or self.asked[f"{part}.{question.id}"] > _MOST_TIMES:
            self._stuck(f"{part}: {question.id} cannot be corrected to {value}")

    def _place(self, card: Any, question: Field) -> Any:
        """Return where a picked assumption is answered: below the list, not in it."""
        titled = re.compile(rf"^\s*{re.escape(question.title.in_(self.lang))}")
        label = card.locator('[data-testid="stWidgetLabel"]').filter(has_text=titled).last
        label.wait_for(timeout=10_000)
        return label.locator("xpath=..")

    def _differs(self, part: str, question: Field, words: str) -> bool:
        """Return whether he knows that an assumption, as it is written, is wrong; an answer that was refused stays so."""
        value, assumed = self._says(part, question), words.split(":", 1)[-1].strip()
        if value is None or f"{part}.{question.id}" in self.talk.reasked:
            return False
        if question.kind == "quantity":
            return not _within(value, assumed, question)
        if question.kind == "flag":
            return say("yes" if value else "no", self.lang).casefold() != assumed.casefold()
        values = value if isinstance(value, list) else [value]
        labels = {question.label(each).in_(self.lang) for each in values}
        return labels != set(re.split(r", |、", assumed))

    def _refused(self, part: str, question: str) -> None:
        """Note an answer that the page did not understand."""
        before, title = len(self.talk.reasked), _title(question, self.lang)
        for words in self.visitor.alerts():
            if (
                say("set_aside", self.lang) in words
                and title in words
                and f"{part}.{question}" not in self.talk.reasked
            ):
                self.talk.reasked.append(f"{part}.{question}")
                self.visitor.pace.read(words)
        if len(self.talk.reasked) > before:
            self.talk.turns.append(f"{part}: {question} was not understood")

    def _stuck(self, why: str) -> None:
        self.talk.dead_ends.append(why)
        self.talk.ended = "dead end"

    def _judge(self) -> None:
        """Compare the verdict that the page's address holds with what the source decided."""
        packed = parse_qs(urlsplit(self.page.url).query).get("r")
        if not packed:
            self._stuck("the verdict is not in the address")
            return
        draft = unpack(packed[0])
        design = validate(draft, _book()).design
        ids = {drafts.name(draft, id, self.lang): id for id in drafts.ids(draft)}
        services = design.verdict.services
        self.talk.wrong = self.persona.wrong({id: services.get(ids.get(n, ""), {}) for id, n in self.names.items()})
        if design.decision.conflicts:
            self._stuck("the requirements are in conflict")


def _title(question: str, lang: Lang) -> str:
    """Return the title of a question of any kind of part."""
    return next(f.title.in_(lang) for fields in FIELDS.values() for f in fields if f.id == question)


def _within(value: Any, assumed: str, question: Field) -> bool:
    """Return whether what he would say lies within an assumed number or the range with its result; what cannot be compared
    does not."""
    for lang in LANGS:
        _, same, rest = assumed.partition(say("same_result", lang, value="\0", range="\0").split("\0")[1])
        assumed = rest.rstrip(")）") if same else assumed
    try:
        said = parse_amount(value, question)
        between = parse_amount(re.sub(r"(以上|超)\s+", r"\1、", assumed), question)
    except QuantityError:
        return False
    number = said.reading if isinstance(said, Range) else said
    return between.holds(number) if isinstance(between, Range) else between == number
