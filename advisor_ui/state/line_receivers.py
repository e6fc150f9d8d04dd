"""The number of receivers of each message in a sentence of pasted requirements: as a number, or as a list of names."""

import re

from advisor_ui.state.line_meanings import Meaning, clause_at, compiled, meanings_file, named
from advisor_ui.state.line_names import has_negation

_LIST = re.compile(r"\s*(?:,\s*and\b|,|\band\b)\s*")
_NUMBERS = dict(
    zip(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(2, 11), strict=True)
)


def receivers(words: str) -> tuple[list[Meaning], str]:
    """Return the number of receivers of each message: as a number, or as a list of names."""
    file = meanings_file()["fan_out"]
    number = file["number"].replace("{number}", rf"\b(?:\d+|{'|'.join(_NUMBERS)})")
    listed = compiled((file["list"],))[0].search(words)
    counted = compiled((file["number_ja"],))[0].search(words)
    if listed and not has_negation(clause_at(words, *listed.span())):
        counted = compiled((number,))[0].search(listed["list"])
        names = [name for name in _LIST.split(listed["list"].rstrip(". ")) if name]
        if counted is None and (len(names) < 3 or any(len(name.split()) > 3 for name in names)):
            return [], words
        count = _NUMBERS.get(counted["n"].casefold(), counted["n"]) if counted else len(names)
    elif counted and not has_negation(words):
        count = counted["n"]
    else:
        return [], words
    return [Meaning(named("fan_out"), str(count))], words if counted is None else words.replace(counted[0], " ")
