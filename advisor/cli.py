"""The command line. In the domain only it and its commands know the other rooms, and load them when they are needed."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.commands.assess import assess
from advisor.commands.blueprint import blueprint
from advisor.commands.compare import compare
from advisor.commands.facts import facts
from advisor.commands.iam import iam
from advisor.commands.opening import open_book, open_design, open_fitting
from advisor.commands.preflight import preflight
from advisor.commands.questions import next_, why_not
from advisor.commands.recheck import recheck
from advisor.commands.rulebook import rules_
from advisor.commands.show import show
from advisor.commands.stories import stories
from advisor.console import (
    BAD_INPUT,
    CHECK_FAILED,
    NOTHING_FITS,
    OUT,
    TOOL_MISSING,
    Commands,
    Stop,
    book_command,
    design_command,
    say,
    write,
)

if TYPE_CHECKING:
    from advisor.text import Lang


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


for command in (assess, blueprint, compare, facts, iam, next_, preflight, recheck, rules_, show, stories, why_not):
    cli.add_command(command)


@cli.command()
@design_command
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", help="What to print.")
def decide(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str) -> None:
    """Print the services that FILE comes to, each with its reasons.

    \b
    Examples:
      advisor decide batch.yaml
      advisor stories mobile-backend | advisor decide - --format text --lang ja
    """
    from advisor.report import to_json, to_text

    design = open_design(file, lang, as_of, folder)
    say(to_json(design, lang) if form == "json" else to_text(design, lang))
    if design.decision.conflicts:
        click.get_current_context().exit(NOTHING_FITS)


@cli.command()
@design_command
@OUT
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", help="Colours.")
@click.option("--style", type=click.Choice(["advisor", "classic"]), default="advisor", help="Who draws it.")
def draw(file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str, theme: Any, style: Any) -> None:
    """Draw FILE's architecture; the format follows from OUT's suffix (.svg, .png, .pdf, .mmd, .py).

    \b
    Examples:
      advisor draw batch.yaml -o batch.svg
      advisor draw batch.yaml -o batch.png --theme dark --lang ja
      advisor draw batch.yaml -o batch.py       (source for the diagrams library)
    """
    import renderers

    design = open_fitting(file, lang, as_of, folder)
    try:
        content = renderers.draw(design, Path(out).suffix, lang=lang, theme=theme, style=style)
    except renderers.ToolMissing as error:
        raise Stop(TOOL_MISSING, str(error)) from error
    except renderers.LayoutFailed as error:
        raise Stop(CHECK_FAILED, error.reason.in_(lang)) from error
    except ValueError as error:
        raise Stop(BAD_INPUT, f"--output: {error}") from error
    write(out, content, lang)


@cli.command()
@design_command
@OUT
def adr(file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str) -> None:
    """Write the decision on FILE as an architecture decision record (MADR 4.0.0, Markdown).

    \b
    Example:
      advisor adr batch.yaml -o docs/adr/0007-batch.md --lang ja
    """
    from renderers.adr import adr as record

    write(out, record(open_fitting(file, lang, as_of, folder), lang), lang)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a requirements file, for editors.

    \b
    Example:
      advisor schema > requirements.schema.json
    """
    from advisor.report import dumps
    from advisor.requirements import Requirements

    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    say(dumps(draft | Requirements.model_json_schema(by_alias=True)))


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
@book_command
def serve(port: int, lang: "Lang", as_of: str | None, folder: str | None) -> None:
    """Open the page on this machine.

    \b
    Examples:
      advisor serve --port 8600
      advisor serve --book our-pack --as-of 2026-11-25
    """
    from ui.serve import serve as run

    gc.enable()
    run(port, open_book(folder, lang) if folder else None, as_of)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes the shell complete commands and options.

    \b
    Example:
      eval "$(advisor completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        maker = found(cli, {}, "advisor", "_ADVISOR_COMPLETE")
        say(maker.source_template % maker.source_vars() + "\n")


def main() -> None:
    """Run the command line."""
    gc.disable()  # a short process: collecting what loading leaves behind costs more than it frees
    cli(prog_name="advisor")
