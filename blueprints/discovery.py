"""Modules that register what they have, found by the package that they stand in."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def modules_of(package: str) -> Iterator[ModuleType]:
    """Import the modules of a package, in the order of their names, and give them."""
    for module in sorted(iter_modules(import_module(package).__path__), key=lambda info: info.name):
        yield import_module(f"{package}.{module.name}")
