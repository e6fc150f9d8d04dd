"""How callers reach work: clients, the site, HTTP and WebSocket APIs with their routes and who may take them."""

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints import settings
from blueprints.parameter_list import EDGE_PARAMETER
from blueprints.registry import carried, connection
from blueprints.routes import ACCEPT, HEALTH, ROUTES, Route, starting
from blueprints.sam.roles import role, trust
from blueprints.sam.services.functions import invocation_uri, permission
from blueprints.sam.services.http_api import execution_arn
from blueprints.sam.services.identity import client_id
from blueprints.scope import Json, Scope
from blueprints.traits.state_machine import SERVICES
from blueprints.traits.waf import is_elsewhere
from blueprints.values import Att, Ref, Value, arn, joined, unique

HTTP, WEBSOCKET = "api-gateway-http", "api-gateway-websocket"
APIS = (HTTP, "api-gateway-rest", WEBSOCKET, "appsync", "alb", "lambda-function-url")

_PLAIN_INTEGRATION = Text(
    "A plain resource: the constructs for direct integrations grant more than is needed.",
    "素のリソースで作る。直接統合のコンストラクトは必要以上の権限を付ける。",
)

carried(["client"], ["request"], APIS, by="target")
carried(["client"], ["load"], ["cloudfront"], by="target")


@connection(["client"], "sign-in", ["cognito", "oidc"])
def signs_in(scope: Scope, edge: Edge) -> None:
    """Callers sign in with the pool's client; with an existing provider, what checks its tokens carries it."""
    cognito = scope.architecture.node(edge.target).service == "cognito"
    scope.carry(client_id(scope, edge.target) if cognito else scope.main(edge.target), edge.id)


