"""`advisor iam`: the IAM permissions of an architecture, and the connections that require them."""

from typing import TYPE_CHECKING

import click

from advisor_cli.console import command, design_command, say
from advisor_cli.opening import open_without_conflicts
from advisor_cli.usage_errors import OneOf

if TYPE_CHECKING:
    from advisor.text import Lang


@command()
@design_command
@click.option(
    "--format", "form", type=OneOf(["text", "json", "markdown"]), default="text", help="Output format; text if omitted."
)
def iam(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str) -> None:
    """List the IAM permissions for the requirements in FILE, each with the connection that requires it and the reason.

    All targets (SAM, CDK Python, CDK TypeScript) grant the same permissions. Every generated project contains the same
    table in docs/iam.md.

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
