"""What every command shares: errors as sentences, options, and output as bytes in UTF-8.

Exit codes: 0 done, 1 a check failed, 2 bad input, 3 nothing fits, 4 the target cannot express it, 5 a tool is missing.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from advisor.files import FileError, write_output
from advisor.text import Lang

CHECK_FAILED, BAD_INPUT, NOTHING_FITS, NOT_EXPRESSIBLE, TOOL_MISSING = 1, 2, 3, 4, 5
F = TypeVar("F", bound=Callable[..., Any])


class Stop(click.ClickException):
    """The command ends here: sentences for standard error, and the exit code."""

    def __init__(self, code: int, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.code = code


class Commands(click.Group):
    """Prints every error as sentences, with neither usage lines nor a traceback."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command and leave with its exit code."""
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except click.ClickException as error:
            code = error.code if isinstance(error, Stop) else error.exit_code
            say(f"{error.format_message()}\n", err=True)
        except (click.Abort, KeyboardInterrupt):
            code = 130
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except Exception as error:
            say(_internal_error(error), err=True)
            code = CHECK_FAILED
        sys.exit(code if isinstance(code, int) else 0)


def _internal_error(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "advisor"
    words = " ".join(str(error).split())[:200]
    return f"This is a fault of the program, not of your input; please report it: {type(error).__name__} at {place}: {words}\n"


def say(text: str | bytes, *, err: bool = False) -> None:
    """Print text as UTF-8, whatever the terminal's locale is."""
    click.echo(text.encode("utf-8", "replace") if isinstance(text, str) else text, nl=False, err=err)


def write(out: str, content: bytes, lang: Lang) -> None:
    """Write a file as a whole or not at all."""
    try:
        write_output(out, content)
    except FileError as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error


def _iso_date(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None and date.fromisoformat(value).isoformat() != value:
            raise ValueError(value)
    except ValueError:
        raise click.BadParameter(f'"{value[:40] if value else ""}" is no day; write one such as 2026-11-25.') from None
    return value


LANG = click.option("--lang", type=click.Choice(["en", "ja"]), default="en", help="Language of the sentences.")
OUT = click.option("-o", "--output", "out", metavar="OUT", required=True, help="File to write.")


AS_OF = click.option("--as-of", metavar="DATE", callback=_iso_date, help="Decide as of a day, such as 2026-11-25.")
BOOK = click.option(
    "--book", "folder", metavar="DIR", help="A rule book of your own, or a pack of rules and facts laid over ours."
)


def book_command(command: F) -> F:
    """Add what every command takes that reads the rule book: language, date and folder of the book."""
    for decorator in (BOOK, AS_OF, LANG):
        command = decorator(command)
    return command


def design_command(command: F) -> F:
    """Add what every command that decides takes: the requirements file, language, date and rule book."""
    return click.argument("file")(book_command(command))
