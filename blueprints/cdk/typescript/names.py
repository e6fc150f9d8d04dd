"""Names of CDK in TypeScript; the tree holds the names of CDK in Python."""

import re

from blueprints.cdk.lifting.l1_table import attributes, spellings
from blueprints.cdk.tree import Attr, Expr, Module
from blueprints.cdk.typescript.literals import quoted

#: Members that the rule would not spell right.
_IRREGULAR = {
    "DEFAULT_4_XX": "DEFAULT_4XX",
    "DEFAULT_5_XX": "DEFAULT_5XX",
    "enable_ecs_managed_tags": "enableECSManagedTags",
    "enforce_ssl": "enforceSSL",
    "memory_limit_mib": "memoryLimitMiB",
    "memory_mib": "memoryMiB",
    "execution_environment_memory_gib_per_v_cpu": "executionEnvironmentMemoryGiBPerVCpu",
    "memory_reservation_mib": "memoryReservationMiB",
}
#: What the project's own constructs are called in Python -> in TypeScript.
_OWN = {"python_function": "typescript_function", "PythonFunction": "TypeScriptFunction"}
#: Words that cannot name a variable.
_RESERVED = frozenset({
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
    "do", "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements",
    "import", "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public",
    "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void",
    "while", "with", "yield",
})  # fmt: skip
#: Names that the module of a stack defines.
_STACK_NAMES = frozenset({"Construct", "PROJECT", "id", "path", "props", "readFileSync", "scope"})
#: Members that CDK declares as optional, and that every construct of the tree has.
PERHAPS_MISSING = frozenset({"instance_resource_id", "secret", "table_stream_arn"})


def member(name: str) -> str:
    """Return a property, option, method, class or constant as TypeScript spells it: `queue_name` is `queueName`."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if name in attributes():
        return attributes()[name]
    if name[:1].isupper():
        return name
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def option(called: Expr, name: str) -> str:
    """Return an option of a call as TypeScript spells it: those of L1 classes have names that no rule makes."""
    parts: list[str] = []
    while isinstance(called, Attr):
        parts.insert(0, called._name)
        called = called._of
    spelling = spellings().get((called._name, ".".join(parts)), {}) if isinstance(called, Module) else {}
    return spelling.get(name) or member(name)


def module(name: str) -> str:
    """Return the package of a module: `aws_sqs` is `aws-cdk-lib/aws-sqs`, and "" the library itself."""
    return f"aws-cdk-lib/{name.replace('_', '-')}" if name else "aws-cdk-lib"


def own_module(name: str) -> str:
    """Return the file of a construct of the project's own; a function in Python becomes one in TypeScript."""
    return _OWN.get(name, name).replace("_", "-").replace(".", "/")


def own_name(name: str) -> str:
    """Return the name of a construct of the project's own."""
    return member(_OWN.get(name, name))


def variables(names: list[str], modules: set[str]) -> dict[str, str]:
    """Return a unique variable for each name of the tree, without names that are already used."""
    unavailable = set(_RESERVED | _STACK_NAMES | modules)
    variables_by_name: dict[str, str] = {}
    for name in names:
        variable = member(name)
        while variable in unavailable:
            variable += "_"
        unavailable.add(variable)
        variables_by_name[name] = variable
    return variables_by_name


def property_name(key: str) -> str:
    """Return a key of an object literal, quoted unless it is a valid identifier."""
    if key == "__proto__":
        return "['__proto__']"  # Any other spelling would set the object's prototype.
    return key if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key, re.ASCII) else quoted(key)
