"""The state of the rule book in the web UI: the open entry, the search, and their form in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import quote

from advisor.text import Lang

Kind = Literal["rule", "fact"]
FILTERS: dict[Kind, tuple[str, ...]] = {
    "rule": ("topic", "role", "service", "effect"),
    "fact": ("service", "kind", "decides"),
}
KEYS = ("book", "rule", "fact", "q", "topic", "role", "service", "effect", "kind", "decides")
MAX_CHARACTERS = 80


@dataclass(frozen=True)
class RulebookState:
    """The list of rules or facts, with one of them `opened`; `words` is the search, `filters` restrict the list."""

    kind: Kind = "rule"
    opened: str = ""
    words: str = ""
    filters: tuple[tuple[str, str], ...] = ()

    def filtered(self, name: str) -> str:
        """Return the value of a filter, or "" if it is not set."""
        return dict(self.filters).get(name, "")

    def with_filter(self, name: str, value: str) -> "RulebookState":
        """Return the state with a filter set, or removed by an empty value."""
        filters = {**dict(self.filters), name: value}
        return replace(self, filters=tuple((key, value) for key, value in filters.items() if value))

    def searched_as(self, before: "RulebookState") -> "RulebookState":
        """Return the state of an open entry with the search before, and its filters if it is of the same kind."""
        if not self.opened or self.words or self.filters:
            return self
        return replace(self, words=before.words, filters=before.filters if before.kind == self.kind else ())


def from_address(params: Mapping[str, str]) -> RulebookState | None:
    """Return the state of the rule book in an address, or None if it shows another view."""
    kind: Kind = "fact" if params.get("fact") or params.get("book") == "facts" else "rule"
    opened = params.get(kind) or ""
    if not opened and params.get("book") not in ("rules", "facts"):
        return None
    filters = tuple((name, _cut(params[name])) for name in FILTERS[kind] if params.get(name))
    return RulebookState(kind, _cut(opened), _cut(params.get("q", "")), filters)


def _cut(words: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in words[:MAX_CHARACTERS])


def to_address(state: RulebookState) -> dict[str, str]:
    """Return the address parameters of a state."""
    params: dict[str, str] = {state.kind: state.opened} if state.opened else {"book": f"{state.kind}s"}
    if state.words:
        params["q"] = state.words
    return {**params, **dict(state.filters)}


def href(kind: str, id: str, lang: Lang) -> str:
    """Return the address of a rule, a fact, or the rules of a role."""
    where = f"book=rules&role={quote(id)}" if kind == "role" else f"{kind}={quote(id)}"
    return f"?{where}&lang={lang}"
