"""The pins of a requirements file: every role by kind of subject, with the services that can be asked for."""

from collections.abc import Iterator

from advisor.book import Book
from advisor.explanation.wording import service_name
from advisor.requirements import SUBJECT_KINDS
from advisor.text import Lang
from renderers.markdown import escape
from renderers.reference.words import KINDS, WORDS


def pins(book: Book, lang: Lang) -> Iterator[str]:
    """Yield the lines of the section."""
    yield WORDS["pins_intro"].in_(lang)
    yield ""
    yield from _example(book)
    for kind in SUBJECT_KINDS:
        name = KINDS[kind].en.lower() if lang == "en" else KINDS[kind].ja
        yield f"### {WORDS['pins_of'].in_(lang).format(kind=name)}"
        yield ""
        yield f"| {WORDS['role'].in_(lang)} | {WORDS['services'].in_(lang)} |"
        yield "| --- | --- |"
        for role in book.roles_of(kind):
            listed = [f"`{id}` {escape(service_name(book, id).in_(lang))}" for id in sorted(role.candidates)]
            yield f"| `{role.id}`{WORDS['colon'].in_(lang)}{escape(role.title.in_(lang))} | {'<br>'.join(listed)} |"
        yield ""


def _example(book: Book) -> Iterator[str]:
    """Yield a pinned entry; the service is the first by its id, so that none seems to be advised."""
    role = next(role for role in book.roles_of("component") if len(role.candidates) > 2)
    service = min(id for id in role.candidates if id in book.services)
    yield from ("```yaml", "components:", "  - id: api", f"    pins: {{{role.id}: {service}}}", "```", "")
