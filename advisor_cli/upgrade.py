"""`advisor upgrade`: a requirements file of an earlier form, written in the current one."""

from typing import TYPE_CHECKING

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, LANG, Stop, say, write

if TYPE_CHECKING:
    from advisor.text import Lang

_STATED = Text(
    "{answer} is stated now; form 1 assumed it.\n", "{answer} を明記しました（形式 1 では未回答時の仮定でした）。\n"
)


@click.command()
@click.argument("file")
@click.option("-o", "--output", "out", metavar="OUT", help="File to write; without it the new form is printed.")
@LANG
def upgrade(file: str, out: str | None, lang: "Lang") -> None:
    """Write FILE, a requirements file of schema 1, as schema 2 with the same meaning.

    Schema 1 assumed that a request starts a component where the file did not say it: `trigger: request` is then
    written out, and each place is named. Comments are not kept. A file of schema 2, or without `schema`, which means the
    newest, is checked and given out as it is.

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
