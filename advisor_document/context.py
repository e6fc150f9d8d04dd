"""The inputs of every section: the design, its plan and stack, the language, and the numbers of the sources."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property

from advisor.architecture import NAMED, Architecture, Node
from advisor.decision import Source
from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name
from advisor.requirements.answers import WORKLOAD
from advisor.sensitivity.analysis import Analysis
from advisor.text import Lang, Text, repeats, spaced
from advisor_document.model import Cell, Line, Note, Span, cell, line, span
from advisor_document.sources import Sources
from advisor_document.titles import TITLES
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.plan.monitoring.alarms import Alarm
from blueprints.refusals import refusals
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import Scope
from renderers.drawn import drawn
from renderers.words import clean, node_name, with_owner

WHOLE = Text("Whole workload", "ワークロード全体")
OPEN = Text("To be decided", "未定")
ACCEPTED_VALUE = Text("{value} (accepted assumption)", "{value}（確定した仮定）")

_BRACKETS = {"en": (" (", ")", ", "), "ja": ("（", "）", "、")}


def _one_pair(words: str, opening: str, closing: str, gap: str) -> str:
    """Return a name with two pairs of brackets with one: "Scheduler (daily at 02:00, Asia/Tokyo)"."""
    if words.count(opening) < 2 or not words.endswith(closing):
        return words
    first, _, rest = words.partition(opening)
    inner = rest.removesuffix(closing).replace(f"{closing}{opening}", gap).replace(opening, gap).replace(closing, "")
    return f"{first}{opening}{inner}{closing}"


class Context:
    """A design in one language. What is asked for twice is worked out once."""

    def __init__(self, design: Design, lang: Lang, without: Collection[str] = ()) -> None:
        self.design, self.lang = design, lang
        self._without = frozenset(without)
        self._sources = Sources(design.book, lang)
        self._names = {subject.id: subject.name for _, subject in design.requirements.subjects()}
        self.speaker = Speaker(design.requirements, design.book)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the project: permissions, alarms, parameters."""
        return plan_for(self.design)

    @cached_property
    def graph(self) -> Architecture:
        """The graph as in diagrams, with the additional parts of the project."""
        return drawn(self.design, self.plan).architecture

    @cached_property
    def refused(self) -> tuple[Unsupported, ...]:
        """The reasons why no project can be generated."""
        return refusals(self.plan)

    @cached_property
    def stack(self) -> Scope | None:
        """The CloudFormation resources, or None if no target builds them."""
        try:
            return None if self.refused else stack_of(self.plan, self.lang)
        except (KeyError, Unsupported):
            return None

    @property
    def analysis(self) -> Analysis:
        """The review triggers of the decision."""
        return self.design.analysis

    @property
    def notes(self) -> tuple[Note, ...]:
        """The sources that were cited so far."""
        return self._sources.notes

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the language of the document without forbidden characters; `{name}` is a placeholder."""
        words = text.in_(self.lang)
        for name, value in values.items():
            words = words.replace(f"{{{name}}}", str(value))
        return clean(spaced(Text("", words)).ja if values and self.lang == "ja" else words)

    def line(self, text: Text, *sources: Source | None) -> Line:
        """Return a line with its sources."""
        return line(self.say(text), *self.cited(sources))

    def cell(self, text: Text, *sources: Source | None) -> Cell:
        """Return a cell with its sources."""
        return cell(self.say(text), *self.cited(sources))

    def cited(self, sources: Iterable[Source | None]) -> tuple[int, ...]:
        """Return the numbers of sources."""
        return tuple(self._sources.number(source) for source in sources if source is not None)

    def strong(self, text: str) -> Span:
        """Return emphasised text."""
        return span(text, strong=True)

    def subject(self, id: str) -> str:
        """Return the name of a component, channel, store or the whole workload."""
        return self.say(self._names.get(id, WHOLE) if id != WORKLOAD else WHOLE)

    def service(self, id: str | None) -> str:
        """Return the name of a service."""
        return self.say(service_name(self.design.book, id))

    def node(self, node: Node) -> str:
        """Return the name of a node with a distinguishing addition, in one pair of brackets."""
        if node.service == "dead-letter-queue":
            node = with_owner(self.design.architecture, node, self._names)
        elif node.role not in NAMED and (node.title.en.endswith(")") or repeats(node.heading, node.note)):
            node = replace(node, note=self._names.get(node.subject, node.note))
        return self.one_pair(node_name(node).in_(self.lang))

    def one_pair(self, words: str) -> str:
        """Return words that end in nested brackets with one pair."""
        return _one_pair(words, *_BRACKETS[self.lang])

    def condition(self, alarm: Alarm) -> str:
        """Return what an alarm reports; that of a dead-letter queue with the name that tells several of a part apart."""
        node, said = self.design.architecture.find(alarm.node), self.say(alarm.description)
        if node is None or node.service != "dead-letter-queue":
            return said
        return f"{self.node(node)}: {said.partition(': ')[2]}"

    def pointing(self, text: Text, at: Text, section: str, **values: object) -> str:
        """Return a reference to a section, or an alternative text if the section is omitted."""
        if section in self._without:
            return self.say(text, **values)
        return self.say(at, chapter=self.say(TITLES[section]), **values)

    def joined(self, words: Iterable[str]) -> str:
        """Return a list in a sentence, with the separators of the language."""
        return (", " if self.lang == "en" else "、").join(dict.fromkeys(words))
