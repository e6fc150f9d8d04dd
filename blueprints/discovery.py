"""Discovery of modules that register themselves, by scanning their package."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules, walk_packages
from types import ModuleType


def modules_of(package: str) -> Iterator[ModuleType]:
    """Import and return the modules of a package, in the order of their names."""
    for module in sorted(iter_modules(import_module(package).__path__), key=lambda info: info.name):
        yield import_module(f"{package}.{module.name}")


def modules_below(package: str) -> Iterator[ModuleType]:
    """Import and yield the modules of a package and its subpackages in the order of their names."""
    paths = import_module(package).__path__
    for module in sorted(walk_packages(paths, f"{package}."), key=lambda one: one.name):
        yield import_module(module.name)
