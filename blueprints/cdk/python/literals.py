"""Text in generated Python: string literals, f-strings, comments and documentation, safe for any user's words."""

from collections.abc import Iterable

from blueprints.cdk.layout import WIDTH, width, wrapped


def quoted(text: str) -> str:
    """Return a string literal, with the quotes that need fewer escapes (double ones when equal)."""
    quote = _quote(text)
    return f"{quote}{_escaped(text, quote)}{quote}"


def formatted(parts: Iterable[tuple[str, bool]]) -> str:
    """Return an f-string of (text, is an expression) parts; a plain literal when no part is an expression."""
    listed = list(parts)
    if not any(code for _, code in listed):
        return quoted("".join(text for text, _ in listed))
    quote = _quote("".join(text for text, code in listed if not code))
    body = "".join(f"{{{text}}}" if code else _braced(text, quote) for text, code in listed)
    return f"f{quote}{body}{quote}"


def pieces(parts: Iterable[tuple[str, bool]], room: int) -> list[str]:
    """Return literals that Python joins to one text, each at most `room` columns where a space allows the cut."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for token in _tokens(parts):
        if lines[-1] and width(formatted([*lines[-1], token])) > room:
            lines.append([])
        lines[-1].append(token)
    return [formatted(line) for line in lines]


def comment(text: str, indent: int) -> list[str]:
    """Return a text as comment lines."""
    return [f"# {line}" for line in wrapped(text, WIDTH - indent - 2)]


def docstring(text: str, indent: int) -> list[str]:
    """Return a text as the lines of a documentation string: one line where it fits."""
    safe = text.replace("\\", "\\\\").replace('"', "'")
    lines = wrapped(safe, WIDTH - indent - 6) or ["."]
    if len(lines) == 1:
        return [f'"""{lines[0]}"""']
    return [f'"""{lines[0]}', *lines[1:], '"""']


def _quote(text: str) -> str:
    return '"' if text.count('"') <= text.count("'") else "'"


def _escaped(text: str, quote: str) -> str:
    if text.isascii() and text.isprintable() and quote not in text and "\\" not in text:
        return text
    return "".join(f"\\{c}" if c in (quote, "\\") else c if c in "'\"" else repr(c)[1:-1] for c in text)


def _braced(text: str, quote: str) -> str:
    return _escaped(text, quote).replace("{", "{{").replace("}", "}}")


def _tokens(parts: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    tokens: list[tuple[str, bool]] = []
    for text, code in parts:
        words = [text] if code else [f"{word} " for word in text.split(" ")]
        if not code:
            words[-1] = words[-1][:-1]
        tokens += [(word, code) for word in words if word]
    return tokens
