"""`advisor iam`: who may do what on what in the architecture of a requirements file, and which connection asks for it."""

from typing import TYPE_CHECKING

import click

from advisor_cli.console import design_command, say
from advisor_cli.opening import open_without_conflicts

if TYPE_CHECKING:
    from advisor.text import Lang


@click.command()
@design_command
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="What to print."
)
def iam(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str) -> None:
    """Print who may do what on what in FILE's architecture, each with the connection that asks for it and why.

    It holds for every target: all of them take their statements from the same connections. Each project has the same
    table as docs/iam.md.

    \b
    Examples:
      advisor iam batch.yaml
      advisor iam batch.yaml --format markdown > iam.md
      advisor stories mobile-backend | advisor iam - --format json | jq '.permissions[].actions'
    """
    from advisor.report.decision_report import SCHEMA, dumps
    from blueprints.permissions import permissions_of
    from blueprints.plan import plan_for
    from blueprints.project.documents.iam import to_data, to_markdown, to_text

    listed_permissions = permissions_of(plan_for(open_without_conflicts(file, lang, as_of, folder)))
    if form == "json":
        say(dumps({"schema": SCHEMA, "permissions": to_data(listed_permissions, lang)}))
    else:
        say(to_text(listed_permissions, lang) if form == "text" else to_markdown(listed_permissions, lang))
