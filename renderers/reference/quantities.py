"""How quantities are written in a requirements file: the units of each kind, and what may stand instead of one number."""

from collections.abc import Iterator

from advisor.text import Lang, Text
from advisor.vocabulary import FIELDS
from advisor.vocabulary.units import EXAMPLES, accepted
from renderers.reference.words import DIMENSIONS, WORDS


def quantities(lang: Lang) -> Iterator[str]:
    """Give the lines of the section."""
    yield WORDS["quantities_intro"].in_(lang)
    yield ""
    yield f"| {WORDS['quantity_of'].in_(lang)} | {WORDS['units'].in_(lang)} | {WORDS['example'].in_(lang)} |"
    yield "| --- | --- | --- |"
    gap, dimensions = WORDS["gap"].in_(lang), dict.fromkeys(_dimension(unit) for unit in _units())
    for dimension in dimensions:
        alike = [unit for unit in _units() if _dimension(unit) == dimension]
        listed = gap.join(f"`{name}`" for name in accepted(alike[0])) or WORDS["no_unit"].in_(lang)
        samples = gap.join(f"`{EXAMPLES[unit]}`" for unit in alike)
        yield f"| {dimension.in_(lang)} | {listed} | {samples} |"
    yield ""
    yield from bounds_ranges_and_bands(lang)


def bounds_ranges_and_bands(lang: Lang) -> Iterator[str]:
    """Give the lines on what may be written where a quantity is not one number.

    NOT YET WRITTEN: bounds, ranges, orders of magnitude with their bands, and remarks belong here, as soon as answers
    may hold them.
    """
    del lang
    yield from ()


def _dimension(unit: str) -> Text:
    return DIMENSIONS.get(unit, Text.same(unit))


def _units() -> list[str]:
    """Return the base units that questions have, in their order."""
    units = dict.fromkeys(field.unit for fields in FIELDS.values() for field in fields if field.kind == "quantity")
    return [unit for unit in EXAMPLES if unit in units]
