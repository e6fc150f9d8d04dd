"""Search collections on OpenSearch Serverless: policies say how one is reached and used."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context, unique
from blueprints.cdk.fragments.databases import PROGRAMS
from blueprints.cdk.fragments.distributed import role_arn
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import cdk, opensearch
from blueprints.cdk.network import VPC
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, service
from blueprints.cdk.tree import THIS, Do, Let, Ref, Statement, Value
from blueprints.network import used_from_outside
from blueprints.traits import opensearch_serverless, rds


@service("opensearch-serverless")
def collection(context: Context, node: Node) -> Iterator[Statement]:
    """Make a collection for searches. It holds copies, which are made anew from what they are of: it goes with its stack."""
    name, key = unique(opensearch_serverless.name(node)), key_for(context, node)
    put: dict[str, Value] = {"Collection": name}
    within = context.in_vpc(node.id)
    if within:
        endpoint = opensearch.CfnVpcEndpoint(
            THIS,
            context.id(node.id, "VpcEndpoint"),
            name=name,
            vpc_id=VPC.vpc_id,
            subnet_ids=Ref("subnet_ids"),
            security_group_ids=[context.ref(node.id, "SecurityGroup").security_group_id],
        )
        yield Let(context.name(node.id, "VpcEndpoint"), endpoint)
    reached = opensearch_serverless.network(
        "${Collection}", ["${Endpoint}"] * within, public=used_from_outside(context.architecture, node)
    )
    by = {**put, "Endpoint": context.ref(node.id, "VpcEndpoint").attr_id} if within else put
    policy = opensearch.CfnSecurityPolicy(
        THIS, context.id(node.id, "Network"), name=name, type="network", policy=cdk.Fn.sub(reached, by)
    )
    yield Let(context.name(node.id, "Network"), policy)
    encrypted: dict[str, Value] = {"aws_owned_key": True} if key is None else {"kms_key_arn": key.key_arn}
    redundant = rds.in_two_zones(context.plan.design.requirements)
    made = opensearch.CfnCollection(
        THIS,
        context.id(node.id),
        name=name,
        type="SEARCH",
        standby_replicas="ENABLED" if redundant else "DISABLED",
        encryption_config=opensearch.CfnCollection.EncryptionConfigProperty(**encrypted),
    )
    yield Let(context.name(node.id), made)
    yield Do(context.ref(node.id).add_resource_dependency(context.ref(node.id, "Network")))
    words = Text("Address of the collection", "コレクションのアドレス")
    yield output(context, context.id(node.id, "Endpoint"), context.ref(node.id).attr_collection_endpoint, words)


def used(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let the program's role, and nobody else, do what the connection needs with the index of the store."""
    node = context.node(edge.target)
    put: dict[str, Value] = {
        "Collection": unique(opensearch_serverless.name(node)),
        "Role": role_arn(context, edge.source),
    }
    policy = opensearch_serverless.access("${Collection}", node.subject, edge.verb, "${Role}")
    made = opensearch.CfnAccessPolicy(
        THIS,
        context.id(edge.id, "Access"),
        name=unique(opensearch_serverless.access_name(context.architecture, edge)),
        type="data",
        policy=cdk.Fn.sub(policy, put),
    )
    yield Do(made)


for _verb in opensearch_serverless.PERMISSIONS:
    connection(PROGRAMS, _verb, ("opensearch-serverless",))(used)
