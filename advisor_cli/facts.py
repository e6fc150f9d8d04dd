"""`advisor facts`: what the book knows about AWS, and what of it was not checked lately."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, CHECK_FAILED, Stop, book_command, say
from advisor_cli.opening import open_dated

if TYPE_CHECKING:
    from advisor.book import Book, Fact
    from advisor.text import Lang

_DECIDES = {True: Text("decides", "判断に使用"), False: Text("shown", "表示のみ")}
_STALE = Text(
    "{count} of {all} facts were not checked in the last {days} days.",
    "{all} 件中 {count} 件が過去 {days} 日間に確認されていません。",
)
_FRESH = Text(
    "Every fact was checked in the last {days} days.", "すべてのファクトが過去 {days} 日以内に確認されています。"
)
_NONE_YET = Text("none yet", "未施行")


@click.command()
@click.option("--stale", is_flag=True, help="Only facts that were not checked lately; exit 1 when there are any.")
@click.option("--days", type=click.IntRange(0, 36500), default=365, show_default=True, help="What lately means.")
@click.option("--service", "service", metavar="ID", help="Only facts about one service.")
@book_command
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="What to print.")
def facts(
    stale: bool, days: int, service: str | None, lang: "Lang", as_of: str | None, folder: str | None, form: str
) -> None:
    """List the facts that decisions rest on, with the value in force, how sure it is, when it was checked and where.

    With --stale it reads the clock, as no other command does.

    \b
    Examples:
      advisor facts --service sqs
      advisor facts --as-of 2025-01-01 --format json
      advisor facts --stale --days 180
    """
    from advisor.report.decision_report import dumps

    dated = open_dated(folder, as_of, lang)
    book, day = dated.book, dated.as_of
    all_facts = _facts_of(book, service, lang) if service is not None else list(book.facts.values())
    earliest = (date.today() - timedelta(days=days)).isoformat() if stale else ""
    shown = [fact for fact in all_facts if fact.source.checked < earliest] if stale else all_facts
    if form == "json":
        say(
            dumps(
                {"schema": 1, "as_of": day, "book": book.version, "facts": [_data(fact, day, lang) for fact in shown]}
            )
        )
    else:
        say(_text(shown, day, lang))
    if stale:
        counted = {"count": len(shown), "all": len(all_facts), "days": days}
        say((_STALE if shown else _FRESH).in_(lang).format(**counted) + "\n", err=True)
    if stale and shown:
        click.get_current_context().exit(CHECK_FAILED)


def _facts_of(book: "Book", service: str, lang: "Lang") -> list["Fact"]:
    """Return the facts of a service: those of its own file, and those that limit it."""
    limiting = {limit.fact for limit in book.services[service].limits} if service in book.services else set()
    matching = [fact for fact in book.facts.values() if fact.service == service or fact.id in limiting]
    if matching or service in book.services:
        return matching
    allowed = ", ".join(sorted({fact.service for fact in book.facts.values()} | set(book.services)))
    unknown = service[:60]
    problem = Text(
        f'--service: "{unknown}" is not allowed; must be one of: {allowed}.',
        f"--service: 「{unknown}」は使えません。使える値: {allowed}。",
    )
    raise Stop(BAD_INPUT, problem.in_(lang))


def _value(fact: "Fact", day: str) -> Text:
    from advisor.explanation.wording import fact_words

    value = fact.value(day)
    return _NONE_YET if value is None else fact_words(fact, value)


def _data(fact: "Fact", day: str, lang: "Lang") -> dict[str, Any]:
    return {
        "id": fact.id,
        "service": fact.service,
        "value": fact.value(day),
        "unit": fact.unit or None,
        "in_words": _value(fact, day).in_(lang),
        "kind": fact.kind,
        "decides": fact.decides,
        "confidence": fact.confidence,
        "series": [{"from": since, "value": value} for since, value in fact.series],
        "statement": fact.statement.in_(lang),
        "source": {"url": fact.source.url, "checked": fact.source.checked},
    }


def _text(listed: list["Fact"], day: str, lang: "Lang") -> str:
    rows = [
        (
            fact.id,
            fact.kind,
            _DECIDES[fact.decides].in_(lang),
            fact.confidence,
            fact.source.checked,
            _value(fact, day).in_(lang),
            fact.source.url,
        )
        for fact in listed
    ]
    widths = [max((len(row[n]) for row in rows), default=0) for n in range(5)]
    return "".join(
        "  ".join([*(f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)), *row[5:]]) + "\n"
        for row in rows
    )
