"""Text in generated TypeScript: string and template literals and comments, safe for any user input."""

from collections.abc import Iterable

from blueprints.cdk.layout import WIDTH, wrapped

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """Return a string literal, with the quotes that need fewer escapes (single ones when equal)."""
    quote = "'" if text.count("'") <= text.count('"') else '"'
    return quote + _escaped(text, {**_ESCAPES, quote: f"\\{quote}"}) + quote


def template(parts: Iterable[tuple[str, bool]]) -> str:
    """Return a template literal of (text, is an expression) parts; a plain literal when no part is an expression."""
    joined: list[tuple[str, bool]] = []
    for text, code in parts:
        # Texts side by side are escaped as one: a dollar may end the first, and a brace begin the second.
        if joined and not code and not joined[-1][1]:
            text = joined.pop()[0] + text
        joined.append((text, code))
    if not any(code for _, code in joined):
        return quoted("".join(text for text, _ in joined))
    return "`" + "".join(f"${{{text}}}" if code else _template_text(text) for text, code in joined) + "`"


def comment(text: str, indent: int) -> list[str]:
    """Return a text as comment lines."""
    return [f"// {line}" for line in wrapped(text, WIDTH - indent - 3)]


def documentation(text: str, indent: int) -> list[str]:
    """Return a text as the lines of a documentation comment, one line if it fits."""
    lines = wrapped(text.replace("*/", "* /"), WIDTH - indent - 7) or ["."]
    if len(lines) == 1:
        return [f"/** {lines[0]} */"]
    return ["/**", *(f" * {line}" for line in lines), " */"]


def _template_text(text: str) -> str:
    return _escaped(text, {**_ESCAPES, "`": "\\`"}).replace("${", "\\${")


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char) or (char if char.isprintable() else _code(char)) for char in text)


def _code(char: str) -> str:
    number = ord(char)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\u{{{number:x}}}"
