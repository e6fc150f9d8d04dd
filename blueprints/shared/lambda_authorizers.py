"""Lambda authorizers: the function that checks the tokens of an API's callers."""

from advisor.architecture import Edge
from blueprints.plan.callers.authorizers import (
    AUTHORIZER_HANDLER,
    AUTHORIZER_MEMORY_MIB,
    AUTHORIZER_TIMEOUT_S,
    Authorizer,
)
from blueprints.shared.api_gateway import PRINCIPAL, execution_arn
from blueprints.shared.function_releases import alias_of, gradual_release
from blueprints.shared.logs import log_group
from blueprints.shared.own_functions import function_properties, placement
from blueprints.stack.scope import Scope
from blueprints.values import Value


def authorizer_id(scope: Scope, authorizer: Authorizer) -> str:
    """Return the logical id of the authorizer function of an entry."""
    return function_of(scope, authorizer.entry)


def function_of(scope: Scope, entry: str) -> str:
    """Return the logical id of the function that checks who calls an entry."""
    return f"{scope.name(entry)}AuthorizerFunction"


def add_authorizer(scope: Scope, edge: Edge) -> Authorizer:
    """Add the authorizer function of the API of an edge, and return its part of the plan."""
    authorizer = next(a for a in scope.plan.authorizers if a.edge == edge.id)
    _function(scope, authorizer)
    return authorizer


def _function(scope: Scope, authorizer: Authorizer) -> None:
    id = authorizer_id(scope, authorizer)
    properties = function_properties(
        directory=authorizer.directory,
        handler=AUTHORIZER_HANDLER,
        timeout_s=AUTHORIZER_TIMEOUT_S,
        memory_mib=AUTHORIZER_MEMORY_MIB,
        logs=log_group(scope, f"{id}Logs", node=authorizer.entry),
        variables=scope.environment(authorizer.env),
    )
    properties |= placement(scope, id, node=authorizer.entry)
    properties |= gradual_release(scope, f"{scope.name(authorizer.entry)}Authorizer")
    scope.add(id, "AWS::Serverless::Function", properties, node=authorizer.entry, edge=authorizer.edge)


def permit_authorizer(scope: Scope, authorizer: Authorizer, authorizers: Value) -> None:
    """Allow only the API to invoke the function."""
    function = authorizer_id(scope, authorizer)
    allowed = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": alias_of(function),
        "Principal": PRINCIPAL,
        "SourceArn": execution_arn(scope.main(authorizer.entry), authorizers),
    }
    scope.add(f"{function}Permission", "AWS::Lambda::Permission", allowed, edge=authorizer.edge)
