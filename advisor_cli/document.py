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
    """Write the design document for the requirements in FILE; the suffix of OUT sets the format (.md, .html, .pdf, .docx).

    Unknown values are marked as open. PDF and Word output require the Python extra "document"
    (pip install 'aws-architecture-advisor[document]').

    \b
    Sections, with their names for --without in brackets:
      cover with an approval table (cover), summary (summary),
      purpose and scope (scope), functional requirements (functional-requirements),
      non-functional requirements (non-functional-requirements),
      assumptions and constraints (premises), architecture (architecture),
      comparison of options (options), quotas and headroom (quotas),
      IAM permissions (permissions), failure modes and handling (failures),
      monitoring and operations (operations), migration and rollback (migration),
      risks (risks), open points (open-points), glossary (glossary),
      sources (sources)

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
