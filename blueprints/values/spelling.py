"""Formats values inside a text for CloudFormation: `${ItemsTable.Arn}/*`."""

from blueprints.values import Att, Part, Ref, Value, parts


def spelled(value: Value) -> str:
    """Return a value as part of a text. Raises TypeError for a function, which cannot be part of a text."""
    return "".join(in_place(part) for part in parts(value))


def in_place(part: Part) -> str:
    """Return one part of a text as written in the template. Words stay words: a `${` of theirs is written `${!`."""
    if isinstance(part, str):
        return part.replace("${", "${!")
    if isinstance(part, Ref):
        return "${" + part.name + "}"
    if isinstance(part, Att):
        return "${" + f"{part.resource}.{part.attribute}" + "}"
    raise TypeError(f"no form inside a text: {part!r}")
