"""GraphQL: an AppSync API whose schema the project keeps, answered by a table or by a function."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context, allow
from blueprints.cdk.entry import api_name, identity_of
from blueprints.cdk.modules import appsync, cdk
from blueprints.cdk.observability import log_group
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Call, Do, Let, ProjectPath, ProjectText, Statement, Value, Words
from blueprints.traits.appsync import MACHINE_VARIABLE, schema_of

PRINCIPAL = "appsync.amazonaws.com"
LOGS_POLICY = "service-role/AWSAppSyncPushToCloudWatchLogs"
MOST_RESOLVERS = 100
DEPTH = 8

granted(("client",), ("request",), ("appsync",))
granted(("appsync",), ("authorize",), ("cognito", "oidc", "iam-auth"))


@service("appsync")
def api(context: Context, node: Node) -> Iterator[Statement]:
    """Make the API with its schema and its log; who answers is put in by the connections."""
    policies = (LOGS_POLICY,)
    yield context.role(node.id, PRINCIPAL, (), "LogsRole", policies=policies, confined=True)
    made = appsync.GraphqlApi(
        THIS,
        context.id(node.id),
        name=api_name(context, node),
        definition=appsync.Definition.from_file(ProjectPath(schema_of(context.architecture, node.id).path)),
        authorization_config=appsync.AuthorizationConfig(default_authorization=_callers(context, node)),
        query_depth_limit=DEPTH,
        resolver_count_limit=MOST_RESOLVERS,
        xray_enabled=True,
    )
    yield Let(context.name(node.id), made)
    config: dict[str, Value] = {
        "CloudWatchLogsRoleArn": context.ref(node.id, "LogsRole").role_arn,
        "FieldLogLevel": "ERROR",
        "ExcludeVerboseContent": True,
    }
    why = Text(
        "Set on the resource itself: `log_config` would add a function that sets the log's retention.",
        "リソースに直接設定する。log_config を使うと、ログの保持期間を設定する関数が追加される。",
    )
    yield Do(context.ref(node.id).node.default_child.add_property_override("LogConfig", config), why)
    group = Words("/aws/appsync/apis/", context.ref(node.id).api_id)
    yield log_group(context, node.id, name=group)
    words = Text("Address of the GraphQL API", "GraphQL API の URL")
    yield output(context, context.id(node.id, "Url"), context.ref(node.id).graphql_url, words)


def _callers(context: Context, node: Node) -> Call:
    identity = identity_of(context, node.id)
    kinds = appsync.AuthorizationType
    if identity is None:
        return appsync.AuthorizationMode(authorization_type=kinds.API_KEY)
    if identity.service == "cognito":
        pool = appsync.UserPoolConfig(user_pool=context.ref(identity.id))
        return appsync.AuthorizationMode(authorization_type=kinds.USER_POOL, user_pool_config=pool)
    if identity.service == "oidc":
        provider = appsync.OpenIdConnectConfig(
            oidc_provider=context.value_of(identity.id, "issuer"), client_id=context.value_of(identity.id, "audience")
        )
        return appsync.AuthorizationMode(authorization_type=kinds.OIDC, open_id_connect_config=provider)
    return appsync.AuthorizationMode(authorization_type=kinds.IAM)


@connection(("appsync",), "invoke", ("lambda",))
def function_answers(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the function answer every field: it gets the whole request and needs no mapping."""
    statement = allow("AskFunction", ("lambda:InvokeFunction",), [context.value_of(edge.target, "arn")])
    yield context.role(edge.target, PRINCIPAL, [statement], "DataSourceRole", confined=True)
    source: dict[str, Value] = {"lambda_function": context.ref(edge.target)}
    yield _source(
        context,
        edge,
        appsync.LambdaDataSource(THIS, context.id(edge.target, "DataSource"), **_common(context, edge, source)),
    )
    yield from _resolvers(context, edge, code=False)


@connection(("appsync",), "read-write", ("dynamodb",))
def table_answers(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the table answer every field, through resolvers in JavaScript."""
    allowed = context.statements(edge.source, edge.id)
    yield context.role(edge.target, PRINCIPAL, allowed, "DataSourceRole", confined=True)
    source: dict[str, Value] = {"table": context.ref(edge.target)}
    yield _source(
        context,
        edge,
        appsync.DynamoDbDataSource(THIS, context.id(edge.target, "DataSource"), **_common(context, edge, source)),
    )
    yield from _resolvers(context, edge, code=True)


@connection(("appsync",), "start", ("step-functions-express",))
def workflow_answers(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the workflow answer: a signed request runs it and waits."""
    api, machine = context.ref(edge.source), context.value_of(edge.target, "arn")
    yield Do(api.add_environment_variable(MACHINE_VARIABLE, machine))
    allowed = context.statements(edge.source, edge.id)
    yield context.role(edge.target, PRINCIPAL, allowed, "DataSourceRole", confined=True)
    source: dict[str, Value] = {
        "endpoint": Words("https://sync-states.", cdk.Aws.REGION, ".", cdk.Aws.URL_SUFFIX),
        "authorization_config": appsync.AwsIamConfig(signing_region=cdk.Aws.REGION, signing_service_name="states"),
    }
    made = appsync.HttpDataSource(THIS, context.id(edge.target, "DataSource"), **_common(context, edge, source))
    yield _source(context, edge, made)
    itself = appsync.NoneDataSource(THIS, context.id(edge.source, "ItselfDataSource"), api=api, name="Itself")
    yield Let(context.name(edge.source, "ItselfDataSource"), itself)
    yield from _resolvers(context, edge, code=True)


def _common(context: Context, edge: Edge, source: dict[str, Value]) -> dict[str, Value]:
    role = context.assumed(edge.target, "DataSourceRole")
    return {"api": context.ref(edge.source), "name": context.id(edge.target), **source, "service_role": role}


def _source(context: Context, edge: Edge, made: Call) -> Let:
    return Let(context.name(edge.target, "DataSource"), made)


def _resolvers(context: Context, edge: Edge, *, code: bool) -> Iterator[Statement]:
    schema = schema_of(context.architecture, edge.source)
    for kind, fields in schema.fields.items():
        for field in fields:
            local = field == "health"
            source = context.ref(*((edge.source, "ItselfDataSource") if local else (edge.target, "DataSource")))
            options: dict[str, Value] = {"type_name": kind, "field_name": field}
            if code:
                options["runtime"] = appsync.FunctionRuntime.JS_1_0_0
                options["code"] = appsync.Code.from_inline(ProjectText(schema.resolver_path(field)))
            id = context.id(edge.source, f"{field[0].upper()}{field[1:]}Resolver")
            yield Do(source.create_resolver(id, **options))
