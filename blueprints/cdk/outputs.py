"""Outputs of the stack: what people, tests and other stacks ask a deployment for."""

from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.modules import cdk
from blueprints.cdk.tree import THIS, Attr, Call, Do, Value


def output(context: Context, id: str, value: Value, words: Text) -> Do:
    """Return an output with its description."""
    return Do(cdk.CfnOutput(THIS, id, value=value, description=context.words(words)))


def is_output(value: Value) -> bool:
    """Return whether a value is the call that makes an output."""
    return isinstance(value, Call) and isinstance(value._func, Attr) and value._func._name == "CfnOutput"
