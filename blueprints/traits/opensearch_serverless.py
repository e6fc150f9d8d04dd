"""Search collections on OpenSearch Serverless: their policies, as JSON with names that each target puts in."""

import json
from collections.abc import Mapping, Sequence

from advisor.architecture import Architecture, Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.naming import lower, lower_name
from blueprints.traits import AlarmRule, Client, Curve, Metrics, NodeAttribute, Port, Traits, sums
from blueprints.values import Value, joined

#: Names have at most 32 characters, nine of which tell deployments apart.
LONGEST_NAME = 23
#: Verb -> what a program may do with the index of the store. The first document makes it. Who writes one reads what was there.
PERMISSIONS: Mapping[str, tuple[str, ...]] = {
    "read": ("aoss:DescribeIndex", "aoss:ReadDocument"),
    "write": ("aoss:CreateIndex", "aoss:ReadDocument", "aoss:UpdateIndex", "aoss:WriteDocument"),
    "read-write": (
        "aoss:CreateIndex",
        "aoss:DescribeIndex",
        "aoss:ReadDocument",
        "aoss:UpdateIndex",
        "aoss:WriteDocument",
    ),
}


def name(collection: Node) -> str:
    """Return the name of a collection, without the suffix of the deployment."""
    return lower(collection.subject, LONGEST_NAME)


def pauses(collection: Node) -> bool:
    """Return whether a collection belongs to a group of the next generation, which scales to zero while idle."""
    return settings.decimal(collection, "least_capacity_ocu") == 0


def access_name(architecture: Architecture, edge: Edge) -> str:
    """Return the name of the policy by which a connection uses a collection."""
    return lower_name(architecture, edge, LONGEST_NAME)


def network(collection: str, endpoints: Sequence[str], *, public: bool) -> str:
    """Return the network policy of a collection as text."""
    return _text(network_policy(collection, endpoints, public=public))


def network_policy(collection: Value, endpoints: Sequence[Value], *, public: bool) -> list[Value]:
    """Return the network policy of a collection: access through VPC endpoints, and public access only if required."""
    rules = [{"ResourceType": "collection", "Resource": [joined("collection/", collection)]}]
    resources: list[Value] = []
    if endpoints:
        resources.append({"Rules": rules, "AllowFromPublic": False, "SourceVPCEs": list(endpoints)})
    if public:
        resources.append({"Rules": rules, "AllowFromPublic": True})
    return resources


def access(collection: str, index: str, verb: str, role: str) -> str:
    """Return the text of the policy by which a role uses one index of a collection."""
    return _text(access_policy(collection, index, verb, role))


def access_policy(collection: Value, index: str, verb: str, role: Value) -> list[Value]:
    """Return the policy by which a role uses one index of a collection."""
    rule = {
        "ResourceType": "index",
        "Resource": [joined("index/", collection, f"/{index}")],
        "Permission": list(PERMISSIONS[verb]),
    }
    return [{"Rules": [rule], "Principal": [role]}]


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


TRAITS = Traits(
    service="opensearch-serverless",
    noun="Collection",
    client=Client(
        "store",
        "opensearch-serverless",
        "endpoint",
        "Collection",
        ("variable", "subject", "prefix"),
        {"busy": ()},
        prefixes=True,
        beside=True,
        searched=True,
        by_owner=True,
        checks_first=True,
        compares_by="get",
    ),
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
    placement="vpc-endpoint",
    ports=(Port(443),),
    only_answers=True,
    metrics=Metrics(
        namespace="AWS/AOSS",
        dimensions=(
            NodeAttribute("ClientId", "account"),
            NodeAttribute("CollectionId", "id"),
            NodeAttribute("CollectionName", "name"),
        ),
        alarms=(
            AlarmRule(
                "SearchErrorsAlarm",
                "SearchRequestErrors",
                "Sum",
                5,
                Text("{}: search errors", "{}: 検索のエラーが発生している"),
            ),
            AlarmRule(
                "IngestionErrorsAlarm",
                "IngestionRequestErrors",
                "Sum",
                5,
                Text("{}: indexing errors", "{}: ドキュメントの登録でエラーが発生している"),
            ),
        ),
        left=sums("SearchRequestRate", "SearchRequestErrors", "IngestionRequestRate", "IngestionRequestErrors"),
        right=(Curve("SearchRequestLatency", "Average"),),
    ),
    standing_cost=Text(
        "OpenSearch Serverless: per OCU-hour, even without traffic",
        "OpenSearch Serverless: OCU の時間課金（トラフィックがなくても発生）",
    ),
    emulated=False,
)
