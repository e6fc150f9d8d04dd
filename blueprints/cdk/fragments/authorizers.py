"""Lambda authorisers: the function that checks the tokens of an entry's callers, with its log group and its role."""

from collections.abc import Iterator

from blueprints.authorizers import AUTHORIZER_HANDLER, AUTHORIZER_MEMORY_MIB, AUTHORIZER_TIMEOUT_S
from blueprints.cdk.context import Context
from blueprints.cdk.fragments.functions import POLICIES, common, python_function
from blueprints.cdk.modules import cdk
from blueprints.cdk.observability import log_group
from blueprints.cdk.tree import Let, Statement, Value

#: What the function is called after the name of its entry.
FUNCTION = "AuthorizerFunction"


def checking_function(context: Context, entry: str) -> Iterator[Statement]:
    """Make the function that checks the tokens of an entry's callers."""
    one = next(each for each in context.plan.authorizers if each.entry == entry)
    yield log_group(context, entry, f"{FUNCTION}Logs")
    yield context.role(entry, "lambda.amazonaws.com", (), f"{FUNCTION}Role", policies=POLICIES)
    options: dict[str, Value] = {
        "memory_size": AUTHORIZER_MEMORY_MIB,
        "timeout": cdk.Duration.seconds(AUTHORIZER_TIMEOUT_S),
        "environment": context.environment(one.env),
        **common(context, entry, FUNCTION),
    }
    made = python_function(context.id(entry, FUNCTION), one.directory, options, AUTHORIZER_HANDLER)
    yield Let(context.name(entry, FUNCTION), made)
