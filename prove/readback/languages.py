"""Properties that depend on the language of a target: the handler and runtime of a function, and its file name.

A target in TypeScript has the same functions in another language. So runtime and handler are omitted where stacks in
two languages are compared, but only if they belong to a language of the projects. The module of the handler remains:
`src/api/app` is `app.handler` of the folder in Python, and `app.ts` of it in TypeScript. Only functions in Python have
snapshots.
"""

from dataclasses import replace

from prove.readback.stack import Resource, Stack

#: Runtime -> the handlers that projects have.
_STARTED = {
    "python3.13": ("app.handler", "authorizer.handler"),
    "nodejs24.x": ("index.handler",),
}


def in_any_language(stack: Stack) -> Stack:
    """Return a stack without properties that differ between languages."""
    return replace(stack, resources={id: _neutral(resource) for id, resource in stack.resources.items()})


def _neutral(resource: Resource) -> Resource:
    handler, code = resource.properties.get("Handler"), resource.properties.get("Code")
    started = _STARTED.get(str(resource.properties.get("Runtime")), ())
    if resource.type != "AWS::Lambda::Function" or handler not in started or not isinstance(code, str):
        return resource
    module = code.removesuffix(".ts") if code.endswith(".ts") else f"{code}/{str(handler).partition('.')[0]}"
    return resource.with_(Code=module, Handler=None, Runtime=None, SnapStart=None)
