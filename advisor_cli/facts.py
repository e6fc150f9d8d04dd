"""`advisor facts`: the AWS facts in the rule book, and those whose last check is too old."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import CHECK_FAILED, book_command, command, say
from advisor_cli.opening import open_dated
from advisor_cli.usage_errors import OneOf, WholeNumber, not_one_of

if TYPE_CHECKING:
    from advisor.book import Book, Fact
    from advisor.text import Lang

_DECIDES = {True: Text("used in decisions", "選定に使用"), False: Text("informational", "表示のみ")}
_STALE = Text(
    "{count} of {all} facts were last checked more than {days} days ago.",
    "根拠情報 {all} 件のうち {count} 件は、最後の確認から {days} 日を超えています。",
)
_FRESH = Text(
    "All facts were checked within the last {days} days.", "すべての根拠情報が過去 {days} 日以内に確認されています。"
)
_NONE_YET = Text("not yet in force", "未施行")


@command()
@click.option(
    "--stale", is_flag=True, help="List only facts whose last check is older than --days; exit code 1 if there are any."
)
@click.option(
    "--days",
    type=WholeNumber(0, 36500),
    default=365,
    show_default=True,
    help="Maximum age of a check in days, for --stale.",
)
@click.option("--service", "service", metavar="ID", help="List only facts about this service.")
@book_command
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="Output format; text if omitted.")
def facts(
    stale: bool, days: int, service: str | None, lang: "Lang", as_of: str | None, folder: str | None, form: str
) -> None:
    """List the AWS facts that decisions are based on, with current value, confidence, date of the last check and source.

    With --stale, the result depends on the current date.

    \b
    Examples:
      advisor facts --service sqs
      advisor facts --as-of 2025-01-01 --format json
      advisor facts --stale --days 180
    """
    from advisor.report.decision_report import dumps

    dated = open_dated(folder, as_of, lang)
    book, day = dated.book, dated.as_of
    all_facts = _facts_of(book, service) if service is not None else list(book.facts.values())
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


def _facts_of(book: "Book", service: str) -> list["Fact"]:
    """Return the facts of a service: those of its own file, and those that limit it."""
    limiting = {limit.fact for limit in book.services[service].limits} if service in book.services else set()
    matching = [fact for fact in book.facts.values() if fact.service == service or fact.id in limiting]
    if matching or service in book.services:
        return matching
    allowed = sorted({fact.service for fact in book.facts.values()} | set(book.services))
    raise not_one_of("--service", service, allowed)


def _value(fact: "Fact", day: str) -> Text:
    from renderers.rulebook.uses import labelled

    value = fact.value(day)
    return _NONE_YET if value is None else labelled(fact, value)


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
