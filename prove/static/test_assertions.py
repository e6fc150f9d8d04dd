"""Tests that claim something: each looks at what the code under test did, and none is left out for good.

Read from the syntax of Python: a test claims something if, wherever it goes, it comes to an assertion about what is not
written in the test alone: what it was given, what a call returned, or what it handed over and somebody else filled.
`prove/drivers/test_assertions.mjs` asks the same of TypeScript.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from prove.static.linters import Said
from prove.static.reports import Row

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LEAVING_OUT = ("collect_ignore", "collect_ignore_glob", "pytest_collection_modifyitems", "__test__")
_NEVER = ("skip", "xfail")
_OF_PYTHON = (*sys.stdlib_module_names, "pytest")


def tests(paths: list[str]) -> Said:
    """Hold tests in Python to claims, and their files to leaving out none of them; each text is read once."""
    said: dict[str, list[Row]] = {}
    for path in paths:
        text = Path(path).read_text("utf-8")
        if text not in said:
            said[text] = list(_File(ast.parse(text)).rows())
        yield path, said[text]


class _File:
    """A file of tests: its functions, and what it takes from elsewhere."""

    def __init__(self, module: ast.Module) -> None:
        self._module = module
        self._functions = {one.name: one for one in module.body if isinstance(one, _FUNCTIONS)}
        self._elsewhere = {*self._functions, *_imported(module)}

    def rows(self) -> Iterator[Row]:
        """Give what claims nothing, and what does not run."""
        nodes = list(ast.walk(self._module))
        for one in nodes:
            if (left := _left_out(one)) is not None:
                yield _row("never-run", one, left)
        used = {one.id for one in nodes if isinstance(one, ast.Name)} | {a.arg for a in nodes if isinstance(a, ast.arg)}
        for name, function in self._functions.items():
            if not name.startswith("test_"):
                forgotten = name not in used and not function.decorator_list
                if forgotten and any(isinstance(one, ast.Assert) for one in ast.walk(function)):
                    yield _row("never-run", function, f"{name} asserts something, and nobody calls it")
            elif _stops(function.body):
                yield _row("never-run", function, f"{name} skips itself")
            elif not self._claims(function, {name}):
                yield _row("no-claim", function, f"{name} asserts nothing about what it tests")

    def _claims(self, function: _Function, seen: set[str]) -> bool:
        return self._within(function.body, _under_test(function, self._elsewhere), seen)

    def _within(self, body: Sequence[ast.stmt], known: set[str], seen: set[str]) -> bool:
        """Whether statements come to an assertion about something known; what stands behind an end is not reached."""
        for one in body:
            if isinstance(one, ast.Assert) and _tells(one.test, known):
                return True
            if isinstance(one, ast.With) and any(_raises(item.context_expr) for item in one.items):
                return any(_names(inner) & known for inner in one.body)
            if isinstance(one, ast.Expr | ast.Assign | ast.Return) and self._calls(one, seen):
                return True
            fixed = isinstance(one, ast.If | ast.While) and not _names(one.test)
            parts = () if fixed or isinstance(one, _FUNCTIONS) else ("body", "orelse", "finalbody")
            if any(self._within(inner, known, seen) for part in parts if (inner := getattr(one, part, []))):
                return True
            if isinstance(one, _ENDS):
                return False
        return False

    def _calls(self, one: ast.stmt, seen: set[str]) -> bool:
        """Whether a statement calls a function of the file that claims something, or an assertion of a double."""
        for call in (inner for inner in ast.walk(one) if isinstance(inner, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr.startswith("assert_"):
                return True
            name = ast.unparse(call.func)
            if name in self._functions and name not in seen and self._claims(self._functions[name], seen | {name}):
                return True
        return False


def _imported(module: ast.Module) -> Iterator[str]:
    """Give the names of what is imported, but for what Python and its test runner bring."""
    for one in module.body:
        if isinstance(one, ast.Import):
            yield from (part.asname or part.name for part in one.names if part.name.partition(".")[0] not in _OF_PYTHON)
        elif isinstance(one, ast.ImportFrom) and str(one.module).partition(".")[0] not in _OF_PYTHON:
            yield from (part.asname or part.name for part in one.names)


def _left_out(one: ast.AST) -> str | None:
    """Return why tests are left out for good at a place, None where they are not."""
    name = one.id if isinstance(one, ast.Name) else one.name if isinstance(one, _FUNCTIONS) else ""
    if name in _LEAVING_OUT:
        return f"{name} leaves tests out"
    if isinstance(one, ast.Attribute) and one.attr in _NEVER and ast.unparse(one.value).endswith("mark"):
        return f"a test is marked {one.attr}"
    if isinstance(one, ast.Call) and ast.unparse(one.func).endswith("mark.skipif") and not _names(one.args[0]):
        return "a test is skipped on a condition that does not change"
    return None


def _names(one: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(one) if isinstance(name, ast.Name)}


def _stops(body: Sequence[ast.stmt]) -> bool:
    """Whether a test skips itself, whatever it meets."""
    calls = [one.value.func for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    return any(ast.unparse(one) in ("pytest.skip", "pytest.xfail") for one in calls)


def _under_test(function: _Function, elsewhere: set[str]) -> set[str]:
    """Return the names that tell of what is tested, and not only of what the test wrote down itself.

    Those are what it was given, what it got from a known name, and what it handed over, in a call or to a function
    within it: somebody else fills that.
    """
    known = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)} | elsewhere
    within = [one for one in ast.walk(function) if one is not function]
    for one in within:
        if isinstance(one, (ast.Lambda, *_FUNCTIONS)):
            known |= _names(one)
    bound = [(set().union(*map(_names, targets)), _names(value)) for targets, value in map(_bound, within) if value]
    handed = [({*_names(one)}, _names(one)) for one in within if isinstance(one, ast.Call)]
    while more := {name for names, of in (*bound, *handed) if of & known for name in names} - known:
        known |= more
    return known


def _bound(one: ast.AST) -> tuple[list[ast.expr], ast.expr | None]:
    """Return what gets a value at a place, and from what."""
    if isinstance(one, ast.Assign):
        return one.targets, one.value
    if isinstance(one, ast.AnnAssign | ast.NamedExpr):
        return [one.target], one.value
    if isinstance(one, ast.withitem):
        return [one.optional_vars] if one.optional_vars else [], one.context_expr
    return ([one.target], one.iter) if isinstance(one, ast.For | ast.comprehension) else ([], None)


def _tells(test: ast.expr, known: set[str]) -> bool:
    """Whether an assertion can fail: it is about something known, and not the same on both sides."""
    if isinstance(test, ast.BoolOp):
        every = all if isinstance(test.op, ast.Or) else any
        return every(_tells(one, known) for one in test.values)
    if isinstance(test, ast.Compare) and any(ast.dump(test.left) == ast.dump(one) for one in test.comparators):
        return False
    return bool(_names(test) & known)


def _raises(one: ast.expr) -> bool:
    return isinstance(one, ast.Call) and ast.unparse(one.func) in ("pytest.raises", "pytest.warns")


def _row(rule: str, at: ast.AST, message: str) -> Row:
    return {"rule": rule, "place": str(getattr(at, "lineno", "")), "message": message}
