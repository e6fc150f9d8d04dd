"""`advisor rules check`: verifies the rule book, or an extension of it."""

from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import CHECK_FAILED, book_command, say
from advisor_cli.help import TranslatedGroup
from advisor_cli.opening import open_dated

if TYPE_CHECKING:
    from advisor.book import Book
    from advisor.proving.finding import Checked
    from advisor.text import Lang

_MOST_SHOWN = 20
_PASSED, _FAILED = Text("ok", "合格"), Text("FAILED", "不合格")
_MORE = Text("… and {count} more", "…ほか {count} 件")
_STORIES = Text(
    "Example stories for which these rules select different services:",
    "指定した判定ルールで選定が変わるサンプルシナリオ:",
)
_SAME = Text(
    "These rules select the same services for every example story.",
    "指定した判定ルールで選定が変わるサンプルシナリオはありません。",
)


@click.group(name="rules", cls=TranslatedGroup)
def rules_() -> None:
    """Check the rule book, or an extension of it.

    \b
    Example:
      advisor rules check --book our-pack
    """


@rules_.command()
@book_command
def check(lang: "Lang", as_of: str | None, folder: str | None) -> None:
    """Verify that the rule book is complete and free of contradictions.

    The command also finds rules without effect, services that are never selected and violated AWS limits. If it finds a
    problem, the exit code is 1, and each finding includes a counterexample as a requirements file. With --book, the command also lists the
    stories for which these rules select different services from the built-in ones.

    \b
    Examples:
      advisor rules check
      advisor rules check --book our-pack
    """
    import rules
    from advisor.proving.run import prove_book

    dated = open_dated(folder, as_of, lang)
    ours = rules.load_book() if folder is not None else None
    failed = 0
    for checked in prove_book(dated, ours):
        failed += bool(checked.findings)
        _show(checked, lang)
    if folder is not None:
        _stories(dated.book, lang)
    if failed:
        click.get_current_context().exit(CHECK_FAILED)


def _show(checked: "Checked", lang: "Lang") -> None:
    from advisor.proving.run import witness_file

    mark = (_FAILED if checked.findings else _PASSED).in_(lang)
    say(f"{mark:7} {checked.claim.in_(lang)} ({checked.looked_at.in_(lang)})\n")
    for finding in checked.findings[:_MOST_SHOWN]:
        say(f"        - {finding.sentence.in_(lang)}\n")
        if finding.witness is not None:
            say("".join(f"          {line}\n" for line in witness_file(finding.witness).splitlines()))
    more = len(checked.findings) - _MOST_SHOWN
    if more > 0:
        say(f"        {_MORE.in_(lang).format(count=more)}\n")


def _stories(book: "Book", lang: "Lang") -> None:
    import rules
    from advisor.explanation.what_if import Speaker
    from advisor.proving.run import changed_stories

    story_requirements: dict[str, Any] = {name: rules.load_story(name) for name in rules.STORIES}
    changed = changed_stories(story_requirements, rules.load_book(), book)
    say(f"{(_STORIES if changed else _SAME).in_(lang)}\n")
    for name, moves in changed.items():
        say(f"  {name}: {Speaker(story_requirements[name], book).moves(moves).in_(lang)}\n")
