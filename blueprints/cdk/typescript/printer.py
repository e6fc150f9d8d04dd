"""Print a tree as TypeScript: one class whose constructor makes everything, section by section.

A value that is used becomes a constant, an unused one a statement. Structs become object literals, the
options of a call its last argument.
"""

from collections.abc import Iterable, Mapping, Sequence

from advisor.text import Lang
from blueprints.cdk.components import Component
from blueprints.cdk.layout import WIDTH, width
from blueprints.cdk.tree import (
    Attr,
    Call,
    Expr,
    Item,
    Let,
    Module,
    Own,
    ProjectPath,
    ProjectText,
    Ref,
    Stack,
    Statement,
    This,
    Value,
    Words,
    walk,
)
from blueprints.cdk.typescript.classes import is_constructor, is_literal
from blueprints.cdk.typescript.literals import comment, documentation, quoted, template
from blueprints.cdk.typescript.names import (
    PERHAPS_MISSING,
    member,
    module,
    option,
    own_module,
    own_name,
    property_name,
    variables,
)
from blueprints.cdk.value_types import TEXTS, Type

_STEP = 2
_ROOT = "PROJECT"
_DEFAULT_CHILD, _FIND_CHILD = "default_child", "try_find_child"
Items = list[tuple[str, Value]]


def print_stack(stack: Stack, lang: Lang) -> str:
    """Return the source of the module that holds a stack. Raises ValueError if a name is used before it is given."""
    statements = [statement for section in stack.sections for statement in section.statements]
    expressions = [expr for statement in statements for expr in statement.expressions]
    variable_of = _variable_of(stack, expressions)
    lines = [*_imports(expressions, 1), "", *documentation(stack.title.in_(lang), 0)]
    lines += [f"export class {stack.name} extends cdk.Stack {{"]
    lines += ["  constructor(scope: Construct, id: string, props?: cdk.StackProps) {", "    super(scope, id, props);"]
    for section in stack.sections:
        lines += ["", *_indented(comment(section.title.in_(lang), 2 * _STEP), 2)]
        for statement in section.statements:
            lines += _indented(_statement(statement, variable_of, lang), 2)
    return "\n".join([*lines, "  }", "}"]) + "\n"


def print_component(component: Component, lang: Lang) -> str:
    """Return the source of the module that holds a component."""
    types = [*component.takes.values(), *component.gives.values()]
    expressions = [expr for statement in component.statements for expr in statement.expressions]
    expressions += [expr for type in types for expr in walk(type)]
    variable_of = _variables_within(component, expressions)
    lines = [*_imports(expressions, 2), ""]
    if component.takes:
        lines += [f"export interface {own_name(component.name)}Props {{"]
        lines += [*_indented((_declared(name, type) for name, type in component.takes.items()), 1), "}", ""]
    lines += documentation(component.title.in_(lang), 0)
    lines += [f"export class {own_name(component.name)} extends Construct {{"]
    lines += _indented((_declared(name, type) for name, type in component.gives.items()), 1)
    lines += [""] * bool(component.gives)
    props = f", props: {own_name(component.name)}Props" if component.takes else ""
    lines += _indented([f"constructor(scope: Construct, id: string{props}) {{"], 1) + _indented(
        ["super(scope, id);"], 2
    )
    for statement in component.statements:
        lines += _indented(_statement(statement, variable_of, lang), 2)
    return "\n".join([*lines, "  }", "}"]) + "\n"


def _declared(name: str, type: Type) -> str:
    return f"readonly {member(name)}: {'string[]' if type == TEXTS else _Printer({}).flat(type)};"


def _variables_within(component: Component, expressions: Sequence[Expr]) -> dict[str, str]:
    """Return the expression of each name of a component: inputs from its options, outputs from `this`."""
    names = {name for statement in component.statements for name in statement.names_used}
    taken = _taken_by_imports(expressions)
    written = variables(sorted(names - set(component.takes) - set(component.gives)), taken)
    written |= {name: f"props.{member(name)}" for name in component.takes}
    return written | {name: f"this.{member(name)}" for name in component.gives}


def _taken_by_imports(expressions: Sequence[Expr]) -> set[str]:
    aliases = {member(expr._alias) for expr in expressions if isinstance(expr, Module)}
    return aliases | {own_name(expr._name) for expr in expressions if isinstance(expr, Own)}


