"""REST APIs: an OpenAPI description that connections fill, validation, caching, throttling, keys, privacy and authorizers."""

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.plan.callers.authorizers import ANSWER_KEPT_S
from blueprints.plan.routes import QUERIES, called_from_browsers, open_reads, routes_to, signed
from blueprints.shared import private_apis
from blueprints.shared.api_gateway import (
    access_log,
    allowed_origin,
    api_address,
    api_host,
    custom_domain,
    invocation_uri,
    throttling,
)
from blueprints.shared.function_releases import alias_of, name_with_alias, version_of
from blueprints.shared.lambda_authorizers import add_authorizer, authorizer_id, function_of, permit_authorizer
from blueprints.shared.openapi import item_schema, quoted, security_schemes, upload_schema, vector_schemas
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import policy
from blueprints.stack.registry import carried, connection, itself, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits.api_gateway_rest import CACHE_S
from blueprints.traits.served_items import served_behind
from blueprints.values import Ref, Value, account_root, arn, joined, stack_name

REST = "api-gateway-rest"
CACHE_GIB = "0.5"
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "method:httpMethod", "path", "status")
_BY_A_FUNCTION = Text(
    "A REST API validates only tokens of Amazon Cognito user pools. A Lambda authorizer validates tokens of other providers.",
    "REST API が検証できるのは Amazon Cognito ユーザープールのトークンだけです。ほかのプロバイダーのトークンは Lambda オーソライザーで検証します。",
)

carried(["client"], ["request"], ["api-gateway-rest"], by="target")
carried(PROGRAMS, ["call"], [REST])


@service(
    "api-gateway-rest",
    id=itself,
    authorizer_name=lambda scope, node: Ref(function_of(scope, node.id)),
    authorizer_invoked_name=lambda scope, node: name_with_alias(function_of(scope, node.id)),
    authorizer_version=lambda scope, node: version_of(function_of(scope, node.id)),
    name=lambda scope, node: stack_name(scope.name(node.id)),
    stage=lambda _scope, _node: Ref("Environment"),
    arn=lambda scope, node: stage_arn(scope.name(node.id), Ref("Environment")),
    url=lambda scope, node: address(scope.name(node.id)),
    host=lambda scope, node: api_host(scope.name(node.id)),
    allowed_origin=lambda scope, _node: allowed_origin(scope),
)
def rest_api(scope: Scope, node: Node) -> None:
    """A REST API with its stage; paths come from the connections."""
    id = scope.name(node.id)
    properties: Json = {
        "Name": stack_name(id),
        "StageName": Ref("Environment"),
        "OpenApiVersion": "3.0.1",
        "EndpointConfiguration": _endpoint(node),
        "TracingEnabled": True,
        "AccessLogSetting": access_log(scope, node, _LOGGED),
        "MethodSettings": [_method_settings(node)],
        "DefinitionBody": _definition(scope, node),
    }
    if responses := _gateway_responses(scope, node):
        properties["GatewayResponses"] = responses
    if settings.flag(node, "caching"):
        properties |= {"CacheClusterEnabled": True, "CacheClusterSize": CACHE_GIB}
    scope.add(id, "AWS::Serverless::Api", properties, node=node.id)
    if settings.flag(node, "api_keys"):
        _keys(scope, node)
    scope.output(f"{id}Url", address(id), "URL of the API")
    custom_domain(scope, node, "https", f"{id}.Stage")  # SAM's name for it, which waits for the stage


def address(id: str) -> Value:
    """Return a REST API's address, with its stage."""
    return api_address("https", id, "/", Ref("Environment"))


def stage_arn(api: str, stage: Value) -> Value:
    """Return the ARN of a stage of a REST API."""
    return arn("apigateway", joined("/restapis/", Ref(api), "/stages/", stage), account="")


def _method_settings(node: Node) -> Json:
    method_settings: Json = {"HttpMethod": "*", "ResourcePath": "/*", "MetricsEnabled": True, **throttling(node)}
    if settings.flag(node, "caching"):
        method_settings |= {"CachingEnabled": True, "CacheTtlInSeconds": CACHE_S, "CacheDataEncrypted": True}
    return method_settings


def _gateway_responses(scope: Scope, node: Node) -> Json:
    """Return the gateway responses: browsers can read errors from the allowed origin, and a denied token is answered with 401.

    API Gateway answers 403 where an authorizer denies; a function that raises "Unauthorized" instead would count as one that fails
    (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html, read 2026-11-30).
    """
    readable: Json = {}
    if called_from_browsers(scope.architecture, node):
        headers = {"Headers": {"Access-Control-Allow-Origin": quoted(allowed_origin(scope))}}
        readable = {"ResponseParameters": headers}
    responses = {name: dict(readable) for name in ("DEFAULT_4XX", "DEFAULT_5XX") if readable}
    if any(authorizer.entry == node.id for authorizer in scope.plan.authorizers):
        responses["ACCESS_DENIED"] = {"StatusCode": "401", **readable}
    return responses


