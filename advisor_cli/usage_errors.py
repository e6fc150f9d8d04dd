"""Usage errors in both languages: what is wrong, where, what is allowed, and an example of a correct call."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import click

from advisor.text import Text, in_a_row
from advisor.vocabulary.formats import either

_MISSING = {
    "option": Text("Missing option {0}.", "オプション {0} を指定してください。"),
    "argument": Text("Missing argument {0}.", "引数 {0} を指定してください。"),
}
_UNKNOWN = {
    "option": Text('Unknown option "{0}".', "オプション「{0}」はありません。"),
    "command": Text('Unknown command "{0}".', "コマンド「{0}」はありません。"),
}
_SUGGESTED = Text("Did you mean {0}?", "{0}の誤りではありませんか。")
_ALLOWED = Text("Allowed: {0}.", "使える値: {0}。")
_EXAMPLE = Text("Example: {0}", "例: {0}")
_ONE_OF = Text('{0}: "{1}" must be one of: {2}.', "{0}: 「{1}」は使えません。使える値: {2}。")
_RANGE = Text(
    '{0}: "{1}" must be a whole number from {2} to {3}.',
    "{0}: 「{1}」は使えません。{2}～{3} の範囲の整数で指定してください。",
)
_DAY = Text(
    '{0}: "{1}" is not a valid date; use YYYY-MM-DD, such as 2026-11-25.',
    "{0}: 「{1}」は正しい日付ではありません。2026-11-25 のような YYYY-MM-DD の形式で指定してください。",
)
_NEEDS_VALUE = Text("Option {0} requires a value.", "オプション {0} には値が必要です。")
_NO_VALUE = Text("Option {0} does not take a value.", "オプション {0} に値は指定できません。")
_UNEXPECTED = Text("Unexpected argument: {0}.", "余分な引数があります: {0}。")
_MOST_SHOWN = 60


class UsageProblem(click.UsageError):
    """A usage error whose sentence is known in both languages."""

    def __init__(self, text: Text, ctx: click.Context | None = None) -> None:
        super().__init__(text.en, ctx)
        self.text = text


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word, or fail with the words that are allowed."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise not_one_of(_name(param), str(value), self.choices, ctx) from None


class WholeNumber(click.IntRange):
    """A whole number with a lower and an upper limit."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or fail with the range that is allowed."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            given = (_name(param), _short(str(value)), f"{self.min:,}", f"{self.max:,}")
            raise UsageProblem(filled(_RANGE, *given), ctx) from None


def not_one_of(name: str, value: str, allowed: Iterable[str], ctx: click.Context | None = None) -> UsageProblem:
    """Return the error of a value that is none of those allowed."""
    return UsageProblem(filled(_ONE_OF, name, _short(value), in_a_row(allowed)), ctx)


def not_a_date(name: str, value: str, ctx: click.Context | None = None) -> UsageProblem:
    """Return the error of a value that is not a day of the calendar."""
    return UsageProblem(filled(_DAY, name, _short(value)), ctx)


def unknown_command(name: str, ctx: click.Context, commands: Iterable[str]) -> UsageProblem:
    """Return the error of a command that does not exist, with the nearest or all that do."""
    return UsageProblem(sentences(filled(_UNKNOWN["command"], _short(name)), nearest(name, [*commands])), ctx)


def unexpected_arguments(ctx: click.Context) -> UsageProblem:
    """Return the error of more arguments than a command takes, with an example."""
    given = " ".join(map(_short, ctx.args))
    return UsageProblem(sentences(filled(_UNEXPECTED, given), _example(ctx)), ctx)


def usage_text(error: click.ClickException) -> Text:
    """Return the sentences of an error of click in both languages."""
    if isinstance(error, UsageProblem):
        return error.text
    if isinstance(error, click.MissingParameter) and error.param is not None:
        kind = error.param.param_type_name
        missing = filled(_MISSING.get(kind, _MISSING["argument"]), _name(error.param))
        return sentences(missing, _example(error.ctx, error.param))
    if isinstance(error, click.NoSuchOption):
        options = [name for param in _params(error.ctx) for name in param.opts if name.startswith("--")]
        unknown = filled(_UNKNOWN["option"], _short(error.option_name))
        return sentences(unknown, nearest(error.option_name, [*options, "--help"]))
    if isinstance(error, click.BadOptionUsage):
        return filled(_NO_VALUE if "not take" in error.message else _NEEDS_VALUE, error.option_name)
    return Text.same(error.format_message())


def _params(ctx: click.Context | None) -> list[click.Parameter]:
    return ctx.command.params if ctx is not None else []


def _name(param: click.Parameter | None) -> str:
    """Return how a parameter is written on the command line: `-o/--output`, or FILE."""
    if param is None:
        return "-"
    return "/".join(param.opts) if isinstance(param, click.Option) else param.human_readable_name


def _short(value: str) -> str:
    return value[:_MOST_SHOWN]


def filled(text: Text, *values: str | Text) -> Text:
    """Return a text with its numbered places filled in both languages."""
    texts = [value if isinstance(value, Text) else Text.same(value) for value in values]
    return Text(text.en.format(*(one.en for one in texts)), text.ja.format(*(one.ja for one in texts)))


def sentences(*texts: Text) -> Text:
    """Return the sentences one after the other."""
    return Text(" ".join(text.en for text in texts if text.en), "".join(text.ja for text in texts if text.ja))


def nearest(name: str, allowed: list[str]) -> Text:
    """Return the allowed names that a wrong one holds between its hyphens and the closest one, or all that are allowed."""
    held = [one for one in allowed if f"-{one}-" in f"-{name}-"]
    near = [*dict.fromkeys([*held, *get_close_matches(name, allowed, 1)])]
    if not near:
        return filled(_ALLOWED, in_a_row(allowed))
    en, ja = either([Text.same(one) for one in near]).en, "".join(f"「{one}」" for one in near)
    return Text(_SUGGESTED.en.format(en), _SUGGESTED.ja.format(ja))


def _example(ctx: click.Context | None, param: click.Parameter | None = None) -> Text:
    """Return an example from the help of the command, if possible one that has the parameter."""
    lines = [line.strip() for line in ((ctx.command.help if ctx else "") or "").splitlines()]
    examples = [line for line in lines if line.startswith("advisor ")]
    names = [f" {name} " for name in param.opts] if isinstance(param, click.Option) else []
    having = [example for example in examples if any(name in example for name in names)]
    return filled(_EXAMPLE, (having or examples)[0]) if examples else Text("", "")