def print_table(name: str, type: str, rows: Mapping[str, Value]) -> str:
    """Return the source of an exported constant that contains rows, one per line."""
    items: Items = [(f"{property_name(key)}: ", item) for key, item in rows.items()]
    return "\n".join(_Printer({}).block(f"export const {name}: {type} = {{", items, "};", 0)) + "\n"


def _imports(expressions: Sequence[Expr], depth: int) -> list[str]:
    """Return the imports of a module; `depth` is that of its folder below the project's root."""
    modules = sorted({(e._name, e._alias) for e in expressions if isinstance(e, Module) and e._name})
    reads = any(isinstance(expr, ProjectText) for expr in expressions)
    paths = reads or any(isinstance(expr, ProjectPath) for expr in expressions)
    lines = ["import { readFileSync } from 'node:fs';"] * reads + ["import * as path from 'node:path';"] * paths
    library = depth == 1 or any(isinstance(expr, Module) and not expr._name for expr in expressions)
    lines += [""] * paths + ["import * as cdk from 'aws-cdk-lib';"] * library
    lines += [f"import * as {member(alias)} from {quoted(module(name))};" for name, alias in modules]
    lines += [f"import {'type ' if depth == 1 else ''}{{ Construct }} from 'constructs';"]
    project_modules: dict[str, set[str]] = {}
    for expr in expressions:
        if isinstance(expr, Own):
            project_modules.setdefault(own_module(expr._module), set()).add(own_name(expr._name))
    lines += [""] * bool(project_modules)
    lines += [
        f"import {{ {', '.join(sorted(project_modules[name]))} }} from '{'./' if depth == 1 else '../'}{name}';"
        for name in sorted(project_modules)
    ]
    above = ", '..'" * depth
    return lines + ["", f"const {_ROOT} = path.join(__dirname{above});"] * paths


def _variable_of(stack: Stack, expressions: Sequence[Expr]) -> dict[str, str]:
    """Return the variable of each name that something uses."""
    defined: set[str] = set()
    used: set[str] = set()
    for section in stack.sections:
        for statement in section.statements:
            names = statement.names_used
            for name in sorted(names - defined):
                raise ValueError(f"{stack.name}.{section.name} uses {name!r} before it is made.")
            used |= names
            if isinstance(statement, Let):
                if statement.name in defined:
                    raise ValueError(f"{stack.name}.{section.name} makes {statement.name!r} a second time.")
                defined.add(statement.name)
    return variables(sorted(used), _taken_by_imports(expressions))


def _statement(statement: Statement, variable_of: Mapping[str, str], lang: Lang) -> list[str]:
    name = variable_of.get(statement.name, "") if isinstance(statement, Let) else ""
    if not name and not _has_effect(statement.value):
        return []
    lead = f"{'' if name.startswith('this.') else 'const '}{name} = " if name else ""
    base = 2 * _STEP
    return [*comment(statement.why.in_(lang), base), *_Printer(variable_of).lines(statement.value, base, lead, ";")]


def _has_effect(value: Value) -> bool:
    """Return whether an unused value has an effect; a struct has none."""
    return isinstance(value, Call) and not is_literal(value)


def _indented(lines: Iterable[str], levels: int) -> list[str]:
    return [" " * _STEP * levels + line if line else "" for line in lines]


