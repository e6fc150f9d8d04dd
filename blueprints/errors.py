"""Errors for designs that a target cannot express, by node or edge, before anything is written."""

from advisor.text import Text


class Unsupported(Exception):
    """A node or edge that a target has no fragment for.

    `where` is the id of the node or edge in the architecture (`stack` for all of them together), `reason` a sentence in both languages. The command
    line turns it into exit 4; `blueprints.check` returns it instead of raising it.
    """

    def __init__(self, where: str, reason: Text) -> None:
        super().__init__(f"{where}: {reason.en}")
        self.where = where
        self.reason = reason

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unsupported) and (self.where, self.reason) == (other.where, other.reason)

    def __hash__(self) -> int:
        return hash((self.where, self.reason))
