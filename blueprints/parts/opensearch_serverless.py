"""OpenSearch Serverless collections with their network, encryption and access policies."""

from advisor.architecture import Edge, Node
from advisor.requirements import availability
from blueprints.plan.customer_key import FINDING, KeyUse
from blueprints.plan.network import used_from_outside
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import connection, encrypted, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import opensearch_serverless
from blueprints.values import ACCOUNT, Att, Named, Ref, Value, unique
from blueprints.values.json_text import JsonText

_POLICY = "AWS::OpenSearchServerless::SecurityPolicy"


def _name(_scope: Scope, node: Node) -> Value:
    return unique(opensearch_serverless.name(node))


def _called(node: Node) -> Named:
    """Return a collection's name, as its policies refer to it."""
    return Named("Collection", unique(opensearch_serverless.name(node)))


@service(
    "opensearch-serverless",
    arn=own("Arn"),
    id=own("Id"),
    name=_name,
    account=lambda _scope, _node: ACCOUNT,
    endpoint=own("CollectionEndpoint"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def collection(scope: Scope, node: Node) -> None:
    """A search collection. Its index can be rebuilt from the source data: it is deleted with its stack."""
    id, name = scope.name(node.id), unique(opensearch_serverless.name(node))
    within = scope.plan.network is not None and node.id in scope.plan.network.members
    if within:
        endpoint = {
            "Name": name,
            "VpcId": scope.vpc(),
            "SubnetIds": scope.subnets(),
            "SecurityGroupIds": [Ref(f"{id}SecurityGroup")],
        }
        scope.add(f"{id}VpcEndpoint", "AWS::OpenSearchServerless::VpcEndpoint", endpoint, node=node.id)
    endpoints = [Att(f"{id}VpcEndpoint", "Id")] * within
    reached = opensearch_serverless.network_policy(
        _called(node), endpoints, public=used_from_outside(scope.architecture, node)
    )
    network = {"Name": name, "Type": "network", "Policy": JsonText(reached, "compact")}
    scope.add(f"{id}Network", _POLICY, network, node=node.id)
    redundant = availability.in_two_zones(scope.plan.design.requirements)
    replicas = "ENABLED" if redundant else "DISABLED"
    properties: Json = {
        "Name": name,
        "Type": "SEARCH",
        "StandbyReplicas": replicas,
        "EncryptionConfig": {"AWSOwnedKey": True},
    }
    depends = [f"{id}Network"]
    if opensearch_serverless.pauses(node):
        capacity = {"MinIndexingCapacityInOcu": 0, "MinSearchCapacityInOcu": 0}
        group: Json = {"Name": name, "Generation": "NEXTGEN", "StandbyReplicas": replicas, "CapacityLimits": capacity}
        scope.add(f"{id}Group", "AWS::OpenSearchServerless::CollectionGroup", group, node=node.id)
        properties["CollectionGroupName"] = name
        depends.append(f"{id}Group")
    scope.add(id, "AWS::OpenSearchServerless::Collection", properties, node=node.id, depends=depends)
    words = "Endpoint of the collection"
    scope.output(f"{id}Endpoint", Att(id, "CollectionEndpoint"), words)


def grants_access(scope: Scope, edge: Edge) -> None:
    """Allow only the program's role the actions of the connection on the index of the store."""
    node = scope.architecture.node(edge.target)
    role = Named("Role", Att(f"{scope.name(edge.source)}Role", "Arn"))
    policy = opensearch_serverless.access_policy(_called(node), node.subject, edge.verb, role)
    properties = {
        "Name": unique(opensearch_serverless.access_name(scope.architecture, edge)),
        "Type": "data",
        "Policy": JsonText(policy, "compact"),
    }
    scope.add(f"{scope.name(edge.id)}Access", "AWS::OpenSearchServerless::AccessPolicy", properties, edge=edge.id)


for _verb in opensearch_serverless.PERMISSIONS:
    connection(PROGRAMS, _verb, ["opensearch-serverless"])(grants_access)


# The caller that chooses the key needs DescribeKey and CreateGrant; the grant lets the service decrypt and generate data keys:
# https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html (read 2026-12-01).
@encrypted("AWS::OpenSearchServerless::Collection", KeyUse("aoss", FINDING, grants=True))
def _under_key(properties: Json, arn: Value) -> None:
    properties["EncryptionConfig"] = {"KmsKeyArn": arn}
