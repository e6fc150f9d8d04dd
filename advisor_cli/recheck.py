"""`advisor recheck`: evaluates saved decisions with the current rule book."""

from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, CHECK_FAILED, Stop, book_command, command, say
from advisor_cli.opening import open_dated
from advisor_cli.usage_errors import OneOf

if TYPE_CHECKING:
    from advisor.book import Book, DatedBook
    from advisor.report.recheck import Change
    from advisor.report.saved_decisions import Saved
    from advisor.text import Lang

_AT = Text(
    "saved as of {then} with version {book} of the decision rules, evaluated again as of {now} with version {newer}",
    "{then}時点、判定ルールの版 {book} で保存。{now}時点、版 {newer} で再評価",
)
_SAME = Text("no change", "変更なし")
_CHANGED = Text("{count} changed", "{count} 件変更")


@command()
@click.argument("files", nargs=-1, required=True)
@book_command
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="Output format; text if omitted.")
def recheck(files: tuple[str, ...], lang: "Lang", as_of: str | None, folder: str | None, form: str) -> None:
    """Re-evaluate saved decisions (JSON from `advisor decide`) and print each change with its cause.

    Exit code: 0 if every decision is unchanged, 1 if a decision changed, 2 if a file cannot be evaluated.

    \b
    Examples:
      advisor decide batch.yaml > decisions/batch.json
      advisor recheck decisions/*.json
      advisor recheck decisions/batch.json --book our-pack --format json
    """
    from advisor.report.decision_report import dumps

    dated = open_dated(folder, as_of, lang)
    rechecked: list[dict[str, Any]] = []
    problems: list[str] = []
    for file in files:
        try:
            saved, changes = _replayed(file, dated)
        except _Unusable as error:
            problems += [f"{file[:200]}: {problem.in_(lang)}" for problem in error.problems]
            continue
        rechecked.append(_data(file, saved, changes, dated.book, lang))
        if form == "text":
            say(_text(file, saved, changes, dated, lang))
    if form == "json":
        say(dumps({"schema": 1, "as_of": dated.as_of, "book": dated.book.version, "files": rechecked}))
    if problems:
        raise Stop(BAD_INPUT, *problems)
    if any(file_data["changes"] for file_data in rechecked):
        click.get_current_context().exit(CHECK_FAILED)


class _Unusable(Exception):
    def __init__(self, *problems: Text) -> None:
        super().__init__()
        self.problems = problems


def _replayed(file: str, dated: "DatedBook") -> tuple["Saved", tuple["Change", ...]]:
    from advisor.files import FileError, read_input
    from advisor.report.recheck import recheck as replay
    from advisor.report.saved_decisions import SavedError, read_saved
    from advisor.requirements import RequirementsError

    try:
        saved = read_saved(read_input(file))
        return saved, replay(saved, dated)
    except FileError as error:
        raise _Unusable(error.text) from error
    except (SavedError, RequirementsError) as error:
        raise _Unusable(*error.problems) from error


def _data(file: str, saved: "Saved", changes: tuple["Change", ...], book: "Book", lang: "Lang") -> dict[str, Any]:
    from advisor.report.recheck_text import change_data

    listed = [change_data(change, book, lang) for change in changes]
    return {"file": file, "as_of": saved.as_of, "book": saved.book, "changes": listed}


def _text(file: str, saved: "Saved", changes: tuple["Change", ...], dated: "DatedBook", lang: "Lang") -> str:
    from advisor.report.recheck_text import change_lines
    from advisor.vocabulary.formats import date

    then, now = (date(day).in_(lang) for day in (saved.as_of, dated.as_of))
    at = _AT.in_(lang).format(then=then, book=saved.book, now=now, newer=dated.book.version)
    count = _CHANGED.in_(lang).format(count=len(changes)) if changes else _SAME.in_(lang)
    lines = [f"{file}: {count} ({at})"]
    lines += [line for change in changes for line in change_lines(change, dated.book, lang)]
    return "\n".join(lines) + "\n"
