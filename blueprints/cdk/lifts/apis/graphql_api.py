"""AppSync GraphQL APIs with their schema, API key and resolvers."""

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifts.compute.releases import invoked
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import appsync
from blueprints.cdk.tree import THIS, Call, Do, Expr, Let, ProjectPath, Value
from blueprints.traits.appsync import RESOLVER_RUNTIME
from blueprints.values import REGION, Att, FileText

_API = "AWS::AppSync::GraphQLApi"
_SCHEMA = "AWS::AppSync::GraphQLSchema"
_KEY = "AWS::AppSync::ApiKey"
_SOURCE = "AWS::AppSync::DataSource"
_RESOLVER = "AWS::AppSync::Resolver"
_POOL = "AWS::Cognito::UserPool"
_KINDS = {
    "API_KEY": appsync.AuthorizationType.API_KEY,
    "AWS_IAM": appsync.AuthorizationType.IAM,
    "AMAZON_COGNITO_USER_POOLS": appsync.AuthorizationType.USER_POOL,
    "OPENID_CONNECT": appsync.AuthorizationType.OIDC,
}
WHY_EXPIRY = Text(
    "Set on the resource itself: the construct accepts only a date, and without one, the key would expire in 7 days.",
    "リソースに直接設定します。コンストラクトは日付しか受け取らず、指定しない場合、キーは 7 日で失効します。",
)
#: Why the log of an API is not set by the option of its construct.
WHY_LOGS = Text(
    "Set on the resource: the log property of the L2 construct would add a Lambda function that sets the retention.",
    "リソースに直接設定します。L2 コンストラクトのログのプロパティを使うと、保持期間を設定する Lambda 関数が追加されます。",
)


@lift(
    _API,
    ref="arn",
    members={"Arn": "arn", "ApiId": "api_id", "GraphQLUrl": "graphql_url"},
    absorbs=(naming(_SCHEMA, "ApiId"), naming(_KEY, "ApiId")),
)
def graphql_api(lifter: Lifter, resource: Resource) -> Statements:
    """An API with its schema and, if callers use one, its API key."""
    callers = appsync.AuthorizationConfig(default_authorization=_callers(lifter, resource))
    options: dict[str, Value] = {
        "name": lifter.value(resource.take("Name")),
        "definition": appsync.Definition.from_file(_schema(resource)),
        "authorization_config": callers,
        "query_depth_limit": resource.take("QueryDepthLimit"),
        "resolver_count_limit": resource.take("ResolverCountLimit"),
        "xray_enabled": resource.take("XrayEnabled"),
    }
    if "EnvironmentVariables" in resource:
        options["environment_variables"] = lifter.value(resource.take("EnvironmentVariables"))
    yield Let(lifter.name(resource), appsync.GraphqlApi(THIS, resource.id, **options))
    logs = lifter.value(resource.take("LogConfig"))
    yield Do(lifter.ref(resource).node.default_child.add_property_override("LogConfig", logs), WHY_LOGS)
    yield from key_expiry(lifter, resource)


def key_expiry(lifter: Lifter, resource: Resource) -> Statements:
    """Set when the key of an API expires: the construct takes a date, but the deployment sets it with a parameter."""
    for key in resource.of_type(_KEY):
        expires = lifter.value(key.take("Expires"))
        yield Do(
            lifter.ref(resource).node.try_find_child("DefaultApiKey").add_property_override("Expires", expires),
            WHY_EXPIRY,
        )


def _schema(resource: Resource) -> Expr:
    """Consume the schema, which is a file of the project; the construct creates the key after it."""
    schemas, keys = resource.of_type(_SCHEMA), resource.of_type(_KEY)
    if len(schemas) != 1 or len(keys) != (resource.properties["AuthenticationType"] == "API_KEY"):
        resource.refuse("ApiId", [child.id for child in resource.children])
    (schema,) = schemas
    for child in (*schemas, *keys):
        child.expect("ApiId", Att(resource.id, "ApiId"))
    for key in keys:
        dependencies = key.depends()
        if dependencies != [schema.id]:
            key.refuse("DependsOn", dependencies)
    text = schema.take("Definition")
    if not isinstance(text, FileText):
        schema.refuse("Definition", text)
    return ProjectPath(text.path)