@connection(["cloudfront"], "fetch", ["s3"])
def fetches_site(scope: Scope, edge: Edge) -> None:
    """Let the distribution, and nobody else, read the bucket."""
    site, bucket = scope.main(edge.source), scope.main(edge.target)
    control = {
        # One of its name is allowed in an account, whatever the Region, and the name has at most 64 characters.
        "Name": unique(site),
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }
    access = f"{site}Access"
    scope.add(access, "AWS::CloudFront::OriginAccessControl", {"OriginAccessControlConfig": control}, edge=edge.id)
    scope.properties(site)["DistributionConfig"]["Origins"].append(
        {
            "Id": "site",
            "DomainName": scope.of(edge.target, "domain"),
            "OriginAccessControlId": Att(access, "Id"),
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
    )
    itself = arn("cloudfront", joined("distribution/", Ref(site)), region="")
    statement = {
        "Sid": "DistributionReads",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": scope.of(edge.target, "arn", "/*"),
        "Condition": {"StringEquals": {"AWS:SourceArn": itself}},
    }
    scope.properties(f"{bucket}Policy")["PolicyDocument"]["Statement"].insert(0, statement)


@connection(["cloudfront"], "filter", ["waf"])
def filters_at_the_edge(scope: Scope, edge: Edge) -> None:
    """Let the web ACL see requests first that the stack in us-east-1 has made."""
    site = scope.main(edge.source)
    scope.properties(site)["DistributionConfig"]["WebACLId"] = Ref(EDGE_PARAMETER)
    scope.carry(site, edge.id)
    if is_elsewhere(scope.architecture, scope.architecture.node(edge.target)):
        scope.also(site, edge.target)


@connection([HTTP], "authorize", ["cognito", "oidc"])
def checks_tokens(scope: Scope, edge: Edge) -> None:
    """Add an authoriser that checks issuer, audience, signature and expiry of a token."""
    api = scope.main(edge.source)
    properties = {
        "ApiId": Ref(api),
        "Name": "tokens",
        "AuthorizerType": "JWT",
        "IdentitySource": ["$request.header.Authorization"],
        "JwtConfiguration": {
            "Issuer": scope.of(edge.target, "issuer"),
            "Audience": [scope.of(edge.target, "audience")],
        },
    }
    scope.add(f"{api}Authorizer", "AWS::ApiGatewayV2::Authorizer", properties, edge=edge.id)
    if scope.architecture.node(edge.target).service == "oidc":
        scope.also(f"{api}Authorizer", edge.target)


@connection([HTTP, WEBSOCKET], "authorize", ["iam-auth"])
def checks_signatures(scope: Scope, edge: Edge) -> None:
    """Callers sign; the routes ask for it (see `_route_auth`), and the stage stands for it."""
    stage = f"{scope.main(edge.source)}Stage"
    scope.carry(stage, edge.id)
    scope.also(stage, edge.target)


def _route_auth(scope: Scope, node: Node) -> Json:
    for edge in scope.architecture.leaving(node.id, "authorize"):
        if scope.architecture.node(edge.target).service == "iam-auth":
            return {"AuthorizationType": "AWS_IAM"}
        kind = "JWT" if node.service == HTTP else "CUSTOM"
        return {"AuthorizationType": kind, "AuthorizerId": Ref(f"{scope.main(node.id)}Authorizer")}
    return {"AuthorizationType": "NONE"}


@connection([HTTP], "invoke", ["lambda"])
def invokes_function(scope: Scope, edge: Edge) -> None:
    """Hand requests to the function."""
    api = scope.main(edge.source)
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": scope.of(edge.target, "arn"),
        "PayloadFormatVersion": "2.0",
        "TimeoutInMillis": timeout_ms(scope.architecture.node(edge.source)),
    }
    routes_to(scope, edge, integration, ROUTES)
    id = f"{scope.name(edge.id)}Permission"
    permission(scope, id, edge.target, "apigateway.amazonaws.com", execution_arn(api, "/*/*/*"), edge.id)


def timeout_ms(node: Node) -> int:
    """Return how long an API waits for its integration: as long as its caller does, at most what AWS allows.

    The thirtieth second of an HTTP API has to be asked for: no other API waits so long.
    """
    most = settings.MOST_WAITED_S + (node.service == HTTP and "timeout_s" in node.settings)
    return min(most, max(1, settings.number(node, "timeout_s"))) * 1000


@connection([WEBSOCKET], "invoke", ["lambda"])
def invokes_for_messages(scope: Scope, edge: Edge) -> None:
    """Hand connections and messages to the function."""
    api = scope.main(edge.source)
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": invocation_uri(scope.of(edge.target, "arn")),
    }
    integration_id = f"{api}Integration"
    scope.add(integration_id, "AWS::ApiGatewayV2::Integration", integration, edge=edge.id)
    auth = _route_auth(scope, scope.architecture.node(edge.source))
    for word in ("connect", "disconnect", "default"):
        # A WebSocket API checks callers when they connect, and only then.
        asked = auth if word == "connect" else {"AuthorizationType": "NONE"}
        route = {"ApiId": Ref(api), "RouteKey": f"${word}", **asked, "Target": _target(integration_id)}
        scope.add(f"{api}{word.title()}Route", "AWS::ApiGatewayV2::Route", route, edge=edge.id)
        id, source = f"{scope.name(edge.id)}{word.title()}Permission", execution_arn(api, f"/*${word}")
        permission(scope, id, edge.target, "apigateway.amazonaws.com", source, edge.id)


def _target(integration: str) -> Value:
    return joined("integrations/", Ref(integration))


def routes_to(scope: Scope, edge: Edge, integration: Json, routes: tuple[Route, ...], why: Text = EMPTY) -> None:
    """Add an HTTP API's integration and the routes that lead to it."""
    api = scope.main(edge.source)
    id = f"{api}Integration"
    scope.add(id, "AWS::ApiGatewayV2::Integration", integration, edge=edge.id, why=why)
    auth = _route_auth(scope, scope.architecture.node(edge.source))
    for route in routes:
        asked = {"AuthorizationType": "NONE"} if route == HEALTH else auth
        properties = {"ApiId": Ref(api), "RouteKey": route.key, **asked, "Target": _target(id)}
        scope.add(f"{api}{route.name}Route", "AWS::ApiGatewayV2::Route", properties, edge=edge.id)


def _direct(scope: Scope, edge: Edge, subtype: str, parameters: Json) -> None:
    """Hand a request to an AWS service without a function, by a role of the API."""
    api = scope.main(edge.source)
    assumed = trust("apigateway.amazonaws.com", confined=True)
    direct = role(scope, f"{scope.name(edge.id)}Role", assumed, scope.statements(edge.source, edge.id), edge=edge.id)
    integration = {
        "ApiId": Ref(api),
        "IntegrationType": "AWS_PROXY",
        "IntegrationSubtype": subtype,
        "PayloadFormatVersion": "1.0",
        "CredentialsArn": direct,
        "RequestParameters": parameters,
    }
    routes_to(scope, edge, integration, (ACCEPT,), _PLAIN_INTEGRATION)


@connection([HTTP], "publish", ["sqs"])
def puts_into_queue(scope: Scope, edge: Edge) -> None:
    """Put a request's body into the queue."""
    _direct(scope, edge, "SQS-SendMessage", {"QueueUrl": scope.of(edge.target, "url"), "MessageBody": "$request.body"})


@connection([HTTP], "publish", ["eventbridge-bus"])
def puts_on_bus(scope: Scope, edge: Edge) -> None:
    """Put a request's body on the bus."""
    parameters = {
        "EventBusName": scope.of(edge.target, "name"),
        "Source": scope.architecture.node(edge.source).subject,
        "DetailType": "request",
        "Detail": "$request.body",
    }
    _direct(scope, edge, "EventBridge-PutEvents", parameters)


@connection([HTTP], "start", SERVICES)
def starts_machine(scope: Scope, edge: Edge) -> None:
    """Start an execution with a request's body; an Express workflow answers with its result."""
    parameters = {"StateMachineArn": scope.of(edge.target, "arn"), "Input": "$request.body"}
    start = starting(scope.architecture.node(edge.target).service)
    _direct(scope, edge, f"StepFunctions-{start}", parameters)


@connection(["lambda-function-url"], "invoke", ["lambda"])
def url_invokes(scope: Scope, edge: Edge) -> None:
    """Let callers of the address invoke the function: Lambda wants both actions allowed, the second by the address only."""
    url = scope.main(edge.source)
    kind = scope.properties(url)["AuthType"]
    who = {
        "FunctionName": Ref(scope.main(edge.target)),
        "Principal": Ref("AWS::AccountId") if kind == "AWS_IAM" else "*",
    }
    by_address = {"Action": "lambda:InvokeFunctionUrl", **who, "FunctionUrlAuthType": kind}
    scope.add(f"{url}Permission", "AWS::Lambda::Permission", by_address, edge=edge.id)
    invoking = {"Action": "lambda:InvokeFunction", **who, "InvokedViaFunctionUrl": True}
    scope.add(f"{url}InvokePermission", "AWS::Lambda::Permission", invoking, edge=edge.id)


@connection(["lambda-function-url"], "authorize", ["iam-auth"])
def url_checks_signatures(scope: Scope, edge: Edge) -> None:
    """The address asks for signatures."""
    url = scope.main(edge.source)
    scope.carry(url, edge.id)
    scope.also(url, edge.target)
