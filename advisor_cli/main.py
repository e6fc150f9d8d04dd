"""The command line. Its commands import the other packages when they run."""

import gc
from typing import TYPE_CHECKING

import click

from advisor.text import LANGS, Text
from advisor_cli.assess import assess
from advisor_cli.blueprint import blueprint
from advisor_cli.compare import compare
from advisor_cli.console import (
    BOOK,
    GENERAL_LANG,
    LANG,
    NOTHING_FITS,
    OUT,
    Commands,
    design_command,
    say,
    write,
)
from advisor_cli.document import document
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
from advisor_cli.usage_errors import OneOf, UsageProblem

if TYPE_CHECKING:
    from advisor.text import Lang


_PICTURE = Text(
    "The architecture diagram is too large for the record. Draw it with: advisor draw {file} -o ARCHITECTURE.svg --lang {lang}. "
    "Then run advisor adr again with --picture ARCHITECTURE.svg.",
    "構成図は大きすぎて記録に収まりません。advisor draw {file} -o ARCHITECTURE.svg --lang {lang} で作成し、"
    "--picture ARCHITECTURE.svg を付けて advisor adr をもう一度実行してください。",
)
_NO_PROOF = Text(
    "--proof: the text format does not contain the evaluation of all candidates. Omit --format text.",
    "--proof: 全候補の判定の根拠は、テキスト形式では出力できません。--format text を外してください。",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="aws-architecture-advisor", prog_name="advisor")
@GENERAL_LANG
def cli() -> None:
    """Select AWS services for the requirements in a file, explain the decision, and generate diagrams and projects.

    \b
    Examples:
      advisor stories scheduled-batch > batch.yaml
      advisor decide batch.yaml --format text
      advisor draw batch.yaml -o batch.svg --lang ja
      advisor adr batch.yaml -o decision.md
      advisor document batch.yaml -o design.docx
      advisor blueprint batch.yaml --target sam -o batch.zip
      advisor serve

    If FILE is "-", the command reads standard input; if OUT is "-", adr and blueprint write to standard output. Output is in English unless --lang ja is given, whatever the locale.
    """


for _command in (
    assess,
    blueprint,
    compare,
    document,
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
    cli.add_command(_command)


@cli.command()
@design_command
@click.option("--format", "form", type=OneOf(["json", "text"]), default="json", help="Output format; JSON if omitted.")
@click.option("--proof", is_flag=True, help="Include the full proof of every candidate and every limit (JSON only).")
def decide(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str, proof: bool) -> None:
    """Print the services selected for the requirements in FILE, with the reasons.

    You can save the JSON and evaluate it again with `advisor recheck`. `advisor schema --output` describes its format.

    \b
    Examples:
      advisor decide batch.yaml > batch.json
      advisor decide batch.yaml --proof | jq '.subjects[].choices[].proof'
      advisor stories mobile-backend | advisor decide - --format text --lang ja
    """
    from advisor.report.decision_file import to_json
    from advisor.report.decision_report import to_text

    if proof and form == "text":
        raise UsageProblem(_NO_PROOF)
    design = open_design(file, lang, as_of, folder)
    say(to_json(design, lang, proof=proof) if form == "json" else to_text(design, lang))
    if design.decision.conflicts:
        click.get_current_context().exit(NOTHING_FITS)


@cli.command()
@design_command
@OUT
@click.option("--full", is_flag=True, help="Add the appendix: all answers, and all options of every role.")
@click.option(
    "--picture", metavar="PATH", help="Picture to show in the record, as a path relative to the folder of OUT."
)
def adr(
    file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str, full: bool, picture: str | None
) -> None:
    """Write an architecture decision record for the requirements in FILE (MADR 4.0.0, Markdown); --full adds an appendix.

    Without --picture, the record contains a Mermaid flowchart of the architecture, unless the flowchart is too large for a page.

    \b
    Examples:
      advisor adr batch.yaml -o docs/adr/0007-batch.md --lang ja
      advisor adr batch.yaml -o 0007-batch.md --full --picture batch.svg
    """
    from advisor_bundle.record import decision_record
    from renderers.adr.pages import too_large
    from renderers.mermaid import graph

    design = open_without_conflicts(file, lang, as_of, folder)
    write(out, decision_record(design, lang, full=full, picture=picture), lang)
    if picture is None and too_large(graph(design.architecture, lang)):
        say(f"{_PICTURE.in_(lang).format(file=file, lang=lang)}\n", err=True)


@cli.command()
@click.option("--output", is_flag=True, help="Print the schema of the output of `advisor decide` instead.")
@BOOK
@LANG
def schema(output: bool, folder: str | None, lang: "Lang") -> None:
    """Print the JSON Schema of requirements files, for editors.

    The schema covers every question and the services that can be specified. docs/requirements-file.md describes them as text.

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
@click.argument("shell", type=OneOf(["bash", "zsh", "fish"]))
@click.option("--lang", type=OneOf(LANGS), expose_value=False, help="Language of help and usage errors.")
def completion(shell: str) -> None:
    """Print the script that enables shell completion of commands and options.

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
