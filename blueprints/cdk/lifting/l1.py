"""Maps a resource to its L1 class, with the same properties as in CloudFormation: for all types without an L2 mapping."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from blueprints.cdk import modules
from blueprints.cdk.lifting.l1_table import LIST, MAP, RESOLVABLE, Type, python_name, type_of
from blueprints.cdk.lifting.references import References, condition_of, translated
from blueprints.cdk.lifting.resource import NotLifted, Resource
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import THIS, Attr, Do, Expr, Let, Module, Ref, Statement, Value
from blueprints.naming import snake
from blueprints.values import Fn

_TAG = "CfnTag"
_ALIASES: Mapping[str, Module] = {
    module._name: module for module in vars(modules).values() if isinstance(module, Module)
}


def statements(resource: Resource, references: References, dependency: Callable[[str], Expr]) -> Iterator[Statement]:
    """Yield the statements of a resource as its L1 class; `dependency` returns the construct of a resource id."""
    type = type_of(resource.type)
    variable = Ref(snake(resource.id))
    options = _options(resource.rest(), type, "", references, resource.where)
    yield Let(snake(resource.id), getattr(_module(type.module), type.kind)(THIS, resource.id, **options))
    for policy, value in resource.policies().items():
        yield Do(variable.add_override(policy, translated(value, references)))
    removal = resource.removal()
    if removal:
        yield Do(variable.apply_removal_policy(removal["removal_policy"]))
    awaited: list[Expr] = []
    for dependency_id in resource.depends():
        construct = dependency(dependency_id)
        # Several resources may be of one construct.
        if not any(construct is other for other in awaited):
            awaited.append(construct)
            yield Do(variable.node.add_dependency(construct))


def attribute(type: str, name: str) -> str:
    """Return the member of an L1 class that holds an attribute."""
    return python_name(type_of(type).attribute(name))


def _module(name: str) -> Module:
    return _ALIASES.get(name) or Module(name, name.removeprefix("aws_"))


def _options(
    properties: Mapping[str, Any], type: Type, struct: str, references: References, where: str
) -> dict[str, Value]:
    options: dict[str, Value] = {}
    for key, value in properties.items():
        try:
            name, inner = type.property(key, struct)
        except NotLifted as unknown:
            raise NotLifted(f"{where}.{key} is {value!r}: {unknown}") from unknown
        options[python_name(name)] = _shaped(value, type, inner, references, f"{where}.{key}")
    return options


def _shaped(value: Any, type: Type, struct: str, references: References, where: str) -> Value:
    """Return a value, its objects as the classes that the library has for them."""
    if struct in ("", LIST, RESOLVABLE):
        return _plain(value, struct, references)
    if isinstance(value, list):
        return [_shaped(item, type, struct, references, where) for item in value]
    if not isinstance(value, Mapping):
        return _plain(value, RESOLVABLE, references)
    if struct == _TAG:
        return cdk.CfnTag(**{key.lower(): translated(item, references) for key, item in value.items()})
    if struct.startswith(MAP):
        inner = struct.removeprefix(MAP)
        return {key: _shaped(item, type, inner, references, where) for key, item in value.items()}
    constructor: Expr = getattr(getattr(_module(type.module), type.kind), struct)
    return constructor(**_options(value, type, struct, references, where))


def _plain(value: Any, shape: str, references: References) -> Value:
    """Return a value without objects of the library, in the form that its property takes."""
    expression = translated(value, references)
    if not isinstance(expression, Expr):
        return expression
    if isinstance(value, Fn) and value.name == "If" and shape:
        conditional = condition_of(expression)
        return cdk.Token.as_list(conditional) if shape == LIST else conditional
    if shape == RESOLVABLE and isinstance(expression, Attr) and expression._name == "value_as_string":
        return expression._of.value
    return expression
