"""The command line. Only this file and `__main__` of the domain know the other rooms, and load them when they are needed."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisor.console import (
    BAD_INPUT,
    CHECK_FAILED,
    LANG,
    NOT_EXPRESSIBLE,
    NOTHING_FITS,
    OUT,
    TOOL_MISSING,
    Commands,
    Stop,
    design_command,
    say,
    write,
)

if TYPE_CHECKING:
    from advisor.book import Book
    from advisor.design import Design
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

    design = _design(file, lang, as_of, folder)
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

    design = _fitting(file, lang, as_of, folder)
    try:
        content = renderers.draw(design, Path(out).suffix, lang=lang, theme=theme, style=style)
    except renderers.ToolMissing as error:
        raise Stop(TOOL_MISSING, str(error)) from error
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

    write(out, record(_fitting(file, lang, as_of, folder), lang), lang)


@cli.command()
@design_command
@OUT
@click.option("--target", required=True, metavar="TARGET", help="sam or cdk-python.")
def blueprint(file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str, target: str) -> None:
    """Write FILE's architecture as a deployable project (a zip).

    \b
    Example:
      advisor blueprint batch.yaml --target sam -o batch.zip
    """
    import blueprints
    from advisor.report import SCHEMA, dumps

    targets = [known.id for known in blueprints.TARGETS]
    if target not in targets:
        raise Stop(BAD_INPUT, f'--target: "{target[:40]}" is not one of: {", ".join(targets)}.')
    design = _fitting(file, lang, as_of, folder)
    try:
        content = project_zip(design, target, lang)
    except blueprints.Unsupported:
        gaps = [{"where": u.where, "reason": u.reason.in_(lang)} for u in blueprints.check(design, target)]
        say(dumps({"schema": SCHEMA, "target": target, "unsupported": gaps}))
        raise Stop(NOT_EXPRESSIBLE, *(f"{gap['where']}: {gap['reason']}" for gap in gaps)) from None
    write(out, content, lang)


def project_zip(design: "Design", target: str, lang: "Lang") -> bytes:
    """Return a project as a zip, with its drawing, decision record and requirements; Unsupported where it has no form."""
    import blueprints
    import renderers
    from advisor.reading import write_requirements
    from renderers.adr import adr as record

    extras = {
        "docs/architecture.svg": renderers.draw(design, ".svg", lang=lang),
        "docs/decision.md": record(design, lang),
        "docs/requirements.yaml": write_requirements(design.requirements),
    }
    return blueprints.zip_bytes(blueprints.build(design, target, lang=lang, extras=extras))


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
@click.argument("name", required=False)
@click.option("--covers", is_flag=True, help="Show which stories hold each part of the talk; exit 1 when one has none.")
@LANG
def stories(name: str | None, covers: bool, lang: "Lang") -> None:
    """List the stories, or print the one called NAME as a requirements file.

    \b
    Examples:
      advisor stories
      advisor stories scheduled-batch > batch.yaml
      advisor stories --covers
    """
    import rules

    if covers:
        _covers(lang)
    elif name is None:
        width = max(map(len, rules.STORIES))
        say("".join(f"{s:{width}}  {rules.load_story(s).title.in_(lang)}\n" for s in rules.STORIES))
    elif name in rules.STORIES:
        say(rules.story_bytes(name))
    else:
        raise Stop(BAD_INPUT, f'NAME: "{name[:60]}" is not one of: {", ".join(rules.STORIES)}.')


def _covers(lang: "Lang") -> None:
    from importlib.resources import files

    import rules
    from advisor.advise import advise
    from advisor.coverage import missing, rows
    from advisor.requirements import make_requirements

    book = rules.load_book()
    designs = {name: advise(rules.load_story(name), book) for name in rules.STORIES}
    table = rows((files(rules) / "seed.yaml").read_bytes())
    width = max(len(row.id) for row in table)
    gaps = [gap for row in table for gap in missing(row, designs, lambda raw: advise(make_requirements(raw), book))]
    for row in table:
        say(f"{row.id:{width}}  {', '.join(row.stories) or '-'}  ({row.words.in_(lang)})\n")
    if gaps:
        raise Stop(CHECK_FAILED, *gaps)


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
def serve(port: int) -> None:
    """Open the page on this machine.

    \b
    Example:
      advisor serve --port 8600
    """
    from ui.serve import serve as run

    gc.enable()
    run(port)


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


def _design(file: str, lang: "Lang", as_of: str | None, folder: str | None) -> "Design":
    from advisor.advise import advise
    from advisor.files import FileError, read_input
    from advisor.reading import read_requirements
    from advisor.requirements import RequirementsError

    try:
        return advise(read_requirements(read_input(file)), _book(folder), as_of)
    except FileError as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error
    except RequirementsError as error:
        raise Stop(BAD_INPUT, *(problem.in_(lang) for problem in error.problems)) from error


def _fitting(file: str, lang: "Lang", as_of: str | None, folder: str | None) -> "Design":
    """Return the design; where nothing fits, print the decision and stop before anything is written."""
    from advisor.report import to_json

    design = _design(file, lang, as_of, folder)
    if design.decision.conflicts:
        say(to_json(design, lang))
        raise Stop(NOTHING_FITS, *(conflict.sentence.in_(lang) for conflict in design.decision.conflicts))
    return design


def _book(folder: str | None) -> "Book":
    import rules
    from advisor.book import BookError

    if folder is None:
        return rules.load_book()
    if not (Path(folder) / "roles.yaml").is_file():
        raise Stop(BAD_INPUT, f'--book: "{folder[:200]}" is no rule book; it needs a roles.yaml, as in rules/.')
    try:
        return rules.read_book(Path(folder))
    except BookError as error:
        raise Stop(BAD_INPUT, f"--book: {error}") from error
    except (AttributeError, KeyError, TypeError, ValueError, OSError) as error:
        raise Stop(BAD_INPUT, f'--book: "{folder[:200]}" cannot be read: {error!r}.') from error


def main() -> None:
    """Run the command line."""
    gc.disable()  # a short process: collecting what loading leaves behind costs more than it frees
    cli(prog_name="advisor")
