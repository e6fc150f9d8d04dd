"""ElastiCache Serverless: one IAM user for each connection, with least privilege, over TLS."""

from advisor.architecture import Edge, Node
from blueprints.plan.customer_key import ALL_THROUGH, KeyUse
from blueprints.shared.programs import PROGRAMS
from blueprints.stack.registry import carried, encrypted_by, itself, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import elasticache_serverless
from blueprints.values import Att, Ref, unique

# ElastiCache calls AWS KMS by two names, and makes a grant for each cache and each backup; its page lists no actions:
# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html (read 2026-12-01).
_KEY_USE = KeyUse("elasticache", ALL_THROUGH, grants=True, also=("dax",))
encrypted_by("AWS::ElastiCache::ServerlessCache", "KmsKeyId", _KEY_USE)
carried(PROGRAMS, elasticache_serverless.VERBS, ["elasticache-serverless"])


@service(
    "elasticache-serverless",
    arn=own("ARN"),
    name=itself,
    endpoint=own("Endpoint.Address"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
)
def cache(scope: Scope, node: Node) -> None:
    """A Valkey cache that grows up to the deployment's limits. It caches data of other stores: no backups."""
    id = scope.name(node.id)
    name = unique(elasticache_serverless.name(node))
    users = [_user(scope, edge, node) for edge in elasticache_serverless.users(scope.architecture, node)]
    group = {"UserGroupId": name, "Engine": elasticache_serverless.ENGINE, "UserIds": users}
    scope.add(f"{id}Users", "AWS::ElastiCache::UserGroup", group, node=node.id)
    limits = {
        "DataStorage": {"Maximum": Ref("CacheDataGb"), "Unit": "GB"},
        "ECPUPerSecond": {"Maximum": Ref("CacheEcpuPerSecond")},
    }
    properties: Json = {
        "ServerlessCacheName": name,
        "Engine": elasticache_serverless.ENGINE,
        "MajorEngineVersion": elasticache_serverless.MAJOR_VERSION,
        "CacheUsageLimits": limits,
        "UserGroupId": Ref(f"{id}Users"),
        "SubnetIds": scope.subnets(),
        "SecurityGroupIds": [Ref(f"{id}SecurityGroup")],
    }
    scope.add(id, "AWS::ElastiCache::ServerlessCache", properties, node=node.id)
    scope.output(f"{id}Endpoint", Att(id, "Endpoint.Address"), "Host name of the cache")


def _user(scope: Scope, edge: Edge, node: Node) -> Ref:
    """Add the user of a connection; its name and its id must be the same for IAM."""
    name = unique(elasticache_serverless.user_name(scope.architecture, edge))
    properties = {
        "UserId": name,
        "UserName": name,
        "Engine": elasticache_serverless.ENGINE,
        "AuthenticationMode": {"Type": "iam"},
        "AccessString": elasticache_serverless.access(edge, node),
    }
    return scope.add(f"{scope.name(edge.id)}User", "AWS::ElastiCache::User", properties, edge=edge.id)
