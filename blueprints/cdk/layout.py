"""Line width of generated code, and wrapping of text."""

import unicodedata

#: What generated projects are formatted to.
WIDTH = 120


def width(text: str) -> int:
    """Return how many columns a line takes; East Asian wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, room: int) -> list[str]:
    """Return a text in lines of at most `room` columns, without nonprintable characters."""
    lines: list[str] = []
    line = ""
    for word in _breakable(text):
        if line and width((line + word).rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()] if line.strip() else lines


def _breakable(text: str) -> list[str]:
    """Split a text at possible line breaks: after spaces, and between wide characters. Unprintable characters become spaces."""
    units: list[str] = []
    for word in "".join(char if char.isprintable() else " " for char in text).split():
        start = len(units)
        for char in word:
            wide = unicodedata.east_asian_width(char) in "WF" and char not in "。、）」ー・"
            if wide or len(units) == start:
                units.append(char)
            else:
                units[-1] += char
        units[-1] += " "
    return units
