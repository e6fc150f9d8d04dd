"""`advisor document`: the design document of a requirements file, for review and approval."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor_cli.console import BAD_INPUT, OUT, TOOL_MISSING, Stop, command, design_command, write
from advisor_cli.opening import open_without_conflicts

if TYPE_CHECKING:
    from advisor.text import Lang


@command()
@design_command
@OUT
@click.option("--without", metavar="SECTION", multiple=True, help="Section to leave out; can be given several times.")
def document(
    file: str, lang: "Lang", as_of: str | None, folder: str | None, out: str, without: tuple[str, ...]
) -> None:
    """Write the design document of FILE's architecture; the format follows from OUT's suffix (.md, .html, .pdf, .docx).

    It holds a cover with approvals, a summary, requirements, premises, the architecture, the comparison of options, quotas,
    permissions, failure modes, operations, migration, risks, open points, a glossary and the sources. What is not known is
    stated as open. PDF and Word need the extra "document".

    \b
    Sections for --without: cover, summary, scope, functional-requirements, non-functional-requirements, premises,
      architecture, options, quotas, permissions, failures, operations, migration, risks, open-points, glossary, sources

    \b
    Examples:
      advisor document batch.yaml -o design.docx
      advisor document batch.yaml -o design.pdf --lang ja
      advisor document batch.yaml -o design.md --without permissions --without glossary
    """
    import advisor_document

    try:
        form = advisor_document.format_of(Path(out).suffix)
        design = open_without_conflicts(file, lang, as_of, folder)
        write(out, form.write(advisor_document.document(design, lang, without)), lang)
    except advisor_document.UnknownFormat as error:
        raise Stop(BAD_INPUT, f"--output: {error.text.in_(lang)}") from error
    except advisor_document.UnknownSection as error:
        raise Stop(BAD_INPUT, f"--without: {error.text.in_(lang)}") from error
    except advisor_document.LibraryMissing as error:
        raise Stop(TOOL_MISSING, error.text.in_(lang)) from error
