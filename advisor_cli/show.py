"""`advisor show`: prints one rule, fact or role of the rule book."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from advisor.text import EMPTY, Text, in_a_row
from advisor_cli.console import BOOK, LANG, command, say
from advisor_cli.opening import open_book
from advisor_cli.usage_errors import UsageProblem, filled, sentences

if TYPE_CHECKING:
    from advisor.text import Lang

_UNKNOWN = Text(
    'ID: "{0}" is not the ID of a rule, fact or role.', "ID: 「{0}」というルール、根拠情報、選定項目はありません。"
)
_NEAR = Text("Did you mean one of these: {0}?", "次のいずれかではありませんか: {0}")


@command()
@click.argument("id")
@LANG
@BOOK
def show(id: str, lang: "Lang", folder: str | None) -> None:
    """Print one rule, fact or role of the rule book with its conditions, examples and sources.

    \b
    Examples:
      advisor show lambda-timeout-max
      advisor show long-work-in-a-container --lang ja
    """
    from renderers.rulebook.entries import Entries

    book = open_book(folder, lang)
    entries = Entries(book, lang, lambda kind, entry: f"#{entry}")
    rules = {rule.id: rule for rule in book.rules}
    roles = {role.id: role for role in book.roles}
    if id in rules:
        lines = entries.rule(rules[id])
    elif id in book.facts:
        lines = entries.fact(book.facts[id])
    elif id in roles:
        lines = entries.role(roles[id])
    else:
        nearest = get_close_matches(id, [*rules, *book.facts, *roles], 3)
        suggestion = filled(_NEAR, in_a_row(nearest)) if nearest else EMPTY
        raise UsageProblem(sentences(filled(_UNKNOWN, id[:60]), suggestion))
    say("\n".join([f"# {id}", "", *lines]) + "\n")
