"""A number just beside an end that an answer leaves out: a run of "more than 15 min" is drawn for 15 min and 1 s."""

from typing import Any


class Beside(float):
    """A number that stands for all beyond an exclusive `end` in the same unit; texts name the end, as the answer does."""

    __slots__ = ("end",)
    end: float

    def __new__(cls, value: float, end: float) -> "Beside":
        """Return the number with the end beside which it is."""
        beside = super().__new__(cls, value)
        beside.end = end
        return beside

    def __reduce__(self) -> tuple[Any, ...]:
        return Beside, (float(self), self.end)

    def __deepcopy__(self, memo: Any) -> "Beside":
        return self

    @property
    def above(self) -> bool:
        """Whether it stands for greater numbers than the end."""
        return self > self.end
