"""What the language of a target decides: how a function is started, and the folder of its program.

A target in TypeScript has the same functions in another language, so runtime, handler and folder are left out where
stacks in two languages are compared, but only where they are those of a language that projects are written in.
Which folder a function is bundled from shows in Python only: TypeScript is synthesised without bundling.
"""

from dataclasses import replace

from blueprints.readback.stack import Resource, Stack

_STARTED = {
    "python3.13": ("app.handler", "authorizer.handler"),
    "nodejs24.x": ("index.handler",),
}
_OF_LANGUAGE = ("Code", "Handler", "Runtime")


def in_any_language(stack: Stack) -> Stack:
    """Return a stack without what differs between languages."""
    return replace(stack, resources={id: _neutral(one) for id, one in stack.resources.items()})


def _neutral(one: Resource) -> Resource:
    started = _STARTED.get(str(one.properties.get("Runtime")), ())
    if one.type != "AWS::Lambda::Function" or one.properties.get("Handler") not in started:
        return one
    kept = {key: value for key, value in one.properties.items() if key not in _OF_LANGUAGE}
    return replace(one, properties=kept)
