"""`advisor blueprint`: the architecture of a requirements file as a deployable project."""

from typing import TYPE_CHECKING

import click

from advisor_cli.console import BAD_INPUT, CHECK_FAILED, NOT_EXPRESSIBLE, OUT, Stop, design_command, say, write
from advisor_cli.opening import open_without_conflicts

if TYPE_CHECKING:
    from advisor.text import Lang


@click.command()
@design_command
@OUT
@click.option("--target", required=True, metavar="TARGET", help="sam, cdk-python or cdk-typescript.")
def blueprint(file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str, target: str) -> None:
    """Write FILE's architecture as a deployable project (a zip).

    \b
    Example:
      advisor blueprint batch.yaml --target sam -o batch.zip
    """
    import blueprints
    import renderers
    from advisor.report.decision_report import SCHEMA, dumps
    from advisor_bundle import project_zip

    targets = [available.id for available in blueprints.TARGETS]
    if target not in targets:
        raise Stop(BAD_INPUT, f'--target: "{target[:40]}" is not one of: {", ".join(targets)}.')
    design = open_without_conflicts(file, lang, as_of, folder)
    try:
        content = project_zip(design, target, lang)
    except blueprints.Unsupported:
        gaps = [{"where": u.where, "reason": u.reason.in_(lang)} for u in blueprints.check(design, target)]
        say(dumps({"schema": SCHEMA, "target": target, "unsupported": gaps}))
        raise Stop(NOT_EXPRESSIBLE, *(f"{gap['where']}: {gap['reason']}" for gap in gaps)) from None
    except renderers.LayoutFailed as error:
        raise Stop(CHECK_FAILED, error.reason.in_(lang)) from error
    write(out, content, lang)
