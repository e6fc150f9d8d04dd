"""Checks whether the runtimes of the template are close to their end of support, by the facts of the rule book."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from advisor.book import Book
from advisor.text import Text
from advisor_account.outcome import Outcome
from blueprints.sam.translation import Json, of_type

#: So long before its end a runtime is worth a note.
WARNING_PERIOD = timedelta(days=183)
_VERSIONED_TYPES = (
    ("AWS::Lambda::Function", "Runtime", "lambda-runtime-{}", Text("Lambda runtime {0}", "Lambda ランタイム {0}")),
    ("AWS::EKS::Cluster", "Version", "eks-version-{}", Text("Kubernetes {0}", "Kubernetes {0}")),
)


def check_runtimes(template: Json, book: Book, now: datetime) -> Iterator[Outcome]:
    """Yield one finding for each runtime and version that the template names."""
    for type, property, fact, words in _VERSIONED_TYPES:
        versions = {_value_or_default(template, properties.get(property)) for properties in of_type(template, (type,))}
        for version in sorted(versions - {""}):
            about = Text(words.en.format(version), words.ja.format(version))
            yield _runtime_outcome(about, book, fact.format(version.replace(".", "-")), now)


def _value_or_default(template: Json, value: object) -> str:
    """Return a value, or the default of the parameter that it refers to; empty if neither is a text."""
    if isinstance(value, dict):
        value = template.get("Parameters", {}).get(value.get("Ref"), {}).get("Default")
    return value if isinstance(value, str) else ""


def _runtime_outcome(about: Text, book: Book, id: str, now: datetime) -> Outcome:
    fact = book.facts.get(id)
    if fact is None:
        words = Text(
            "The decision rules contain no end-of-support date for it.", "判定ルールにサポート終了日がありません。"
        )
        return Outcome("runtime", "unknown", about, words)
    end_of_support = date.fromisoformat(str(fact.series[-1][1]))
    ends_soon = end_of_support - now.date() < WARNING_PERIOD
    return Outcome("runtime", "warned" if ends_soon else "fine", about, fact.statement, fact.source.url)
