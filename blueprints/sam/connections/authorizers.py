"""Entries whose callers' tokens are checked by a function: WebSocket APIs, and REST APIs with a foreign provider."""

from advisor.architecture import Edge
from advisor.text import Text
from blueprints.authorizers import ANSWER_KEPT_S, Authorizer
from blueprints.registry import connection
from blueprints.sam.connections.doors import WEBSOCKET
from blueprints.sam.connections.rest import REST, security_schemes
from blueprints.sam.services.functions import authorizer, authorizer_id, invocation_uri
from blueprints.sam.services.http_api import execution_arn
from blueprints.scope import Scope
from blueprints.values import Att, Ref, Value, joined

_IN_THE_ADDRESS = Text(
    "A WebSocket API knows no user pools, and a browser sends no header: the token is in the address.",
    "WebSocket API はユーザープールを扱えず、ブラウザーはヘッダーを送れないため、トークンは URL で渡す。",
)
_BY_A_FUNCTION = Text(
    "A REST API knows the tokens of user pools only: a function checks those of another provider.",
    "REST API が検証できるのはユーザープールのトークンだけなので、他のプロバイダーのトークンは関数で検証する。",
)


@connection([WEBSOCKET], "authorize", ["cognito", "oidc"])
def checks_connections(scope: Scope, edge: Edge) -> None:
    """Add the function that checks a connection's token: a WebSocket API knows no user pools."""
    one = _authorizer(scope, edge)
    api, function = scope.main(edge.source), authorizer_id(scope, one)
    properties = {
        "ApiId": Ref(api),
        "Name": "tokens",
        "AuthorizerType": "REQUEST",
        "IdentitySource": ["route.request.querystring.token"],
        "AuthorizerUri": invocation_uri(Att(function, "Arn")),
    }
    scope.add(f"{api}Authorizer", "AWS::ApiGatewayV2::Authorizer", properties, edge=edge.id, why=_IN_THE_ADDRESS)
    _lets_in(scope, one, joined("/authorizers/", Ref(f"{api}Authorizer")))
    if scope.architecture.node(edge.target).service == "oidc":
        scope.also(f"{api}Authorizer", edge.target)


@connection([REST], "authorize", ["oidc"])
def checks_tokens(scope: Scope, edge: Edge) -> None:
    """Add the function that checks tokens of the existing provider: a REST API knows those of Cognito only.

    Its authoriser is part of the API's description and has no id to refer to; it is the only one of the API.
    """
    one = _authorizer(scope, edge)
    scope.whys[authorizer_id(scope, one)] = _BY_A_FUNCTION
    security_schemes(scope, edge.source)["tokens"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": "token",
            "authorizerUri": invocation_uri(Att(authorizer_id(scope, one), "Arn")),
            "authorizerResultTtlInSeconds": ANSWER_KEPT_S,
        },
    }
    _lets_in(scope, one, "/authorizers/*")
    scope.carry(scope.main(edge.source), edge.id)
    scope.also(authorizer_id(scope, one), edge.target)


def _authorizer(scope: Scope, edge: Edge) -> Authorizer:
    one = next(a for a in scope.plan.authorizers if a.edge == edge.id)
    authorizer(scope, one)
    return one


def _lets_in(scope: Scope, one: Authorizer, authorizers: Value) -> None:
    """Let the API, and nobody else, ask the function."""
    function = authorizer_id(scope, one)
    allowed = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": Ref(function),
        "Principal": "apigateway.amazonaws.com",
        "SourceArn": execution_arn(scope.main(one.entry), authorizers),
    }
    scope.add(f"{function}Permission", "AWS::Lambda::Permission", allowed, edge=one.edge)
