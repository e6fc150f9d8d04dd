"""Distributed databases on Aurora DSQL: a role in the database for each connection, and tokens of IAM as passwords."""

from advisor.architecture import Edge, Node
from blueprints.parameters.data import PEER_CLUSTER
from blueprints.plan.customer_key import ALL_THROUGH, KeyUse
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import connection, encrypted_by, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import aurora_dsql
from blueprints.traits.database_roles import PRIVILEGES
from blueprints.values import Att, Fn, Ref

encrypted_by("AWS::DSQL::Cluster", "KmsEncryptionKey", KeyUse("dsql", ALL_THROUGH))


@service(
    "aurora-dsql",
    arn=own("ResourceArn"),
    name=itself,
    endpoint=own("Endpoint"),
    private_endpoint=own("VpcEndpoint"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def cluster(scope: Scope, node: Node) -> None:
    """A cluster with deletion protection, and a peer in a second Region if both are written to."""
    id = scope.name(node.id)
    properties: Json = {"DeletionProtectionEnabled": Ref("DeletionProtection")}
    if scope.has("PeerClusterArn"):
        scope.conditions[aurora_dsql.PEERED] = Fn("Not", [Fn("Equals", [Ref("PeerClusterArn"), PEER_CLUSTER.default])])
        peers = Fn("If", [aurora_dsql.PEERED, [Ref("PeerClusterArn")], Ref("AWS::NoValue")])
        properties["MultiRegionProperties"] = {"WitnessRegion": Ref("WitnessRegion"), "Clusters": peers}
    scope.add(id, "AWS::DSQL::Cluster", properties, node=node.id, kept="Retain")
    if scope.plan.network is not None and node.id in scope.plan.network.members:
        endpoint = {
            "VpcEndpointType": "Interface",
            "ServiceName": Att(id, "VpcEndpointServiceName"),
            "PrivateDnsEnabled": True,
            "VpcId": scope.vpc(),
            "SubnetIds": scope.subnets(),
            "SecurityGroupIds": [Ref(f"{id}SecurityGroup")],
        }
        scope.add(f"{id}VpcEndpoint", "AWS::EC2::VPCEndpoint", endpoint, node=node.id)
    scope.output(f"{id}Endpoint", Att(id, "Endpoint"), "Host name of the database")
    scope.output(f"{id}Arn", Att(id, "ResourceArn"), "ARN of the database cluster")
    scope.output(f"{id}Id", Ref(id), "ID of the database cluster")


def outputs_role(scope: Scope, edge: Edge) -> None:
    """Output the IAM role of a program: `make tables` maps it to a role of the database."""
    scope.carry(scope.main(edge.source), edge.id)
    words = "Role for access to the database"
    scope.output(f"{scope.name(edge.id)}RoleArn", Att(f"{scope.name(edge.source)}Role", "Arn"), words)


for _verb in PRIVILEGES:
    connection(PROGRAMS, _verb, ["aurora-dsql"])(outputs_role)
