"""Serverless caches: reached over TLS by users of IAM, one for each connection, who may do what it needs."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints.cdk.context import Context, unique
from blueprints.cdk.fragments.databases import PROGRAMS
from blueprints.cdk.keys import key_for
from blueprints.cdk.modules import elasticache
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import granted, service
from blueprints.cdk.tree import THIS, Let, Ref, Statement, Value
from blueprints.traits import elasticache_serverless

granted(PROGRAMS, elasticache_serverless.VERBS, ("elasticache-serverless",))

CACHE = elasticache.CfnServerlessCache


@service("elasticache-serverless")
def cache(context: Context, node: Node) -> Iterator[Statement]:
    """Make a Valkey cache that grows up to the deployment's limits. It is a copy of what is kept elsewhere: no backups."""
    name = unique(elasticache_serverless.name(node))
    used = elasticache_serverless.users(context.architecture, node)
    yield from (_user(context, edge) for edge in used)
    users = [context.ref(edge.id, "User").ref for edge in used]
    group = elasticache.CfnUserGroup(
        THIS,
        context.id(node.id, "Users"),
        user_group_id=name,
        engine=elasticache_serverless.ENGINE,
        user_ids=list(users),
    )
    yield Let(context.name(node.id, "Users"), group)
    key = key_for(context, node)
    keys: dict[str, Value] = {} if key is None else {"kms_key_id": key.key_arn}
    data, requests = Ref("cache_data_gb").value_as_number, Ref("cache_ecpu_per_second").value_as_number
    limits = CACHE.CacheUsageLimitsProperty(
        data_storage=CACHE.DataStorageProperty(maximum=data, unit="GB"),
        ecpu_per_second=CACHE.ECPUPerSecondProperty(maximum=requests),
    )
    made = CACHE(
        THIS,
        context.id(node.id),
        serverless_cache_name=name,
        engine=elasticache_serverless.ENGINE,
        major_engine_version=elasticache_serverless.MAJOR_VERSION,
        cache_usage_limits=limits,
        user_group_id=context.ref(node.id, "Users").ref,
        subnet_ids=Ref("subnet_ids"),
        security_group_ids=[context.ref(node.id, "SecurityGroup").security_group_id],
        **keys,
    )
    yield Let(context.name(node.id), made)
    words = Text("Host name of the cache", "キャッシュのホスト名")
    yield output(context, context.id(node.id, "Endpoint"), context.ref(node.id).attr_endpoint_address, words)


def _user(context: Context, edge: Edge) -> Let:
    """Make the user of a connection; its name and its id must be the same for IAM."""
    name = unique(elasticache_serverless.user_name(context.architecture, edge))
    mode: Value = {"Type": "iam"}
    made = elasticache.CfnUser(
        THIS,
        context.id(edge.id, "User"),
        user_id=name,
        user_name=name,
        engine=elasticache_serverless.ENGINE,
        authentication_mode=mode,
        access_string=elasticache_serverless.access(edge, context.node(edge.target)),
    )
    return Let(context.name(edge.id, "User"), made)
