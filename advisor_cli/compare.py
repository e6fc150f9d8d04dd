"""`advisor compare`: the differences between two requirements files."""

from typing import TYPE_CHECKING

import click

from advisor.text import Text
from advisor_cli.console import book_command, command, say
from advisor_cli.opening import open_design
from advisor_cli.usage_errors import OneOf, UsageProblem

if TYPE_CHECKING:
    from advisor.text import Lang


_ONE_INPUT = Text(
    'SECOND: only one of the two files can be "-" (standard input).',
    "SECOND: 標準入力（-）を指定できるのは、2 つのファイルのどちらか一方だけです。",
)


@command()
@click.argument("first")
@click.argument("second")
@book_command
@click.option("--format", "form", type=OneOf(["json", "text"]), default="json", help="Output format; JSON if omitted.")
def compare(first: str, second: str, lang: "Lang", as_of: str | None, folder: str | None, form: str) -> None:
    """Compare two requirements files: print the differences in answers, services, reasons and warnings.

    \b
    Examples:
      advisor compare before.yaml after.yaml --format text
      advisor stories scheduled-batch | advisor compare - batch.yaml
    """
    from advisor.report.comparison import compare as compare_designs
    from advisor.report.comparison_text import to_dict, to_text
    from advisor.report.decision_report import dumps

    if first == second == "-":
        raise UsageProblem(_ONE_INPUT)
    comparison = compare_designs(open_design(first, lang, as_of, folder), open_design(second, lang, as_of, folder))
    names = ("A", "B") if "-" in (first, second) else (first, second)
    say(dumps(to_dict(comparison, lang)) if form == "json" else to_text(comparison, lang, names))