def _definition(scope: Scope, node: Node) -> Json:
    body: Json = {
        "openapi": "3.0.1",
        "info": {"title": stack_name(scope.name(node.id)), "version": "1.0"},
        "paths": {},
    }
    if settings.flag(node, "validation"):
        body["x-amazon-apigateway-request-validators"] = {
            "all": {"validateRequestBody": True, "validateRequestParameters": True}
        }
        does = served_behind(scope.architecture, node.id)
        body["components"] = {"schemas": {"Item": item_schema(does.ordering_key, named=does.named)}}
        if does.upload_bytes:
            body["components"]["schemas"]["Upload"] = upload_schema(does.upload_bytes, of_item=does.upload_of_item)
        if does.vectors:
            body["components"]["schemas"] |= vector_schemas()
    if settings.flag(node, "private"):
        body["x-amazon-apigateway-policy"] = _endpoint_policy(scope, node)
    return body


def _endpoint(node: Node) -> Json:
    if not settings.flag(node, "private"):
        return {"Type": "REGIONAL"}
    return {"Type": "PRIVATE", "VPCEndpointIds": [Ref(private_apis.ENDPOINT)]}


def _endpoint_policy(scope: Scope, node: Node) -> Json:
    """Callers through the VPC endpoint are allowed; all others are denied, whatever identity policies allow.

    Where callers sign, their own policies have to allow it too: a policy that allows every principal would be enough
    for every role of the account.
    """
    everybody: Json = {"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": Ref(private_apis.ENDPOINT)}}
    let_in: list[Json] = [{"Effect": "Allow", **everybody}]
    if signed(scope.architecture, node):
        account = {"AWS": account_root()}
        health = {**everybody, "Resource": "execute-api:/*/GET/health"}
        let_in = [{"Effect": "Allow", **everybody, "Principal": account}, {"Effect": "Allow", **health}]
        if open_reads(node):
            let_in.append({"Effect": "Allow", **everybody, "Resource": "execute-api:/*/GET/*"})
            invoked = scope.architecture.leaving(node.id, "invoke")
            if any(QUERIES in routes_to(scope.architecture, edge.target) for edge in invoked):
                queries = f"execute-api:/*/{QUERIES.method}{QUERIES.path}"
                let_in.append({"Effect": "Allow", **everybody, "Resource": queries})
    return policy([*let_in, {"Effect": "Deny", **everybody, "Condition": elsewhere}])


def _keys(scope: Scope, node: Node) -> None:
    """An API key for the first caller, and the usage plan with its quota and throttling."""
    id = scope.name(node.id)
    stage = Ref(f"{id}.Stage")
    limits = throttling(node)
    plan = {
        "ApiStages": [{"ApiId": Ref(id), "Stage": stage}],
        "Throttle": {"RateLimit": limits["ThrottlingRateLimit"], "BurstLimit": limits["ThrottlingBurstLimit"]},
    }
    scope.add(f"{id}Plan", "AWS::ApiGateway::UsagePlan", plan, node=node.id)
    key = {"Enabled": True, "StageKeys": [{"RestApiId": Ref(id), "StageName": stage}]}
    scope.add(f"{id}Key", "AWS::ApiGateway::ApiKey", key, node=node.id)
    joined_key = {"KeyId": Ref(f"{id}Key"), "KeyType": "API_KEY", "UsagePlanId": Ref(f"{id}Plan")}
    scope.add(f"{id}PlanKey", "AWS::ApiGateway::UsagePlanKey", joined_key, node=node.id)
    scope.output(f"{id}KeyId", Ref(f"{id}Key"), "ID of the API key")


@connection([REST], "authorize", ["cognito"])
def checks_tokens(scope: Scope, edge: Edge) -> None:
    """Authenticate requests with tokens of the user pool."""
    security_schemes(scope, edge.source)["tokens"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": {
            "type": "cognito_user_pools",
            "providerARNs": [scope.of(edge.target, "arn")],
        },
    }
    scope.carry(scope.main(edge.source), edge.id)


@connection([REST], "authorize", ["oidc"])
def checks_provider_tokens(scope: Scope, edge: Edge) -> None:
    """Add the function that checks tokens of the existing provider: a REST API verifies only those of Amazon Cognito.

    Its authorizer is part of the API's description and has no id to refer to; it is the only one of the API.
    """
    authorizer = add_authorizer(scope, edge)
    scope.whys[authorizer_id(scope, authorizer)] = _BY_A_FUNCTION
    security_schemes(scope, edge.source)["tokens"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
            "type": "token",
            "authorizerUri": invocation_uri(alias_of(authorizer_id(scope, authorizer))),
            "authorizerResultTtlInSeconds": ANSWER_KEPT_S,
        },
    }
    permit_authorizer(scope, authorizer, "/authorizers/*")
    scope.carry(scope.main(edge.source), edge.id)
    scope.also(authorizer_id(scope, authorizer), edge.target)


@connection([REST], "authorize", ["iam-auth"])
def checks_signatures(scope: Scope, edge: Edge) -> None:
    """Authenticate requests by their Signature Version 4 signatures (IAM authorization)."""
    security_schemes(scope, edge.source)["signatures"] = {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }
    scope.carry(scope.main(edge.source), edge.id)
    scope.also(scope.main(edge.source), edge.target)


@connection([REST], "filter", ["waf"])
def associates_web_acl(scope: Scope, edge: Edge) -> None:
    """Associate the web ACL with the stage."""
    api = scope.main(edge.source)
    stage = Ref(f"{api}.Stage")  # SAM's name for it, which waits for the stage
    properties = {"ResourceArn": stage_arn(api, stage), "WebACLArn": scope.of(edge.target, "arn")}
    scope.add(f"{api}WebAcl", "AWS::WAFv2::WebACLAssociation", properties, edge=edge.id)
