"""GraphQL APIs on AppSync: schema, authorization modes, and resolvers on a table, a function or a workflow."""

from advisor.architecture import Edge, Node
from blueprints.parameters.entries import API_KEY_EXPIRY
from blueprints.shared.logs import log_group
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits.appsync import MACHINE_VARIABLE, RESOLVER_RUNTIME, SUBSCRIPTION, resolver_code, schema_of
from blueprints.values import DOMAIN, REGION, Att, FileText, Ref, joined, stack_name

PRINCIPAL = "appsync.amazonaws.com"
LOGS_POLICY = "service-role/AWSAppSyncPushToCloudWatchLogs"
MOST_RESOLVERS = 100
DEPTH = 8

carried(["client"], ["request"], ["appsync"], by="target")


def schema_id(scope: Scope, node: str) -> str:
    """Return the logical id of an API's schema: resolvers wait for it."""
    return f"{scope.name(node)}Schema"


@service("appsync", id=own("ApiId"), arn=own("Arn"), url=own("GraphQLUrl"), name=own("ApiId"))
def graphql_api(scope: Scope, node: Node) -> None:
    """An API with its schema; its connections add authorization modes and resolvers."""
    id = scope.name(node.id)
    logs = role(scope, f"{id}LogsRole", trust(PRINCIPAL, confined=True), [], node=node.id, policies=[LOGS_POLICY])
    properties: Json = {
        "Name": stack_name(id),
        "AuthenticationType": "API_KEY",
        "XrayEnabled": True,
        "QueryDepthLimit": DEPTH,
        "ResolverCountLimit": MOST_RESOLVERS,
        "LogConfig": {"CloudWatchLogsRoleArn": logs, "FieldLogLevel": "ERROR", "ExcludeVerboseContent": True},
    }
    scope.add(id, "AWS::AppSync::GraphQLApi", properties, node=node.id)
    group = joined("/aws/appsync/apis/", Att(id, "ApiId"))
    log_group(scope, f"{id}Logs", node=node.id, name=group)
    schema = schema_of(scope.architecture, node.id)
    properties = {"ApiId": Att(id, "ApiId"), "Definition": FileText(schema.path, schema.text)}
    scope.add(schema_id(scope, node.id), "AWS::AppSync::GraphQLSchema", properties, node=node.id)
    scope.files[schema.path] = schema.text.encode()
    if not scope.architecture.leaving(node.id, "authorize"):
        key, after = {"ApiId": Att(id, "ApiId"), "Expires": Ref(API_KEY_EXPIRY.id)}, [schema_id(scope, node.id)]
        scope.add(f"{id}Key", "AWS::AppSync::ApiKey", key, node=node.id, depends=after)
        scope.output(f"{id}Id", Att(id, "ApiId"), "ID of the API, with which its API key is found")
    scope.output(f"{id}Url", Att(id, "GraphQLUrl"), "URL of the GraphQL API")


@connection(["appsync"], "authorize", ["cognito"])
def authorizes_user_pool(scope: Scope, edge: Edge) -> None:
    """Authorize users of the user pool."""
    config = {"UserPoolId": Ref(scope.main(edge.target)), "AwsRegion": Ref("AWS::Region"), "DefaultAction": "ALLOW"}
    _authentication(scope, edge, {"AuthenticationType": "AMAZON_COGNITO_USER_POOLS", "UserPoolConfig": config})


@connection(["appsync"], "authorize", ["oidc"])
def authorizes_oidc_provider(scope: Scope, edge: Edge) -> None:
    """Authorize users of the existing OIDC provider."""
    config = {"Issuer": scope.of(edge.target, "issuer"), "ClientId": scope.of(edge.target, "audience")}
    _authentication(scope, edge, {"AuthenticationType": "OPENID_CONNECT", "OpenIDConnectConfig": config})
    scope.also(scope.main(edge.source), edge.target)


@connection(["appsync"], "authorize", ["iam-auth"])
def authorizes_iam(scope: Scope, edge: Edge) -> None:
    """Authorize IAM callers."""
    _authentication(scope, edge, {"AuthenticationType": "AWS_IAM"})
    scope.also(scope.main(edge.source), edge.target)


