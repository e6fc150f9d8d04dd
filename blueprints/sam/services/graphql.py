"""GraphQL: an AppSync API whose schema the project keeps, with a log of its own."""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.registry import own, service
from blueprints.sam.roles import log_group, role, trust
from blueprints.scope import Json, Scope
from blueprints.traits.appsync import schema_of
from blueprints.values import Att, FileText, joined, stack_name

PRINCIPAL = "appsync.amazonaws.com"
LOGS_POLICY = "service-role/AWSAppSyncPushToCloudWatchLogs"
MOST_RESOLVERS = 100
DEPTH = 8


def schema_id(scope: Scope, node: str) -> str:
    """Return the logical id of an API's schema: resolvers wait for it."""
    return f"{scope.name(node)}Schema"


@service("appsync", id=own("ApiId"), arn=own("Arn"), url=own("GraphQLUrl"), name=own("ApiId"))
def graphql_api(scope: Scope, node: Node) -> None:
    """An API with its schema; who may call and who answers are put in by the connections."""
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
        key, after = {"ApiId": Att(id, "ApiId")}, [schema_id(scope, node.id)]
        scope.add(f"{id}Key", "AWS::AppSync::ApiKey", key, node=node.id, depends=after)
    scope.output(f"{id}Url", Att(id, "GraphQLUrl"), Text("Address of the GraphQL API", "GraphQL API の URL"))
