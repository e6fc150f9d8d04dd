"""Half of cfn-lint's time in tests, saved: what it works out anew for each value of a template is worked out once.

What it finds does not depend on it: a validator's class is the same wherever its keywords and its filter are.
"""

from collections.abc import Callable, Mapping
from dataclasses import astuple, fields
from functools import cache
from typing import Any

from cfnlint.context import context
from cfnlint.jsonschema import validators
from cfnlint.jsonschema._filter import FunctionFilter

Functions = Mapping[str, Callable[..., Any]] | None


def keep_what_stays() -> None:
    """Let cfn-lint keep the classes of its validators, and the fields of its data classes."""
    validators.create = _once_for_each(validators.create)
    validators.fields = context.fields = cache(fields)


def _once_for_each(create: Callable[..., type]) -> Callable[..., type]:
    """Return the maker of validators' classes, which makes one for equal arguments."""
    made: dict[object, type] = {}

    def kept(
        validators: Functions = None, function_filter: FunctionFilter | None = None, fn_resolvers: Functions = None
    ) -> type:
        filtered = None if function_filter is None else str(astuple(function_filter))
        key = (_identity(validators), filtered, _identity(fn_resolvers))
        if key not in made:  # the class holds its functions: their ids are not given to others
            made[key] = create(validators, function_filter, fn_resolvers)
        return made[key]

    return kept


def _identity(functions: Functions) -> frozenset[tuple[str, int, int]]:
    """Return which functions these are, by name; a method is the same one of the same object."""
    return frozenset(
        (name, id(getattr(one, "__func__", one)), id(getattr(one, "__self__", None)))
        for name, one in (functions or {}).items()
    )
