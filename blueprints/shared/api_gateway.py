"""Shared by the APIs of API Gateway: access logs, throttling, CORS, timeouts, URLs, route authorization."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.shared.logs import log_group
from blueprints.stack.scope import Json, Scope
from blueprints.traits import api_gateway_http, cloudfront
from blueprints.values import DOMAIN, PARTITION, REGION, Att, Ref, Value, arn, joined
from blueprints.values.json_text import JsonText

#: The service principal of API Gateway.
PRINCIPAL = api_gateway_http.TRAITS.principal
HTTP, WEBSOCKET = "api-gateway-http", "api-gateway-websocket"
#: The header that the JWT authorizer of an HTTP API reads.
TOKEN_SOURCE = ["$request.header.Authorization"]
#: What a permission for every stage, method and path of an API ends with.
EVERY_ROUTE = "/*/*/*"
PLAIN_STAGE = Text(
    "An L1 construct: the L2 construct of the stage supports access logs only in some languages of the AWS CDK.",
    "L1 コンストラクトを使います。ステージの L2 コンストラクトがアクセスログに対応しているのは、AWS CDK の一部の言語だけです。",
)
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "routeKey", "status", "error:error.message")


def access_log(scope: Scope, node: Node, fields: tuple[str, ...] = _LOGGED) -> Json:
    """Add a log group for one line per request, and return a stage's setting for it."""
    group = f"{scope.name(node.id)}AccessLogs"
    log_group(scope, group, node=node.id)
    return {"DestinationArn": Att(group, "Arn"), "Format": log_format(fields)}


def log_format(fields: tuple[str, ...]) -> JsonText:
    """Return a line of an access log as JSON: each field of the request's context, under a name of its own if it has one."""
    pairs = [field.split(":") if ":" in field else [field, field] for field in fields]
    return JsonText({key: f"$context.{value}" for key, value in pairs}, "compact")


def allowed_origin(scope: Scope) -> object:
    """Return the one origin from which browsers are allowed to call: the workload's own site, or a parameter."""
    if scope.has("AllowedOrigin"):
        return Ref("AllowedOrigin")
    sites = cloudfront.sites(scope.architecture)
    # Where there are several distributions, that of the site has a domain name of its own.
    names = [*(f"{scope.name(site.id)}DomainName" for site in sites[:1]), "DomainName"]
    named = next((Ref(name) for name in names if scope.has(name)), None)
    return joined("https://", named or scope.of(sites[0].id, "domain"))


def has_origin(scope: Scope) -> bool:
    """Return whether the origin of the workload's pages is known: that of its own site, or a parameter."""
    known = scope.has("AllowedOrigin") or scope.has("DomainName")
    return known or bool(cloudfront.sites(scope.architecture))


def throttling(node: Node) -> Json:
    """Return how many requests are let through."""
    return {
        "ThrottlingRateLimit": settings.number(node, "throttle_rate"),
        "ThrottlingBurstLimit": settings.number(node, "throttle_burst"),
    }


def api_address(scheme: str, api: str, *path: Value) -> Value:
    """Return the address that API Gateway gives an API."""
    return joined(f"{scheme}://", api_host(api), *path)


def api_host(api: str) -> Value:
    """Return the host name that API Gateway gives an API."""
    return joined(Ref(api), ".execute-api.", REGION, ".", DOMAIN)


def custom_domain(scope: Scope, node: Node, scheme: str, stage: str) -> None:
    """Map an API to an existing custom domain name, which a deployment parameter provides.

    Its address of API Gateway stays: programs and checks of the stack use it. A mapping of the second version of the
    service also takes a REST API, and each API has a name of its own, since WebSocket APIs share none with others
    (https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html and websocket-api-mappings.html,
    2026-11-27).
    """
    id = scope.name(node.id)
    parameter = f"{id}DomainName"
    if not scope.has(parameter):
        return
    regional = {
        "CertificateArn": Ref(f"{id}CertificateArn"),
        "EndpointType": "REGIONAL",
        "SecurityPolicy": "TLS_1_2",
    }
    domain: Json = {"DomainName": Ref(parameter), "DomainNameConfigurations": [regional]}
    scope.add(f"{id}Domain", "AWS::ApiGatewayV2::DomainName", domain, node=node.id)
    mapping = {"ApiId": Ref(id), "DomainName": Ref(f"{id}Domain"), "Stage": Ref(stage)}
    scope.add(f"{id}DomainMapping", "AWS::ApiGatewayV2::ApiMapping", mapping, node=node.id)
    address = joined(f"{scheme}://", Ref(parameter))
    scope.output(f"{id}DomainUrl", address, "URL under the custom domain name")
    target = Att(f"{id}Domain", "RegionalDomainName")
    words = "Target of the DNS record of the domain name"
    scope.output(f"{id}DomainTarget", target, words)


def execution_arn(api: str, path: Value) -> Value:
    """Return the ARN of an API's methods, as permissions name them."""
    return arn("execute-api", joined(Ref(api), path))


def service_uri(action: Value) -> Value:
    """Return the address by which API Gateway calls an action of an AWS service, such as `sns:action/Publish`."""
    return joined("arn:", PARTITION, ":apigateway:", REGION, ":", action)


def invocation_uri(function_arn: Value) -> Value:
    """Return the address by which API Gateway invokes a function."""
    return service_uri(joined("lambda:path/2015-03-31/functions/", function_arn, "/invocations"))


def timeout_ms(node: Node) -> int:
    """Return the integration timeout: that of the caller, at most the AWS limit.

    The thirtieth second of an HTTP API has to be asked for: no other API waits so long.
    """
    longest_s = settings.MOST_WAITED_S + (node.service == HTTP and "timeout_s" in node.settings)
    return min(longest_s, max(1, settings.number(node, "timeout_s"))) * 1000


def route_authorization(scope: Scope, node: Node) -> Json:
    """Return the authorization of the routes of an HTTP or WebSocket API."""
    for edge in scope.architecture.leaving(node.id, "authorize"):
        if scope.architecture.node(edge.target).service == "iam-auth":
            return {"AuthorizationType": "AWS_IAM"}
        kind = "JWT" if node.service == HTTP else "CUSTOM"
        return {"AuthorizationType": kind, "AuthorizerId": Ref(f"{scope.main(node.id)}Authorizer")}
    return {"AuthorizationType": "NONE"}


def route_target(integration: str) -> Value:
    """Return the target of a route: an integration."""
    return joined("integrations/", Ref(integration))


def stage_checks_signatures(scope: Scope, edge: Edge) -> None:
    """Callers sign their requests; the routes require it (see `route_authorization`), and the stage represents it."""
    stage = f"{scope.main(edge.source)}Stage"
    scope.carry(stage, edge.id)
    scope.also(stage, edge.target)
