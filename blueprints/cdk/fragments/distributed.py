"""Distributed databases on Aurora DSQL: a role in the database for each connection, and tokens of IAM as passwords."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context
from blueprints.cdk.fragments.databases import PROGRAMS
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, dsql, ec2
from blueprints.cdk.network import PRIVATE, VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, service
from blueprints.cdk.tree import THIS, Do, Expr, Let, Ref, Statement, Value
from blueprints.parameter_list import PEER_CLUSTER
from blueprints.traits import aurora_dsql, eks
from blueprints.traits.aurora_dsql import PORT


@service("aurora-dsql")
def cluster(context: Context, node: Node) -> Iterator[Statement]:
    """Make a cluster that is protected from deletion; with one in a second Region where both are written to."""
    options: dict[str, Value] = {}
    key = key_for(context, node)
    if key is not None:
        options["kms_encryption_key"] = key.key_arn
    if context.has("PeerClusterArn"):
        none = cdk.Fn.condition_equals(context.parameter("PeerClusterArn"), PEER_CLUSTER.default)
        there = cdk.CfnCondition(THIS, aurora_dsql.PEERED, expression=cdk.Fn.condition_not(none))
        yield Let("peer_is_there", there)
        peers = cdk.Fn.condition_if(
            Ref("peer_is_there").logical_id, [context.parameter("PeerClusterArn")], cdk.Aws.NO_VALUE
        )
        options["multi_region_properties"] = dsql.CfnCluster.MultiRegionPropertiesProperty(
            witness_region=context.parameter("WitnessRegion"), clusters=cdk.Token.as_list(peers)
        )
    yield Let(context.name(node.id), dsql.CfnCluster(THIS, context.id(node.id), **options))
    made = context.ref(node.id)
    protected = context.parameter("DeletionProtection")
    why = Text(
        "Set by its name: the option takes no parameter of a deployment.",
        "プロパティ名で設定する。オプションにはデプロイ時のパラメータを渡せない。",
    )
    yield Do(made.add_property_override("DeletionProtectionEnabled", protected), why)
    yield Do(made.apply_removal_policy(cdk.RemovalPolicy.RETAIN))
    if context.in_vpc(node.id):
        service = ec2.InterfaceVpcEndpointService(made.attr_vpc_endpoint_service_name, PORT)
        endpoint = ec2.InterfaceVpcEndpoint(
            THIS,
            context.id(node.id, "VpcEndpoint"),
            vpc=VPC,
            service=service,
            subnets=PRIVATE,
            security_groups=[context.ref(node.id, "SecurityGroup")],
            private_dns_enabled=True,
            open=False,
        )
        yield Let(context.name(node.id, "VpcEndpoint"), endpoint)
    words = Text("Host name of the database", "データベースのホスト名")
    yield output(context, context.id(node.id, "Endpoint"), made.attr_endpoint, words)
    arn = Text("ARN of the database", "データベースの ARN")
    yield output(context, context.id(node.id, "Arn"), made.attr_resource_arn, arn)
    yield output(context, context.id(node.id, "Id"), made.ref, Text("Id of the database", "データベースの ID"))


def used(context: Context, edge: Edge) -> Iterator[Statement]:
    """Say as which role a program reaches the database: `make tables` ties it to one of the database's own."""
    words = Text("Role by which the database is reached", "データベースに接続するロール")
    yield output(context, context.id(edge.id, "RoleArn"), role_arn(context, edge.source), words)


def role_arn(context: Context, program: str) -> Expr:
    """Return the role of a program; that of pods on Fargate is a plain resource."""
    node, role = context.node(program), context.ref(program, "Role")
    plain = node.service == "eks" and eks.engine(node) == eks.FARGATE
    return role.attr_arn if plain else role.role_arn


for _verb in aurora_dsql.PRIVILEGES:
    connection(PROGRAMS, _verb, ("aurora-dsql",))(used)
