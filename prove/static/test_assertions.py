"""Checks of generated tests: each asserts something about the code under test, and none is always skipped.

Static analysis of Python: a test has an assertion if some path reaches one about a value that does not come from the
test alone: a fixture, the result of a call, or an object that the code under test changed.
`prove/drivers/test_assertions.mjs` does the same for TypeScript.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from prove.static.linters import RowsByPath
from prove.static.reports import Row

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_ENDS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_LEAVING_OUT = ("collect_ignore", "collect_ignore_glob", "pytest_collection_modifyitems", "__test__")
_NEVER = ("skip", "xfail")
_OF_PYTHON = (*sys.stdlib_module_names, "pytest")


def tests(paths: list[str]) -> RowsByPath:
    """Check that Python tests assert something and that none is always skipped; identical files are parsed once."""
    rows_by_text: dict[str, list[Row]] = {}
    for path in paths:
        text = Path(path).read_text("utf-8")
        if text not in rows_by_text:
            rows_by_text[text] = list(_File(ast.parse(text)).rows())
        yield path, rows_by_text[text]


class _File:
    """A file of tests: its functions, and its imports."""

    def __init__(self, module: ast.Module) -> None:
        self._module = module
        self._functions = {statement.name: statement for statement in module.body if isinstance(statement, _FUNCTIONS)}
        self._elsewhere = {*self._functions, *_imported(module)}

    def rows(self) -> Iterator[Row]:
        """Yield the tests without an assertion, and the tests that never run."""
        nodes = list(ast.walk(self._module))
        for node in nodes:
            if (left := _skip_reason(node)) is not None:
                yield _row("never-run", node, left)
        used = {node.id for node in nodes if isinstance(node, ast.Name)} | {
            a.arg for a in nodes if isinstance(a, ast.arg)
        }
        for name, function in self._functions.items():
            if not name.startswith("test_"):
                forgotten = name not in used and not function.decorator_list
                if forgotten and any(isinstance(node, ast.Assert) for node in ast.walk(function)):
                    yield _row("never-run", function, f"{name} asserts something, and nobody calls it")
            elif _skips_itself(function.body):
                yield _row("never-run", function, f"{name} skips itself")
            elif not self._asserts(function, {name}):
                yield _row("no-claim", function, f"{name} asserts nothing about what it tests")

    def _asserts(self, function: _Function, visited: set[str]) -> bool:
        return self._within(function.body, _under_test(function, self._elsewhere), visited)

    def _within(self, body: Sequence[ast.stmt], tested: set[str], visited: set[str]) -> bool:
        """Return whether statements reach an assertion about a value under test, before a `return` or `raise`."""
        for statement in body:
            if isinstance(statement, ast.Assert) and _can_fail(statement.test, tested):
                return True
            if isinstance(statement, ast.With) and any(_raises(item.context_expr) for item in statement.items):
                return any(_names(following) & tested for following in statement.body)
            if isinstance(statement, ast.Expr | ast.Assign | ast.Return) and self._calls(statement, visited):
                return True
            fixed = isinstance(statement, ast.If | ast.While) and not _names(statement.test)
            parts = () if fixed or isinstance(statement, _FUNCTIONS) else ("body", "orelse", "finalbody")
            if any(self._within(block, tested, visited) for part in parts if (block := getattr(statement, part, []))):
                return True
            if isinstance(statement, _ENDS):
                return False
        return False

    def _calls(self, statement: ast.stmt, visited: set[str]) -> bool:
        """Return whether a statement calls a function of the file that asserts something, or an assertion of a mock."""
        for call in (node for node in ast.walk(statement) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr.startswith("assert_"):
                return True
            name = ast.unparse(call.func)
            if (
                name in self._functions
                and name not in visited
                and self._asserts(self._functions[name], visited | {name})
            ):
                return True
        return False


def _imported(module: ast.Module) -> Iterator[str]:
    """Yield the imported names, without those of the standard library and pytest."""
    for statement in module.body:
        if isinstance(statement, ast.Import):
            yield from (
                part.asname or part.name for part in statement.names if part.name.partition(".")[0] not in _OF_PYTHON
            )
        elif isinstance(statement, ast.ImportFrom) and str(statement.module).partition(".")[0] not in _OF_PYTHON:
            yield from (part.asname or part.name for part in statement.names)


def _skip_reason(node: ast.AST) -> str | None:
    """Return why a node always skips tests, or None if it does not."""
    name = node.id if isinstance(node, ast.Name) else node.name if isinstance(node, _FUNCTIONS) else ""
    if name in _LEAVING_OUT:
        return f"{name} leaves tests out"
    if isinstance(node, ast.Attribute) and node.attr in _NEVER and ast.unparse(node.value).endswith("mark"):
        return f"a test is marked {node.attr}"
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.skipif") and not _names(node.args[0]):
        return "a test is skipped on a condition that does not change"
    return None


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _skips_itself(body: Sequence[ast.stmt]) -> bool:
    """Return whether a test skips itself unconditionally."""
    calls = [
        statement.value.func
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    ]
    return any(ast.unparse(call) in ("pytest.skip", "pytest.xfail") for call in calls)


def _under_test(function: _Function, elsewhere: set[str]) -> set[str]:
    """Return the names whose values come from the code under test, and not from the test alone.

    Those are arguments, values computed from such names, and objects that are passed to a call or captured by an inner
    function, which may change them.
    """
    tested = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)} | elsewhere
    nodes = [node for node in ast.walk(function) if node is not function]
    for node in nodes:
        if isinstance(node, (ast.Lambda, *_FUNCTIONS)):
            tested |= _names(node)
    bound = [(set().union(*map(_names, targets)), _names(value)) for targets, value in map(_bound, nodes) if value]
    handed = [({*_names(node)}, _names(node)) for node in nodes if isinstance(node, ast.Call)]
    while more := {name for names, of in (*bound, *handed) if of & tested for name in names} - tested:
        tested |= more
    return tested


def _bound(node: ast.AST) -> tuple[list[ast.expr], ast.expr | None]:
    """Return the targets that a node binds, and the value."""
    if isinstance(node, ast.Assign):
        return node.targets, node.value
    if isinstance(node, ast.AnnAssign | ast.NamedExpr):
        return [node.target], node.value
    if isinstance(node, ast.withitem):
        return [node.optional_vars] if node.optional_vars else [], node.context_expr
    return ([node.target], node.iter) if isinstance(node, ast.For | ast.comprehension) else ([], None)


def _can_fail(test: ast.expr, tested: set[str]) -> bool:
    """Return whether an assertion can fail: it refers to a value under test, and its two sides differ."""
    if isinstance(test, ast.BoolOp):
        every = all if isinstance(test.op, ast.Or) else any
        return every(_can_fail(value, tested) for value in test.values)
    if isinstance(test, ast.Compare) and any(ast.dump(test.left) == ast.dump(side) for side in test.comparators):
        return False
    return bool(_names(test) & tested)


def _raises(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Call) and ast.unparse(expression.func) in ("pytest.raises", "pytest.warns")


def _row(rule: str, at: ast.AST, message: str) -> Row:
    return {"rule": rule, "place": str(getattr(at, "lineno", "")), "message": message}
