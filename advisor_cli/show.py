"""`advisor show`: one rule, fact or role of the rule book, as it stands in the documents."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, BOOK, LANG, Stop, say
from advisor_cli.opening import open_book

if TYPE_CHECKING:
    from advisor.text import Lang

_UNKNOWN = Text(
    'ID: there is no rule, fact or role "{id}"{near}.', "ID: ルール・ファクト・役割「{id}」はありません{near}。"
)
_NEAR = Text("; perhaps {ids}", "。近いもの: {ids}")


@click.command()
@click.argument("id")
@LANG
@BOOK
def show(id: str, lang: "Lang", folder: str | None) -> None:
    """Print a rule, fact or role of the rule book by its ID: condition, effect, examples, values by date, source.

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
        suggestion = _NEAR.in_(lang).format(ids=", ".join(nearest)) if nearest else ""
        raise Stop(BAD_INPUT, _UNKNOWN.in_(lang).format(id=id[:60], near=suggestion))
    say("\n".join([f"# {id}", "", *lines]) + "\n")
