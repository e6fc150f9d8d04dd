"""The rule book as a document: every role, rule, alternative and fact in Markdown, in either language."""

import re
from collections.abc import Iterable, Iterator

from advisor.book import Book
from advisor.text import Lang
from advisor.vocabulary.formats import date
from renderers.rulebook.entries import Entries, owner_title, topic_title, topics


def documents(book: Book, lang: Lang) -> dict[str, str]:
    """Return the rule book as Markdown documents by file name: roles and alternatives, rules, and facts.

    They are three, since a page of more than 512 KiB is shown as plain text where it is read. For the same reason, the page of
    rules states the address of each source once.
    """
    pages = {part: _Document(book, lang, part) for part in ("roles", "rules", "facts")}
    rules = _addresses_once(pages["rules"].rules())
    lines = {"roles": pages["roles"].roles(), "rules": rules, "facts": pages["facts"].facts()}
    return {file_name(part, lang): "\n".join(lines[part]) + "\n" for part in pages}


def file_name(part: str, lang: Lang) -> str:
    """Return the name of a document."""
    return f"{part}.md" if lang == "en" else f"{part}.{lang}.md"


_LINK_OUT = re.compile(r"\]\((https://[^)]+)\)")


def _addresses_once(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines whose links to other sites are numbers, and then the address of each number."""
    numbers: dict[str, int] = {}
    for line in lines:
        yield _LINK_OUT.sub(lambda found: f"][{numbers.setdefault(found[1], len(numbers) + 1)}]", line)
    yield from (f"[{number}]: {address}" for address, number in numbers.items())


#: Kind of an entry -> the document that it stands in, if that is not the one of the rules.
_PART = {"fact": "facts", "facts": "facts", "role": "roles", "way": "roles"}


class _Document:
    def __init__(self, book: Book, lang: Lang, part: str) -> None:
        self.book, self.lang, self.part = book, lang, part
        self.entries = Entries(book, lang, self._address)

    def _address(self, kind: str, id: str) -> str:
        """Return a link: into this document, or into another one."""
        part = _PART.get(kind, "rules")
        file = "" if part == self.part else file_name(part, self.lang)
        return f"{file}#{id}" if kind in ("rule", "fact") else f"{file}#{kind}-{id}"

    def rules(self) -> Iterator[str]:
        """Yield the lines of the document of rules."""
        say, book = self.entries.say, self.book
        counts = {"roles": len(book.roles), "rules": len(book.rules), "facts": len(book.facts)}
        yield from self._head("title", say("intro", date=date(book.newest).in_(self.lang), **counts))
        yield from self._contents()
        yield from self._rules()

    def roles(self) -> Iterator[str]:
        """Yield the lines of the document of roles and alternatives."""
        say, book = self.entries.say, self.book
        counts = {"roles": len(book.roles), "ways": len(book.ways_out)}
        yield from self._head("roles_title", say("roles_intro", date=date(book.newest).in_(self.lang), **counts))
        yield say("gap").join(self._role_links())
        yield ""
        yield from self._roles()
        yield from self._ways()

    def facts(self) -> Iterator[str]:
        """Yield the lines of the document of facts."""
        say, book = self.entries.say, self.book
        yield from self._head(
            "facts_title", say("facts_intro", date=date(book.newest).in_(self.lang), facts=len(book.facts))
        )
        yield say("gap").join(self._owner_links())
        yield ""
        for owner in self._owners():
            yield from self._headed(2, f"facts-{owner}", self._owner(owner))
            for fact in [fact for fact in book.facts.values() if fact.service == owner]:
                yield from self._headed(3, "", f"`{fact.id}`")
                yield from self.entries.fact(fact)
                yield ""

    def _head(self, title: str, intro: str) -> Iterator[str]:
        yield f"# {self.entries.say(title)}"
        yield ""
        yield intro
        yield ""
        yield self.entries.say(f"{self.part}_other")
        yield ""

    def _contents(self) -> Iterator[str]:
        say = self.entries.say
        yield f"## {say('contents')}"
        yield ""
        roles = file_name("roles", self.lang)
        yield f"- [{say('roles')}]({roles}#roles){say('colon')}{say('gap').join(self._role_links())}"
        yield f"- [{say('rules')}](#rules)"
        for topic in topics(self.book):
            count = sum(rule.topic == topic for rule in self.book.rules)
            title = self.entries.escaped(topic_title(topic))
            yield f"  - {self.entries.to('topic', topic, title)}{say('inside', words=count)}"
        if self.book.ways_out:
            yield f"- [{say('ways')}]({roles}#ways){say('inside', words=len(self.book.ways_out))}"
        facts = f"[{say('facts')}]({file_name('facts', self.lang)})"
        yield f"- {facts}{say('colon')}{say('gap').join(self._owner_links())}"
        yield ""

    def _role_links(self) -> list[str]:
        return [self.entries.to("role", role.id, self.entries.escaped(role.title)) for role in self.book.roles]

    def _owner_links(self) -> list[str]:
        return [self.entries.to("facts", owner, self._owner(owner)) for owner in self._owners()]

    def _owners(self) -> list[str]:
        return sorted({fact.service for fact in self.book.facts.values()})

    def _owner(self, id: str) -> str:
        return self.entries.escaped(owner_title(self.book, id))

    def _headed(self, level: int, anchor: str, words: str) -> Iterator[str]:
        if anchor:
            yield f'<a id="{anchor}"></a>'
            yield ""
        yield f"{'#' * level} {words}"
        yield ""

    def _roles(self) -> Iterator[str]:
        yield from self._headed(2, "roles", self.entries.say("roles"))
        for role in self.book.roles:
            yield from self._headed(3, f"role-{role.id}", self.entries.escaped(role.title))
            yield from self.entries.role(role)
            yield ""

    def _rules(self) -> Iterator[str]:
        yield from self._headed(2, "rules", self.entries.say("rules"))
        for topic in topics(self.book):
            of_topic = [rule for rule in self.book.rules if rule.topic == topic]
            yield from self._headed(3, f"topic-{topic}", self.entries.escaped(topic_title(topic)))
            for rule in of_topic:
                yield from self._headed(4, "", f"`{rule.id}`")
                yield from self.entries.rule(rule)
                yield ""

    def _ways(self) -> Iterator[str]:
        if not self.book.ways_out:
            return
        yield from self._headed(2, "ways", self.entries.say("ways"))
        yield self.entries.say("ways_intro")
        yield ""
        for way in self.book.ways_out:
            yield from self._headed(3, f"way-{way.id}", self.entries.escaped(way.title))
            yield from self.entries.way(way)
            yield ""