def _callers(lifter: Lifter, resource: Resource) -> Call:
    """Consume the authentication settings."""
    options: dict[str, Value] = {"authorization_type": resource.choose("AuthenticationType", _KINDS)}
    if "UserPoolConfig" in resource:
        config = resource.part("UserPoolConfig")
        config.expect("AwsRegion", REGION)
        config.expect("DefaultAction", "ALLOW")  # The construct's own default.
        pool = lifter.construct(config.take("UserPoolId"), _POOL)
        options["user_pool_config"] = appsync.UserPoolConfig(user_pool=pool)
    if "OpenIDConnectConfig" in resource:
        provider = resource.part("OpenIDConnectConfig")
        issuer, client = lifter.value(provider.take("Issuer")), lifter.value(provider.take("ClientId"))
        options["open_id_connect_config"] = appsync.OpenIdConnectConfig(oidc_provider=issuer, client_id=client)
    return appsync.AuthorizationMode(**options)


@lift(_SOURCE, ref="name", members={"Name": "name"})
def data_source(lifter: Lifter, resource: Resource) -> Statements:
    """A data source of an API, with the role that AppSync assumes."""
    common: dict[str, Value] = {
        "api": lifter.construct(resource.take("ApiId"), _API, "ApiId"),
        "name": resource.take("Name"),
    }
    kind, options = _SOURCES[resource.choose("Type", {source_type: source_type for source_type in _SOURCES})](
        lifter, resource
    )
    role = {"service_role": role_by_arn(lifter, resource.take("ServiceRoleArn"))} if options else {}
    yield Let(lifter.name(resource), kind(THIS, resource.id, **common, **options, **role))


def _function(lifter: Lifter, resource: Resource) -> tuple[Expr, dict[str, Value]]:
    arn = resource.part("LambdaConfig").take("LambdaFunctionArn")
    return appsync.LambdaDataSource, {"lambda_function": invoked(lifter, arn)}


def _table(lifter: Lifter, resource: Resource) -> tuple[Expr, dict[str, Value]]:
    config = resource.part("DynamoDBConfig")
    config.expect("AwsRegion", REGION)
    return appsync.DynamoDbDataSource, {"table": lifter.construct(config.take("TableName"), "AWS::DynamoDB::Table")}


def _address(lifter: Lifter, resource: Resource) -> tuple[Expr, dict[str, Value]]:
    config = resource.part("HttpConfig")
    checked = config.part("AuthorizationConfig")
    checked.expect("AuthorizationType", "AWS_IAM")
    signing = checked.part("AwsIamConfig")
    signed = appsync.AwsIamConfig(
        signing_region=lifter.value(signing.take("SigningRegion")),
        signing_service_name=signing.take("SigningServiceName"),
    )
    options = {"endpoint": lifter.value(config.take("Endpoint")), "authorization_config": signed}
    return appsync.HttpDataSource, options


def _none(_lifter: Lifter, _resource: Resource) -> tuple[Expr, dict[str, Value]]:
    return appsync.NoneDataSource, {}


_SOURCES = {"AWS_LAMBDA": _function, "AMAZON_DYNAMODB": _table, "HTTP": _address, "NONE": _none}


@lift(_RESOLVER, ref="arn")
def resolver(lifter: Lifter, resource: Resource) -> Statements:
    """A resolver: direct, or with JavaScript code."""
    api = resource.take("ApiId")
    lifter.construct(api, _API, "ApiId")
    data_source = resource.take("DataSourceName")
    source = lifter.construct(data_source, _SOURCE, "Name")
    if lifter.resources[data_source.resource].properties["ApiId"] != api:
        resource.refuse("ApiId", api)
    dependencies = resource.depends()
    if dependencies != [schema.id for schema in lifter.resources[api.resource].of_type(_SCHEMA)]:
        resource.refuse("DependsOn", dependencies)
    options: dict[str, Value] = {"type_name": resource.take("TypeName"), "field_name": resource.take("FieldName")}
    if "Code" in resource:
        resource.expect("Runtime", RESOLVER_RUNTIME)
        options["runtime"] = appsync.FunctionRuntime.JS_1_0_0
        options["code"] = appsync.Code.from_inline(lifter.value(resource.take("Code")))
    yield Do(source.create_resolver(resource.id, **options))
