"""The command line. It and its commands know all other rooms, and load them when they are needed."""

import gc
from typing import TYPE_CHECKING

import click

from advisor.text import Text
from advisor_cli.assess import assess
from advisor_cli.blueprint import blueprint
from advisor_cli.compare import compare
from advisor_cli.console import (
    BAD_INPUT,
    BOOK,
    LANG,
    NOTHING_FITS,
    OUT,
    Commands,
    Stop,
    design_command,
    say,
    write,
)
from advisor_cli.draw import draw
from advisor_cli.facts import facts
from advisor_cli.iam import iam
from advisor_cli.opening import open_book, open_design, open_without_conflicts
from advisor_cli.preflight import preflight
from advisor_cli.questions import next_, why_not
from advisor_cli.recheck import recheck
from advisor_cli.rulebook import rules_
from advisor_cli.serve import serve
from advisor_cli.show import show
from advisor_cli.stories import stories
from advisor_cli.upgrade import upgrade

if TYPE_CHECKING:
    from advisor.text import Lang


_NO_PROOF = Text(
    "--proof: the text form has no proof; leave out --format text.",
    "--proof: テキスト形式には証明がありません。--format text を外してください。",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="aws-architecture-advisor", prog_name="advisor")
def cli() -> None:
    """Decide, explain, draw and build AWS architectures from a requirements file.

    \b
    Examples:
      advisor stories scheduled-batch > batch.yaml
      advisor decide batch.yaml --format text
      advisor draw batch.yaml -o batch.svg --lang ja
      advisor adr batch.yaml -o decision.md
      advisor blueprint batch.yaml --target sam -o batch.zip
      advisor serve

    A FILE of "-" is standard input.
    """


for command in (
    assess,
    blueprint,
    compare,
    draw,
    facts,
    iam,
    next_,
    preflight,
    recheck,
    rules_,
    serve,
    show,
    stories,
    upgrade,
    why_not,
):
    cli.add_command(command)


@cli.command()
@design_command
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", help="What to print.")
@click.option("--proof", is_flag=True, help="Add the whole proof of every candidate, and every budget (JSON only).")
def decide(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str, proof: bool) -> None:
    """Print the services that FILE comes to, each with its reasons.

    The JSON can be saved and replayed with `advisor recheck`; `advisor schema --output` describes it.

    \b
    Examples:
      advisor decide batch.yaml > batch.json
      advisor decide batch.yaml --proof | jq '.subjects[].choices[].proof'
      advisor stories mobile-backend | advisor decide - --format text --lang ja
    """
    from advisor.report.decision_file import to_json
    from advisor.report.decision_report import to_text

    if proof and form == "text":
        raise Stop(BAD_INPUT, _NO_PROOF.in_(lang))
    design = open_design(file, lang, as_of, folder)
    say(to_json(design, lang, proof=proof) if form == "json" else to_text(design, lang))
    if design.decision.conflicts:
        click.get_current_context().exit(NOTHING_FITS)


@cli.command()
@design_command
@OUT
@click.option("--full", is_flag=True, help="Add the appendix: all answers, and every option of every role.")
@click.option("--picture", metavar="PATH", help="Drawing that the record shows, as a path from OUT.")
def adr(
    file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str, full: bool, picture: str | None
) -> None:
    """Write the decision on FILE as an architecture decision record (MADR 4.0.0, Markdown) of two pages.

    Without --picture a small architecture is shown as a Mermaid graph.

    \b
    Examples:
      advisor adr batch.yaml -o docs/adr/0007-batch.md --lang ja
      advisor adr batch.yaml -o 0007-batch.md --full --picture batch.svg
    """
    from advisor_bundle.record import decision_record

    design = open_without_conflicts(file, lang, as_of, folder)
    write(out, decision_record(design, lang, full=full, picture=picture), lang)


@cli.command()
@click.option("--output", is_flag=True, help="The schema of what `advisor decide` prints, with and without --proof.")
@BOOK
@LANG
def schema(output: bool, folder: str | None, lang: "Lang") -> None:
    """Print the JSON Schema of a requirements file, for editors: every question, and the services that can be pinned.

    docs/requirements-file.md explains the same to people.

    \b
    Examples:
      advisor schema > requirements.schema.json
      advisor schema --output > decision.schema.json
    """
    from advisor.report.decision_report import dumps
    from advisor.report.decision_types import decision_schema
    from advisor.report.requirements_schema import requirements_schema

    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    say(dumps(decision_schema() if output else draft | requirements_schema(open_book(folder, lang))))


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes the shell complete commands and options.

    \b
    Example:
      eval "$(advisor completion bash)"
    """
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    if completion_class is not None:
        script = completion_class(cli, {}, "advisor", "_ADVISOR_COMPLETE")
        say(script.source_template % script.source_vars() + "\n")


def main() -> None:
    """Run the command line."""
    gc.disable()  # a short process: collecting what loading leaves behind costs more than it frees
    cli(prog_name="advisor")
