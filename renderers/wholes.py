"""What stays on one line of a wrapped text: quoted names, short brackets, and references at the end."""

import re

#: Names in quotation marks, short brackets, the numbers of sheets, and how many others there are.
_WHOLE = re.compile(r'「[^「」]{1,16}」|（[^（）]{1,14}）|ほか \d+ 件|"[^"]{1,28}"|and \d+ more|sheet \d+(?:, \d+)*')
_REFERENCE = re.compile(r"(?:（シート [\d, ]+）|ほか \d+ 件|and \d+ more|(?<=, )sheet [\d, ]+)$")


def wholes(text: str) -> tuple[set[int], set[int]]:
    """Return the places before which a line may break although no space is there, and those before which it must not."""
    spans = [match.span() for match in _WHOLE.finditer(text)]
    starts = {start for start, _ in spans if text[start] in "（「ほ"}
    return starts, {at for start, end in spans for at in range(start + 1, end)}


def reference(text: str) -> tuple[str, str]:
    """Return a text in two parts: what it says, and the reference at its end, which is empty where there is none."""
    found = _REFERENCE.search(text)
    return (text[: found.start()].rstrip(), found.group()) if found else (text, "")