def _authentication(scope: Scope, edge: Edge, properties: Json) -> None:
    scope.properties(scope.main(edge.source)).update(properties)
    scope.carry(scope.main(edge.source), edge.id)


@connection(["appsync"], "invoke", ["lambda"])
def function_resolves(scope: Scope, edge: Edge) -> None:
    """Resolve every field with the function: it receives the whole context and needs no mapping."""
    statement = allow("InvokeFunction", ["lambda:InvokeFunction"], [scope.of(edge.target, "arn")])
    config = {"Type": "AWS_LAMBDA", "LambdaConfig": {"LambdaFunctionArn": scope.of(edge.target, "arn")}}
    _data_source(scope, edge, config, [statement])
    _resolvers(scope, edge, code=False)


@connection(["appsync"], "read-write", ["dynamodb"])
def table_resolves(scope: Scope, edge: Edge) -> None:
    """Resolve every field with the table, by JavaScript resolvers."""
    table = {"TableName": scope.of(edge.target, "name"), "AwsRegion": Ref("AWS::Region")}
    config = {"Type": "AMAZON_DYNAMODB", "DynamoDBConfig": table}
    _data_source(scope, edge, config, scope.statements(edge.source, edge.id))
    _resolvers(scope, edge, code=True)


@connection(["appsync"], "start", ["step-functions-express"])
def workflow_resolves(scope: Scope, edge: Edge) -> None:
    """Resolve the mutation with the workflow: a signed request starts it and waits for the result."""
    api = scope.main(edge.source)
    scope.properties(api)["EnvironmentVariables"] = {MACHINE_VARIABLE: scope.of(edge.target, "arn")}
    signing = {"SigningRegion": Ref("AWS::Region"), "SigningServiceName": "states"}
    http = {
        "Endpoint": joined("https://sync-states.", REGION, ".", DOMAIN),
        "AuthorizationConfig": {"AuthorizationType": "AWS_IAM", "AwsIamConfig": signing},
    }
    _data_source(scope, edge, {"Type": "HTTP", "HttpConfig": http}, scope.statements(edge.source, edge.id))
    _itself(scope, edge)
    _resolvers(scope, edge, code=True)
    scope.properties(f"{api}HealthResolver")["DataSourceName"] = Att(f"{api}ItselfDataSource", "Name")


def _itself(scope: Scope, edge: Edge) -> str:
    """Add the data source of fields that the API itself resolves, and return its logical id."""
    api = scope.main(edge.source)
    itself = {"ApiId": Att(api, "ApiId"), "Name": "Itself", "Type": "NONE"}
    scope.add(f"{api}ItselfDataSource", "AWS::AppSync::DataSource", itself, edge=edge.id)
    return f"{api}ItselfDataSource"


def _data_source_id(scope: Scope, edge: Edge) -> str:
    return f"{scope.name(edge.target)}DataSource"


def _data_source(scope: Scope, edge: Edge, config: Json, statements: list[Json]) -> None:
    api, id = scope.main(edge.source), _data_source_id(scope, edge)
    arn = role(scope, f"{id}Role", trust(PRINCIPAL, confined=True), statements, edge=edge.id)
    properties = {"ApiId": Att(api, "ApiId"), "Name": scope.name(edge.target), "ServiceRoleArn": arn, **config}
    scope.add(id, "AWS::AppSync::DataSource", properties, edge=edge.id)


def _resolvers(scope: Scope, edge: Edge, *, code: bool) -> None:
    api = scope.main(edge.source)
    schema = schema_of(scope.architecture, edge.source)
    for kind, fields in schema.fields.items():
        own = kind == SUBSCRIPTION
        source = _itself(scope, edge) if own else _data_source_id(scope, edge)
        for field in fields:
            properties: Json = {
                "ApiId": Att(api, "ApiId"),
                "TypeName": kind,
                "FieldName": field,
                "DataSourceName": Att(source, "Name"),
            }
            if code or own:
                path = schema.resolver_path(kind, field)
                properties |= {"Runtime": RESOLVER_RUNTIME, "Code": FileText(path, resolver_code(path))}
            id = f"{api}{field[0].upper()}{field[1:]}Resolver"
            depends = [schema_id(scope, edge.source)]
            scope.add(id, "AWS::AppSync::Resolver", properties, edge=edge.id, depends=depends)
