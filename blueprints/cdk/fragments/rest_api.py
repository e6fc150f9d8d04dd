"""REST APIs: validation, caching, throttling, keys and privacy at the door; a function or a service answers."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.authorizers import ANSWER_KEPT_S
from blueprints.cdk.context import Context
from blueprints.cdk.entry import access_log_format, api_name, identity_of
from blueprints.cdk.fragments.authorizers import FUNCTION, checking_function
from blueprints.cdk.modules import apigateway, cdk, ec2, iam
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, Ref, Statement, Value, Words
from blueprints.routes import signed

SERVICE = "api-gateway-rest"
CACHE_GIB = "0.5"
CACHE_S = 60
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "method:httpMethod", "path", "status")

granted(("client",), ("request",), (SERVICE,))
granted((SERVICE,), ("authorize",), ("cognito", "oidc", "iam-auth"))


@service(SERVICE)
def api(context: Context, node: Node) -> Iterator[Statement]:
    """Make the API with its stage; methods come from the connections."""
    yield log_group(context, node.id, "AccessLogs")
    options: dict[str, Value] = {
        "rest_api_name": api_name(context, node),
        "cloud_watch_role": False,
        "deploy_options": apigateway.StageOptions(**_stage(context, node)),
    }
    if settings.flag(node, "private"):
        yield from _endpoint(context, node)
        options |= _private(context, node)
    else:
        options["endpoint_types"] = [apigateway.EndpointType.REGIONAL]
    yield Let(context.name(node.id), apigateway.RestApi(THIS, context.id(node.id), **options))
    yield from _named_stage(context, node)
    why = Text("The address is an output of this stack by a name of its own.", "URL は独自の名前で出力する。")
    yield Do(context.ref(node.id).node.try_remove_child("Endpoint"), why)
    if not settings.flag(node, "private"):
        yield from _answers_of_its_own(context, node)
    yield from _checks(context, node)
    if settings.flag(node, "api_keys"):
        yield from _keys(context, node)
    words = Text("Address of the API", "API の URL")
    yield output(context, context.id(node.id, "Url"), context.value_of(node.id, "url"), words)


def _stage(context: Context, node: Node) -> dict[str, Value]:
    log = apigateway.LogGroupLogDestination(context.ref(node.id, "AccessLogs"))
    found: dict[str, Value] = {
        "access_log_destination": log,
        "access_log_format": apigateway.AccessLogFormat.custom(access_log_format(_LOGGED)),
        "metrics_enabled": True,
        "tracing_enabled": True,
        "throttling_rate_limit": settings.number(node, "throttle_rate"),
        "throttling_burst_limit": settings.number(node, "throttle_burst"),
    }
    if settings.flag(node, "caching"):
        found |= {
            "caching_enabled": True,
            "cache_cluster_enabled": True,
            "cache_cluster_size": CACHE_GIB,
            "cache_ttl": cdk.Duration.seconds(CACHE_S),
            "cache_data_encrypted": True,
        }
    return found


def _named_stage(context: Context, node: Node) -> Iterator[Statement]:
    stage = context.ref(node.id).deployment_stage
    why = Text(
        "The stage is called after the environment, which is only known at deployment.",
        "ステージ名は環境名。デプロイ時まで決まらない。",
    )
    name = context.parameter("Environment")
    yield Do(stage.node.default_child.add_property_override("StageName", name), why)
    yield Do(stage.node.add_dependency(Ref("api_gateway_account")))


def _answers_of_its_own(context: Context, node: Node) -> Iterator[Statement]:
    """Let browsers of the allowed origin ask first, and read what the API itself answers, such as 401."""
    origin = context.allowed_origin()
    preflight = apigateway.CorsOptions(
        allow_origins=[origin],
        allow_methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"],
        allow_headers=["authorization", "content-type", "x-api-key"],
        max_age=cdk.Duration.hours(1),
    )
    yield Let(context.name(node.id, "Preflight"), preflight)
    parts = origin._parts if isinstance(origin, Words) else (origin,)
    headers: dict[str, Value] = {"Access-Control-Allow-Origin": Words("'", *parts, "'")}
    for kind in ("DEFAULT_4_XX", "DEFAULT_5_XX"):
        response: Value = getattr(apigateway.ResponseType, kind)
        id = "".join(part.title() for part in kind.split("_"))
        yield Do(context.ref(node.id).add_gateway_response(id, type=response, response_headers=headers))


def _checks(context: Context, node: Node) -> Iterator[Statement]:
    """Make what methods share: who checks callers, and what a new item must look like."""
    identity = identity_of(context, node.id)
    if identity is not None and identity.service == "cognito":
        id, pools = context.id(node.id, "Authorizer"), [context.ref(identity.id)]
        made = apigateway.CognitoUserPoolsAuthorizer(THIS, id, cognito_user_pools=list(pools))
        yield Let(context.name(node.id, "Authorizer"), made)
    elif identity is not None and identity.service == "oidc":
        yield from _checks_by_function(context, node)
    if settings.flag(node, "validation"):
        yield Let(context.name(node.id, "Item"), context.ref(node.id).add_model("Item", schema=_item()))
        validator = context.ref(node.id).add_request_validator(
            "Validator", validate_request_body=True, validate_request_parameters=True
        )
        yield Let(context.name(node.id, "Validator"), validator)


def _checks_by_function(context: Context, node: Node) -> Iterator[Statement]:
    yield from checking_function(context, node.id)
    made = apigateway.TokenAuthorizer(
        THIS,
        context.id(node.id, "Authorizer"),
        handler=context.ref(node.id, FUNCTION),
        results_cache_ttl=cdk.Duration.seconds(ANSWER_KEPT_S),
    )
    why = Text(
        "A REST API knows the tokens of user pools only: a function checks those of another provider.",
        "REST API が検証できるのはユーザープールのトークンだけなので、他のプロバイダーのトークンは関数で検証する。",
    )
    yield Let(context.name(node.id, "Authorizer"), made, why)


def _item() -> Call:
    text = apigateway.JsonSchema(type=apigateway.JsonSchemaType.STRING, min_length=1, max_length=200)
    return apigateway.JsonSchema(type=apigateway.JsonSchemaType.OBJECT, required=["name"], properties={"name": text})


def _endpoint(context: Context, node: Node) -> Iterator[Statement]:
    """Make the VPC endpoint by which callers of a private API come in."""
    group = ec2.SecurityGroup(
        THIS,
        context.id(node.id, "EndpointSecurityGroup"),
        vpc=VPC,
        description="Callers of the private API",
        allow_all_outbound=False,
    )
    yield Let(context.name(node.id, "EndpointSecurityGroup"), group)
    callers = ec2.Peer.ipv4(context.parameter("CallerCidr"))
    made = context.ref(node.id, "EndpointSecurityGroup")
    yield Do(made.add_ingress_rule(callers, ec2.Port.tcp(443), "callers"))
    endpoint = ec2.InterfaceVpcEndpoint(
        THIS,
        context.id(node.id, "Endpoint"),
        vpc=VPC,
        subnets=PRIVATE,
        service=ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
        private_dns_enabled=True,
        security_groups=[made],
        open=False,
    )
    yield Let(context.name(node.id, "Endpoint"), endpoint)


def _private(context: Context, node: Node) -> dict[str, Value]:
    """Let callers in who come through the endpoint, and refuse everybody else.

    Where callers sign, their own policies have to allow it too: a policy that lets in everybody would be enough for
    every role of the account.
    """
    endpoint = context.ref(node.id, "Endpoint")
    everybody: dict[str, Value] = {
        "principals": [iam.StarPrincipal()],
        "actions": ["execute-api:Invoke"],
        "resources": ["execute-api:/*"],
    }
    elsewhere = {"StringNotEquals": {"aws:SourceVpce": endpoint.vpc_endpoint_id}}
    let_in = [iam.PolicyStatement(**everybody)]
    if signed(context.architecture, node):
        account = {**everybody, "principals": [iam.AccountRootPrincipal()]}
        health = {**everybody, "resources": ["execute-api:/*/GET/health"]}
        let_in = [iam.PolicyStatement(**account), iam.PolicyStatement(**health)]
    refused = iam.PolicyStatement(effect=iam.Effect.DENY, **everybody, conditions=elsewhere)
    configuration = apigateway.EndpointConfiguration(types=[apigateway.EndpointType.PRIVATE], vpc_endpoints=[endpoint])
    return {
        "endpoint_configuration": configuration,
        "policy": iam.PolicyDocument(statements=[*let_in, refused]),
    }


def _keys(context: Context, node: Node) -> Iterator[Statement]:
    """Make one key for the first caller, and the plan that limits what it may ask for."""
    stage = context.ref(node.id).deployment_stage
    limits = apigateway.ThrottleSettings(
        rate_limit=settings.number(node, "throttle_rate"), burst_limit=settings.number(node, "throttle_burst")
    )
    stages = [apigateway.UsagePlanPerApiStage(api=context.ref(node.id), stage=stage)]
    plan = apigateway.UsagePlan(THIS, context.id(node.id, "Plan"), throttle=limits, api_stages=list(stages))
    yield Let(context.name(node.id, "Plan"), plan)
    key = apigateway.ApiKey(THIS, context.id(node.id, "Key"), stages=[stage])
    yield Let(context.name(node.id, "Key"), key)
    yield Do(context.ref(node.id, "Plan").add_api_key(context.ref(node.id, "Key")))
    words = Text("Id of the API key", "API キーの ID")
    yield output(context, context.id(node.id, "KeyId"), context.ref(node.id, "Key").key_id, words)
