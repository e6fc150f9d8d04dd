"""`advisor upgrade`: converts a requirements file to the current schema version."""

from typing import TYPE_CHECKING

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, LANG, Stop, command, say, write

if TYPE_CHECKING:
    from advisor.text import Lang

_STATED = Text(
    "Added {answer}, which was the default in schema version 1.\n",
    "スキーマバージョン 1 のデフォルト値だった {answer} を追加しました。\n",
)


@command()
@click.argument("file")
@click.option("-o", "--output", "out", metavar="OUT", help="Output file; standard output if omitted.")
@LANG
def upgrade(file: str, out: str | None, lang: "Lang") -> None:
    """Convert FILE from schema version 1 to schema version 2 without changing its meaning.

    Schema 1 assumes that a request starts a component unless the file states otherwise. The command adds
    `trigger: request` in these places and lists them on standard error. Comments are removed. A file with schema 2, or
    without `schema` (the newest version), is validated and written unchanged.

    \b
    Examples:
      advisor upgrade batch.yaml -o batch.yaml
      advisor upgrade batch.yaml | advisor decide -
    """
    from advisor.files import FileError, read_input
    from advisor.requirements import RequirementsError
    from advisor.requirements.reading import read_plain, read_requirements, write_requirements
    from advisor.requirements.upgrading import CURRENT, added, form_of

    try:
        content = read_input(file)
        requirements, raw = read_requirements(content), read_plain(content)
    except FileError as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error
    except RequirementsError as error:
        raise Stop(BAD_INPUT, *(problem.in_(lang) for problem in error.problems)) from error
    written = content if form_of(raw) == CURRENT else write_requirements(requirements)
    if out is None:
        say(written)
    else:
        write(out, written, lang)
    for answer in added(raw):
        say(_STATED.in_(lang).format(answer=answer), err=True)
