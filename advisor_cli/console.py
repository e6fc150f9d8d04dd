"""What every command shares: errors, options, and output as bytes in UTF-8.

Exit codes: 0 success, 1 a check failed, 2 invalid input, 3 no service meets the requirements, 4 not expressible in the
target, 5 a tool is missing.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from advisor.files import FileError, write_output
from advisor.text import LANGS, Lang, Text
from advisor_cli.help import Command, TranslatedGroup, help_language
from advisor_cli.usage_errors import OneOf, not_a_date, usage_text

CHECK_FAILED, BAD_INPUT, NOTHING_FITS, NOT_EXPRESSIBLE, TOOL_MISSING = 1, 2, 3, 4, 5
_GENERAL = "advisor.lang"
F = TypeVar("F", bound=Callable[..., Any])


class Stop(click.ClickException):
    """Ends a command with sentences for standard error and an exit code."""

    def __init__(self, code: int, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.code = code


class Commands(TranslatedGroup):
    """Prints every error as sentences, with neither usage lines nor a traceback."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run a command and leave with its exit code."""
        given = extra.get("args", args[0] if args else None)
        lang = help_language(sys.argv[1:] if given is None else list(given), os.environ)
        extra |= {"standalone_mode": False, "obj": lang}
        try:
            code = super().main(*args, **extra)
        except click.ClickException as error:
            code = error.code if isinstance(error, Stop) else error.exit_code
            say(f"{usage_text(error).in_(lang)}\n", err=True)
        except (click.Abort, KeyboardInterrupt):
            code = 130
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except Exception as error:
            say(_internal_error(error).in_(lang), err=True)
            code = CHECK_FAILED
        sys.exit(code if isinstance(code, int) else 0)


def _internal_error(error: Exception) -> Text:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "advisor"
    words = " ".join(str(error).split())[:200]
    cause = f"{type(error).__name__}, {place}: {words}\n"
    return Text(
        f"Internal error. Your input is not the cause. Report this message: {cause}",
        (f"内部エラーが発生しました。入力が原因ではありません。次のメッセージを報告してください: {cause}"),
    )


def say(text: str | bytes, *, err: bool = False) -> None:
    """Print text as UTF-8, whatever the terminal's locale is."""
    click.echo(text.encode("utf-8", "replace") if isinstance(text, str) else text, nl=False, err=err)


def write(out: str, content: bytes, lang: Lang) -> None:
    """Write a file as a whole or not at all."""
    try:
        write_output(out, content)
    except FileError as error:
        raise Stop(BAD_INPUT, error.text.in_(lang)) from error


def _iso_date(context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        if value is not None and date.fromisoformat(value).isoformat() != value:
            raise ValueError(value)
    except ValueError:
        raise not_a_date("--as-of", value or "", context) from None
    return value


def _general_lang() -> str:
    """Return the language given before the name of the command: `advisor --lang ja decide ...`."""
    return str(click.get_current_context().meta.get(_GENERAL) or "en")


def _keep_lang(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    context.meta[_GENERAL] = value


command = partial(click.command, cls=Command)
GENERAL_LANG = click.option(
    "--lang",
    type=OneOf(LANGS),
    callback=_keep_lang,
    expose_value=False,
    help="Language of output, help and usage errors. If omitted: output in English; help and usage errors in the language of the locale (LC_ALL, LC_MESSAGES, LANG).",
)
LANG = click.option(
    "--lang",
    type=OneOf(LANGS),
    default=_general_lang,
    show_default=False,
    help="Language of the output; English if omitted.",
)
OUT = click.option("-o", "--output", "out", metavar="OUT", required=True, help="Output file.")


AS_OF = click.option(
    "--as-of",
    metavar="DATE",
    callback=_iso_date,
    help="Apply the rules and facts in effect on this date (YYYY-MM-DD); today if omitted.",
)
BOOK = click.option(
    "--book",
    "folder",
    metavar="DIR",
    help="Folder with a rule pack that extends the built-in decision rules, or with a complete set that replaces them.",
)


def book_command(command: F) -> F:
    """Add the options of every command that reads the rule book: language, date and folder of the book."""
    for decorator in (BOOK, AS_OF, LANG):
        command = decorator(command)
    return command


def design_command(command: F) -> F:
    """Add the parameters of every command that decides: requirements file, language, date and rule book."""
    return click.argument("file")(book_command(command))
