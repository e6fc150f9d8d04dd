"""Help pages in both languages: English stands at the commands, Japanese in `japanese_help.yaml`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

import click

from advisor.text import LANGS, Lang
from advisor_cli.usage_errors import unexpected_arguments, unknown_command

_WIDTH = 96
_NOT_FIRST = "、。）」』・ー？,.;:)"
_NOT_LAST = "（「『([{"
_UNITS = re.compile(r"[\x21-\x7e]+|.", re.S)


def help_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language of help pages and usage errors: that of `--lang`, else that of the locale."""
    for given, following in reversed([*zip(arguments, [*arguments[1:], ""], strict=True)]):
        value = following if given == "--lang" else given.removeprefix("--lang=") if "--lang=" in given else ""
        if value in LANGS:
            return value
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "ja" if locale.lower().startswith("ja") else "en"


class Translated(click.Command):
    """A command whose help page is in the language of the context."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        if _is_japanese(ctx):
            formatter.write(_japanese_page(self, ctx, formatter))
        else:
            super().format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the whole first sentence, which the list of commands wraps."""
        return " ".join((self.help or "").split("\n\n")[0].split())


class Command(Translated):
    """A command that names what it was given too much of, in the language of the context."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra["context_settings"] = {"allow_extra_args": True, **extra.get("context_settings", {})}
        super().__init__(*args, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return the arguments that are left: none."""
        left = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise unexpected_arguments(ctx)
        return left


class TranslatedGroup(Translated, click.Group):
    """A group of commands with help pages in both languages."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named first; an unknown one is an error in the language of the context."""
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise unknown_command(args[0], ctx, self.list_commands(ctx))
        return super().resolve_command(ctx, args)


TranslatedGroup.group_class = TranslatedGroup


@cache
def japanese_help() -> dict[str, Any]:
    """Return the Japanese help: `commands` by their path, `options` that several share, and `headings`."""
    import yaml

    return cast(dict[str, Any], yaml.safe_load((files(__package__) / "japanese_help.yaml").read_bytes()))


def japanese_texts(path: str) -> dict[str, Any]:
    """Return the Japanese help of a command, such as `rules check`; that of the group of all for ""."""
    return cast(dict[str, Any], japanese_help()["commands"][path or "advisor"])


def japanese_option(path: str, name: str) -> str:
    """Return the Japanese help of an option of a command."""
    own = japanese_texts(path).get("options", {})
    return str(own[name] if name in own else japanese_help()["options"][name])


def _is_japanese(ctx: click.Context) -> bool:
    return bool(ctx.obj == "ja")


def _japanese_page(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> str:
    path, headings = ctx.command_path.partition(" ")[2], japanese_help()["headings"]
    texts = japanese_texts(path)
    width = min(formatter.width, _WIDTH)
    pieces = [headings["pieces"].get(piece, piece) for piece in command.collect_usage_pieces(ctx)]
    blocks = [f"{headings['usage']}: {' '.join([ctx.command_path, *pieces])}"]
    for paragraph in texts["help"].split("\n"):
        blocks.append("\n".join(f"  {line}" for line in wrapped(paragraph, width - 2)))
    examples = "\n".join(f"    {line}" for line in _examples(command))
    blocks.append(f"  {headings['examples']}:\n{examples}")
    if texts.get("after"):
        blocks.append("\n".join(f"  {line}" for line in wrapped(texts["after"], width - 2)))
    rows = [(_names(option), _option_help(path, option, headings)) for option in _options(command, ctx)]
    blocks.append(f"{headings['options']}:\n{_listing(rows, width)}")
    if isinstance(command, click.Group):
        listed = [(name, f"{path} {name}".strip()) for name in command.list_commands(ctx)]
        summaries = [(name, japanese_texts(place)["help"].split("\n")[0]) for name, place in listed]
        blocks.append(f"{headings['commands']}:\n{_listing(summaries, width)}")
    return "\n\n".join(blocks) + "\n"


def _examples(command: click.Command) -> list[str]:
    lines = [line.strip() for line in (command.help or "").splitlines()]
    return [line for line in lines if line.startswith(("advisor ", "cut ", "eval "))]


def _options(command: click.Command, ctx: click.Context) -> list[click.Option]:
    return [param for param in command.get_params(ctx) if isinstance(param, click.Option) and not param.hidden]


def _names(option: click.Option) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return names
    choices = f"[{'|'.join(option.type.choices)}]" if isinstance(option.type, click.Choice) else ""
    return f"{names} {option.metavar or choices or option.type.name.upper()}"


def _option_help(path: str, option: click.Option, headings: Mapping[str, str]) -> str:
    notes = [headings["required"]] if option.required else []
    notes += [f"{headings['default']}: {option.default}"] if option.show_default else []
    return japanese_option(path, max(option.opts, key=len)) + "".join(f" [{note}]" for note in notes)


def _listing(rows: list[tuple[str, str]], width: int) -> str:
    """Return two columns; a name that is too long for its column has a line of its own."""
    column = min(max(len(name) for name, _ in rows), 26)
    lines = []
    for name, text in rows:
        first, *rest = wrapped(text, width - column - 4)
        head = f"  {name:{column}}  {first}" if len(name) <= column else f"  {name}\n{'':{column + 4}}{first}"
        lines += [head, *(f"{'':{column + 4}}{line}" for line in rest)]
    return "\n".join(lines)


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a Japanese text, at most so many half-width columns each.

    No line begins with a full stop or ends with an opening bracket.
    """
    lines, line, taken = [], "", 0
    for unit in _UNITS.findall(text):
        columns = _columns(unit)
        if taken + columns > width and unit not in _NOT_FIRST:
            kept = line.rstrip(_NOT_LAST)
            lines.append(kept.rstrip())
            line = line[len(kept) :]
            taken, unit = _columns(line), unit if line else unit.lstrip()
        line, taken = line + unit, taken + columns
    return [*lines, line.rstrip()]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)