class _Printer:
    def __init__(self, variable_of: Mapping[str, str]) -> None:
        self._variables = variable_of

    def lines(self, value: Value, base: int, lead: str, tail: str) -> list[str]:
        """Lay a value out after `lead` and before `tail`, in lines relative to column `base`."""
        flat = lead + self.flat(value) + tail
        if base + width(flat) <= WIDTH:
            return [flat]
        value, tail = self._last_call(value, tail)
        if isinstance(value, Call) and is_literal(value):
            return self.block(lead + "{", _options(value), "}" + tail, base)
        if isinstance(value, Call) and (value._args or value._options):
            return self._call(value, base, lead, tail)
        if isinstance(value, Mapping) and value:
            return self.block(lead + "{", _entries(value), "}" + tail, base)
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            return self.block(lead + "[", [("", item) for item in value], "]" + tail, base)
        return [flat]

    def block(self, start: str, items: Items, end: str, base: int) -> list[str]:
        """Lay items out between two lines, each on lines of its own."""
        inner = [line for key, item in items for line in self.lines(item, base + _STEP, key, ",")]
        return [start, *_indented(inner, 1), end]

    def _call(self, call: Call, base: int, lead: str, tail: str) -> list[str]:
        """Format a call: the last argument opens on the first line if the others fit there."""
        start = f"{lead}{self._callee(call)}("
        args, options = list(call._args), _options(call)
        leading = args if options else args[:-1]
        head = start + "".join(f"{self.flat(arg)}, " for arg in leading)
        last = args[-1] if args and not options else None
        opens = bool(options) or isinstance(last, Mapping) or (isinstance(last, Sequence) and not isinstance(last, str))
        opens = opens or (isinstance(last, Call) and is_literal(last))
        if opens and base + width(head) < WIDTH:
            if options:
                return self.block(head + "{", options, "})" + tail, base)
            return self.lines(last, base, head, ")" + tail)
        inner = [line for arg in args for line in self.lines(arg, base + _STEP, "", ",")]
        inner += self.block("{", options, "},", base + _STEP) if options else []
        return [start, *_indented(inner, 1), ")" + tail]

    def _last_call(self, value: Value, tail: str) -> tuple[Value, str]:
        """Return the last call with arguments, which is formatted, and the rest of the expression."""
        call, suffix = value, tail
        while isinstance(call, Attr) or (isinstance(call, Call) and not call._args and not call._options):
            if isinstance(call, Attr) and call._name == _DEFAULT_CHILD:
                return value, tail
            suffix, call = (
                (self._dotted(call) + suffix, call._of) if isinstance(call, Attr) else (f"(){suffix}", call._func)
            )
        return (call, suffix) if isinstance(call, Call) else (value, tail)

    def flat(self, value: Value) -> str:
        """Return a value in one line."""
        if isinstance(value, Expr):
            return self._expr(value)
        if isinstance(value, str):
            return quoted(value)
        if isinstance(value, Mapping):
            return self._literal(_entries(value))
        if isinstance(value, Sequence):
            return f"[{', '.join(self.flat(item) for item in value)}]"
        if value is None:
            return "undefined"
        return str(value).lower() if isinstance(value, bool) else repr(value)

    def _literal(self, items: Items) -> str:
        return f"{{ {', '.join(key + self.flat(item) for key, item in items)} }}" if items else "{}"

    def _expr(self, expr: Expr) -> str:
        if isinstance(expr, This):
            return "this"
        if isinstance(expr, Module):
            return member(expr._alias)
        if isinstance(expr, Own):
            return own_name(expr._name)
        if isinstance(expr, Ref):
            return self._variables[expr._name]
        if isinstance(expr, ProjectPath):
            return f"path.join({_ROOT}, {quoted(expr._path)})"
        if isinstance(expr, ProjectText):
            return f"readFileSync(path.join({_ROOT}, {quoted(expr._path)}), 'utf8')"
        if isinstance(expr, Attr) and expr._name == _DEFAULT_CHILD:
            return f"({self._expr(expr._of)}.defaultChild as cdk.CfnResource)"
        if isinstance(expr, Attr):
            return self._expr(expr._of) + self._dotted(expr)
        if isinstance(expr, Item):
            return f"{self._expr(expr._of)}[{expr._number}]"
        if isinstance(expr, Call):
            return self._flat_call(expr)
        if isinstance(expr, Words):
            return template(
                (part, False) if isinstance(part, str) else (self._expr(part), True) for part in expr._parts
            )
        raise TypeError(f"{type(expr).__name__} cannot be printed.")

    def _flat_call(self, call: Call) -> str:
        if is_literal(call):
            return self._literal(_options(call))
        args = [self.flat(arg) for arg in call._args]
        if isinstance(call._func, Attr) and call._func._name == _FIND_CHILD:
            return f"({self._callee(call)}({', '.join(args)}) as cdk.CfnResource)"
        args += [self._literal(_options(call))] if call._options else []
        return f"{self._callee(call)}({', '.join(args)})"

    def _callee(self, call: Call) -> str:
        return ("new " if is_constructor(call._func) else "") + self._expr(call._func)

    def _dotted(self, attr: Attr) -> str:
        return f".{member(attr._name)}{'!' if attr._name in PERHAPS_MISSING else ''}"


def _options(call: Call) -> Items:
    return [(f"{option(call._func, key)}: ", item) for key, item in call._options.items()]


def _entries(value: Mapping[str, Value]) -> Items:
    return [(f"{property_name(key)}: ", item) for key, item in value.items()]
