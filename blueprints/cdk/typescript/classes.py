"""Distinguishes class constructors from object literals among calls without positional arguments.

In Python both look alike: `iam.PolicyStatement(actions=…)` makes an object, `ec2.SubnetSelection(subnet_type=…)` is a
struct, which TypeScript writes as a literal. `classes.txt` lists the classes of aws-cdk-lib that take nothing but
options, one line for each module ("-" is the library itself); a test compares it with the library.
"""

from functools import cache
from importlib.resources import files

from blueprints.cdk.tree import Attr, Call, Expr, Module, Own


@cache
def listed() -> frozenset[tuple[str, str]]:
    """Return the listed classes as (module, name)."""
    lines = files("blueprints.cdk.typescript").joinpath("classes.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines]
    return frozenset(("" if module == "-" else module, name) for module, *names in rows for name in names)


def is_literal(call: Call) -> bool:
    """Return whether a call represents a struct: it has only options, and its name is not a class.

    What a module holds and takes nothing is a class; what a class holds is a struct, and may be empty.
    """
    func = call._func
    if call._args or not is_constructor(func) or not isinstance(func, Attr):
        return False
    if isinstance(func._of, Module):
        return bool(call._options) and (func._of._name, func._name) not in listed()
    return True


def is_constructor(func: Expr) -> bool:
    """Return whether a called name is a class or a struct, that is, starts with a capital letter."""
    return isinstance(func, Attr | Own) and func._name[:1].isupper()
