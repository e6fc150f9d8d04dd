"""What a GraphQL API does: who may ask, and whether a table or a function answers."""

from advisor.architecture import Edge
from blueprints.registry import connection
from blueprints.sam.roles import role, trust
from blueprints.sam.services.graphql import PRINCIPAL, schema_id
from blueprints.scope import Json, Scope, allow
from blueprints.traits.appsync import MACHINE_VARIABLE, resolver_code, schema_of
from blueprints.values import DOMAIN, REGION, Att, FileText, Ref, joined

JAVASCRIPT = {"Name": "APPSYNC_JS", "RuntimeVersion": "1.0.0"}


@connection(["appsync"], "authorize", ["cognito"])
def asks_pool(scope: Scope, edge: Edge) -> None:
    """Let people of the user pool ask."""
    config = {"UserPoolId": Ref(scope.main(edge.target)), "AwsRegion": Ref("AWS::Region"), "DefaultAction": "ALLOW"}
    _authentication(scope, edge, {"AuthenticationType": "AMAZON_COGNITO_USER_POOLS", "UserPoolConfig": config})


@connection(["appsync"], "authorize", ["oidc"])
def asks_provider(scope: Scope, edge: Edge) -> None:
    """Let people of the existing provider ask."""
    config = {"Issuer": scope.of(edge.target, "issuer"), "ClientId": scope.of(edge.target, "audience")}
    _authentication(scope, edge, {"AuthenticationType": "OPENID_CONNECT", "OpenIDConnectConfig": config})
    scope.also(scope.main(edge.source), edge.target)


@connection(["appsync"], "authorize", ["iam-auth"])
def asks_signatures(scope: Scope, edge: Edge) -> None:
    """Let IAM callers ask."""
    _authentication(scope, edge, {"AuthenticationType": "AWS_IAM"})
    scope.also(scope.main(edge.source), edge.target)


def _authentication(scope: Scope, edge: Edge, properties: Json) -> None:
    scope.properties(scope.main(edge.source)).update(properties)
    scope.carry(scope.main(edge.source), edge.id)


@connection(["appsync"], "invoke", ["lambda"])
def function_answers(scope: Scope, edge: Edge) -> None:
    """Let the function answer every field: it gets the whole request and needs no mapping."""
    statement = allow("AskFunction", ["lambda:InvokeFunction"], [scope.of(edge.target, "arn")])
    config = {"Type": "AWS_LAMBDA", "LambdaConfig": {"LambdaFunctionArn": scope.of(edge.target, "arn")}}
    _source(scope, edge, config, [statement])
    _resolvers(scope, edge, code=False)


@connection(["appsync"], "read-write", ["dynamodb"])
def table_answers(scope: Scope, edge: Edge) -> None:
    """Let the table answer every field, through resolvers in JavaScript."""
    table = {"TableName": scope.of(edge.target, "name"), "AwsRegion": Ref("AWS::Region")}
    config = {"Type": "AMAZON_DYNAMODB", "DynamoDBConfig": table}
    _source(scope, edge, config, scope.statements(edge.source, edge.id))
    _resolvers(scope, edge, code=True)


@connection(["appsync"], "start", ["step-functions-express"])
def workflow_answers(scope: Scope, edge: Edge) -> None:
    """Let the workflow answer: a signed request runs it and waits."""
    api = scope.main(edge.source)
    scope.properties(api)["EnvironmentVariables"] = {MACHINE_VARIABLE: scope.of(edge.target, "arn")}
    signing = {"SigningRegion": Ref("AWS::Region"), "SigningServiceName": "states"}
    http = {
        "Endpoint": joined("https://sync-states.", REGION, ".", DOMAIN),
        "AuthorizationConfig": {"AuthorizationType": "AWS_IAM", "AwsIamConfig": signing},
    }
    _source(scope, edge, {"Type": "HTTP", "HttpConfig": http}, scope.statements(edge.source, edge.id))
    itself = {"ApiId": Att(api, "ApiId"), "Name": "Itself", "Type": "NONE"}
    scope.add(f"{api}ItselfDataSource", "AWS::AppSync::DataSource", itself, edge=edge.id)
    _resolvers(scope, edge, code=True)
    scope.properties(f"{api}HealthResolver")["DataSourceName"] = Att(f"{api}ItselfDataSource", "Name")


def _source_id(scope: Scope, edge: Edge) -> str:
    return f"{scope.name(edge.target)}DataSource"


def _source(scope: Scope, edge: Edge, config: Json, statements: list[Json]) -> None:
    api, id = scope.main(edge.source), _source_id(scope, edge)
    arn = role(scope, f"{id}Role", trust(PRINCIPAL, confined=True), statements, edge=edge.id)
    properties = {"ApiId": Att(api, "ApiId"), "Name": scope.name(edge.target), "ServiceRoleArn": arn, **config}
    scope.add(id, "AWS::AppSync::DataSource", properties, edge=edge.id)


def _resolvers(scope: Scope, edge: Edge, *, code: bool) -> None:
    api = scope.main(edge.source)
    schema = schema_of(scope.architecture, edge.source)
    for kind, fields in schema.fields.items():
        for field in fields:
            properties: Json = {
                "ApiId": Att(api, "ApiId"),
                "TypeName": kind,
                "FieldName": field,
                "DataSourceName": Att(_source_id(scope, edge), "Name"),
            }
            if code:
                path = schema.resolver_path(field)
                properties |= {"Runtime": JAVASCRIPT, "Code": FileText(path, resolver_code(path))}
            id = f"{api}{field[0].upper()}{field[1:]}Resolver"
            depends = [schema_id(scope, edge.source)]
            scope.add(id, "AWS::AppSync::Resolver", properties, edge=edge.id, depends=depends)
