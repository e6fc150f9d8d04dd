"""REST APIs: an OpenAPI description that connections fill, with validation, caching, throttling, keys and privacy."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.registry import itself, service
from blueprints.routes import signed
from blueprints.sam.network import NOTHING_OUT
from blueprints.sam.services.http_api import access_log, account_logging, api_address, origin, throttling
from blueprints.scope import Json, Scope
from blueprints.values import REGION, Ref, Value, account_root, arn, joined, stack_name

CACHE_GIB = "0.5"
CACHE_S = 60
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "method:httpMethod", "path", "status")
#: What a new item must look like, when requests are validated.
ITEM: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 200}},
}


@service(
    "api-gateway-rest",
    id=itself,
    authorizer_name=lambda scope, node: Ref(f"{scope.name(node.id)}AuthorizerFunction"),
    name=lambda scope, node: stack_name(scope.name(node.id)),
    stage=lambda _scope, _node: Ref("Environment"),
    arn=lambda scope, node: stage_arn(scope.name(node.id), Ref("Environment")),
    url=lambda scope, node: address(scope.name(node.id)),
    allowed_origin=lambda scope, _node: origin(scope),
)
def rest_api(scope: Scope, node: Node) -> None:
    """A REST API with its stage; paths come from the connections."""
    id = scope.name(node.id)
    account = account_logging(scope, node)
    properties: Json = {
        "Name": stack_name(id),
        "StageName": Ref("Environment"),
        "OpenApiVersion": "3.0.1",
        "EndpointConfiguration": _endpoint(scope, node),
        "TracingEnabled": True,
        "AccessLogSetting": access_log(scope, node, _LOGGED),
        "MethodSettings": [_method_settings(node)],
        "DefinitionBody": _definition(scope, node),
    }
    if not settings.flag(node, "private"):
        properties["GatewayResponses"] = _gateway_responses(scope)
    if settings.flag(node, "caching"):
        properties |= {"CacheClusterEnabled": True, "CacheClusterSize": CACHE_GIB}
    scope.add(id, "AWS::Serverless::Api", properties, node=node.id, depends=[account])
    if settings.flag(node, "api_keys"):
        _keys(scope, node)
    scope.output(f"{id}Url", address(id), Text("Address of the API", "API の URL"))


def address(id: str) -> Value:
    """Return a REST API's address, with its stage."""
    return api_address("https", id, "/", Ref("Environment"))


def stage_arn(api: str, stage: Value) -> Value:
    """Return the ARN of a stage of a REST API."""
    return arn("apigateway", joined("/restapis/", Ref(api), "/stages/", stage), account="")


def _method_settings(node: Node) -> Json:
    made: Json = {"HttpMethod": "*", "ResourcePath": "/*", "MetricsEnabled": True, **throttling(node)}
    if settings.flag(node, "caching"):
        made |= {"CachingEnabled": True, "CacheTtlInSeconds": CACHE_S, "CacheDataEncrypted": True}
    return made


def preflight(scope: Scope) -> Json:
    """Let browsers call from one origin: the method by which the API answers their preflights itself."""
    said = {
        "Access-Control-Allow-Headers": "'authorization,content-type,x-api-key'",
        "Access-Control-Allow-Origin": _quoted(origin(scope)),
        "Vary": "'Origin'",
        "Access-Control-Allow-Methods": "'GET,POST,PUT,DELETE,OPTIONS'",
        "Access-Control-Max-Age": "'3600'",
    }
    headers = {f"method.response.header.{name}": value for name, value in said.items()}
    described = {name: {"schema": {"type": "string"}} for name in said}
    return {
        "responses": {"204": {"description": "preflight", "headers": described}},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": "{ statusCode: 200 }"},
            "responses": {"default": {"statusCode": "204", "responseParameters": headers}},
        },
    }


def _gateway_responses(scope: Scope) -> Json:
    """Browsers may read what the API itself answers, such as 401, from the allowed origin."""
    headers = {"Headers": {"Access-Control-Allow-Origin": _quoted(origin(scope))}}
    return {name: {"ResponseParameters": headers} for name in ("DEFAULT_4XX", "DEFAULT_5XX")}


def _quoted(value: Value) -> Value:
    return joined("'", value, "'")


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
        body["components"] = {"schemas": {"Item": ITEM}}
    if settings.flag(node, "private"):
        body["x-amazon-apigateway-policy"] = _only_from_endpoint(scope, node)
    return body


def endpoint_id(scope: Scope, node: Node) -> str:
    """Return the logical id of a private API's VPC endpoint."""
    return f"{scope.name(node.id)}Endpoint"


def _endpoint(scope: Scope, node: Node) -> Json:
    if not settings.flag(node, "private"):
        return {"Type": "REGIONAL"}
    id, group = endpoint_id(scope, node), f"{scope.name(node.id)}EndpointSecurityGroup"
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": Ref("CallerCidr"), "Description": "callers"}
    security = {
        "GroupDescription": "Callers of the private API",
        "VpcId": scope.vpc(),
        "SecurityGroupIngress": [https],
        "SecurityGroupEgress": NOTHING_OUT,
    }
    scope.add(group, "AWS::EC2::SecurityGroup", security, node=node.id)
    properties = {
        "VpcId": scope.vpc(),
        "ServiceName": joined("com.amazonaws.", REGION, ".execute-api"),
        "VpcEndpointType": "Interface",
        "PrivateDnsEnabled": True,
        "SubnetIds": scope.subnets(),
        "SecurityGroupIds": [Ref(group)],
    }
    scope.add(id, "AWS::EC2::VPCEndpoint", properties, node=node.id)
    return {"Type": "PRIVATE", "VPCEndpointIds": [Ref(id)]}


def _only_from_endpoint(scope: Scope, node: Node) -> Json:
    """Who comes through the VPC endpoint may call; everybody else is refused, whatever they are allowed elsewhere.

    Where callers sign, their own policies have to allow it too: a policy that lets in everybody would be enough for
    every role of the account.
    """
    everybody: Json = {"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": Ref(endpoint_id(scope, node))}}
    let_in: list[Json] = [{"Effect": "Allow", **everybody}]
    if signed(scope.architecture, node):
        account = {"AWS": account_root()}
        health = {**everybody, "Resource": "execute-api:/*/GET/health"}
        let_in = [{"Effect": "Allow", **everybody, "Principal": account}, {"Effect": "Allow", **health}]
    return {"Version": "2012-10-17", "Statement": [*let_in, {"Effect": "Deny", **everybody, "Condition": elsewhere}]}


def _keys(scope: Scope, node: Node) -> None:
    """One key for the first caller, and the plan that limits what it may ask for."""
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
    scope.output(f"{id}KeyId", Ref(f"{id}Key"), Text("Id of the API key", "API キーの ID"))
