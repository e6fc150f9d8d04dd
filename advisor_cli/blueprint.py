"""`advisor blueprint`: generates a deployable project from a requirements file."""

from typing import TYPE_CHECKING

import click

from advisor.text import Text
from advisor_cli.console import (
    CHECK_FAILED,
    NOT_EXPRESSIBLE,
    TOOL_MISSING,
    Stop,
    command,
    design_command,
    say,
    write,
)
from advisor_cli.opening import open_without_conflicts
from advisor_cli.usage_errors import UsageProblem, not_one_of

if TYPE_CHECKING:
    from advisor.design import Design
    from advisor.text import Lang

_NOTHING_TO_DO = Text(
    "Missing option -o/--output or --lint. Examples: -o batch.zip, --lint, or both.",
    "オプション -o/--output か --lint、または両方を指定してください。例: -o batch.zip、--lint",
)


@command()
@design_command
@click.option("-o", "--output", "out", metavar="OUT", help="Output file (a zip archive).")
@click.option("--target", required=True, metavar="TARGET", help="Project type: sam, cdk-python or cdk-typescript.")
@click.option(
    "--lint", "linting", is_flag=True, help="Check the templates of the project with cfn-lint and print the findings."
)
def blueprint(
    file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str | None, target: str, linting: bool
) -> None:
    """Generate a deployable project (a zip archive) from FILE; with --lint, also check its templates.

    \b
    Examples:
      advisor blueprint batch.yaml --target sam -o batch.zip
      advisor blueprint batch.yaml --target cdk-python --lint
    """
    import blueprints

    targets = [available.id for available in blueprints.TARGETS]
    if target not in targets:
        raise not_one_of("--target", target, targets)
    if not (out or linting):
        raise UsageProblem(_NOTHING_TO_DO)
    design = open_without_conflicts(file, lang, as_of, folder)
    try:
        if out:
            _write_project(out, design, lang, target)
        if linting:
            _lint(design, lang, target)
    except blueprints.Unsupported:
        raise _refusal(design, lang, target) from None


def _refusal(design: "Design", lang: "Lang", target: str) -> Stop:
    import blueprints
    from advisor.report.decision_report import SCHEMA, dumps

    rows = [{"where": gap.where, "reason": gap.reason.in_(lang)} for gap in blueprints.check(design, target)]
    say(dumps({"schema": SCHEMA, "target": target, "unsupported": rows}))
    return Stop(NOT_EXPRESSIBLE, *(f"{row['where']}: {row['reason']}" for row in rows))


def _write_project(out: str, design: "Design", lang: "Lang", target: str) -> None:
    import blueprints
    import renderers
    from advisor_bundle import project_zip
    from blueprints.plan import plan_for

    plan = plan_for(design)
    try:
        write(out, project_zip(design, target, lang, plan), lang)
    except renderers.LayoutFailed as error:
        raise Stop(CHECK_FAILED, error.reason.in_(lang)) from error
    for warning in blueprints.warnings(plan, target):
        say(f"{warning.in_(lang)}\n", err=True)


def _lint(design: "Design", lang: "Lang", target: str) -> None:
    from advisor_bundle.linting import NOT_INSTALLED, MissingLinter, lint

    try:
        linted = lint(design, target)
    except MissingLinter:
        raise Stop(TOOL_MISSING, NOT_INSTALLED.in_(lang)) from None
    warnings = (warning.in_(lang) for warning in linted.warnings)
    counted = () if linted.findings else (linted.count.in_(lang),)
    lines = (*linted.findings, *counted, *warnings, linted.scope.in_(lang))
    say("".join(f"{line}\n" for line in lines))
    if linted.findings:
        raise Stop(CHECK_FAILED, linted.count.in_(lang))
