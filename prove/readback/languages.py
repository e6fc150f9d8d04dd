"""What the language of a target decides: how a function is started, and how the file of its program is named.

A target in TypeScript has the same functions in another language, so runtime and handler are left out where stacks in
two languages are compared, but only where they are those of a language that projects are written in. The module that a
function is started in stays: `src/api/app` is `app.handler` of the folder in Python, `app.ts` of it in TypeScript.
"""

from dataclasses import replace

from prove.readback.stack import Resource, Stack

#: Runtime -> the handlers that projects have.
_STARTED = {
    "python3.13": ("app.handler", "authorizer.handler"),
    "nodejs24.x": ("index.handler",),
}


def in_any_language(stack: Stack) -> Stack:
    """Return a stack without what differs between languages."""
    return replace(stack, resources={id: _neutral(one) for id, one in stack.resources.items()})


def _neutral(one: Resource) -> Resource:
    handler, code = one.properties.get("Handler"), one.properties.get("Code")
    started = _STARTED.get(str(one.properties.get("Runtime")), ())
    if one.type != "AWS::Lambda::Function" or handler not in started or not isinstance(code, str):
        return one
    module = code.removesuffix(".ts") if code.endswith(".ts") else f"{code}/{str(handler).partition('.')[0]}"
    return one.with_(Code=module, Handler=None, Runtime=None)
