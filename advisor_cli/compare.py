"""`advisor compare`: what differs between two requirements files, in answers, services and reasons."""

from typing import TYPE_CHECKING

import click

from advisor_cli.console import BAD_INPUT, Stop, book_command, say
from advisor_cli.opening import open_design

if TYPE_CHECKING:
    from advisor.text import Lang


@click.command()
@click.argument("first")
@click.argument("second")
@book_command
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", help="What to print.")
def compare(first: str, second: str, lang: "Lang", as_of: str | None, folder: str | None, form: str) -> None:
    """Print what differs between two requirements files: answers, services with their reasons, warnings.

    \b
    Examples:
      advisor compare before.yaml after.yaml --format text
      advisor stories scheduled-batch | advisor compare - batch.yaml
    """
    from advisor.report.comparison import compare as compare_designs
    from advisor.report.comparison_text import to_dict, to_text
    from advisor.report.decision_report import dumps

    if first == second == "-":
        raise Stop(BAD_INPUT, 'SECOND: only one of the two files can be "-".')
    comparison = compare_designs(open_design(first, lang, as_of, folder), open_design(second, lang, as_of, folder))
    names = ("A", "B") if "-" in (first, second) else (first, second)
    say(dumps(to_dict(comparison, lang)) if form == "json" else to_text(comparison, lang, names))
