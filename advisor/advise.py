"""The product in one function: requirements to a design."""

from collections.abc import Iterator
from dataclasses import replace

from advisor.architecture import Architecture
from advisor.book import Book, DatedBook, dated
from advisor.budgets import budget_warnings
from advisor.decision import Warning
from advisor.design import Design
from advisor.explanation.engine import explain, verdict_on
from advisor.graph_builder import connect
from advisor.graph_builder.cautions import cautions
from advisor.requirements import Requirements
from advisor.text import Text, spaced


def advise(requirements: Requirements, book: Book | DatedBook) -> Design:
    """Decide on `requirements` by a book, as of its newest check date or another day, and connect the services.

    RequirementsError when a pin names a role or service that does not exist.
    """
    then = dated(book)
    verdict = verdict_on(requirements, then)
    decision = explain(requirements, verdict, then)
    architecture = connect(requirements, verdict, then)
    exceeded = budget_warnings(architecture, decision, then)
    connected = (*_unconnected(architecture), *cautions(architecture, verdict, then))
    warned = replace(decision, warnings=(*decision.warnings, *connected, *exceeded))
    return Design(requirements, verdict, warned, architecture, then)


def _unconnected(architecture: Architecture) -> Iterator[Warning]:
    for edge in architecture.edges:
        if edge.settings.get("unknown"):
            source, target = architecture.node(edge.source), architecture.node(edge.target)
            sentence = Text(
                (
                    f"{source.title.en} cannot connect directly to {target.title.en}. Put code "
                    "or another service between them. The diagram shows the connection, but no project can "
                    "be generated."
                ),
                (
                    f"{source.title.ja}は{target.title.ja}に直接接続できません。間にコードまた"
                    "は別のサービスを置いてください。構成図には表示しますが、プロジェクトは生成できません。"
                ),
            )
            yield Warning(source.subject, source.role, "no-connection", spaced(sentence))
