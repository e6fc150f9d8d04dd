"""ElastiCache Serverless: users, access strings and limits."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Edge, Node
from advisor.design import Design
from advisor.text import Text
from blueprints.naming import lower, lower_name
from blueprints.parameters.data import CACHE_DATA, CACHE_REQUESTS
from blueprints.parameters.parameter import Parameter
from blueprints.traits import AlarmRule, Client, Curve, Metrics, NamedResource, NodeAttribute, Port, Traits, sums
from blueprints.traits._words import THROTTLED

CACHE = "elasticache-serverless"
ENGINE, MAJOR_VERSION = "valkey", "8"
VERBS = ("read", "write", "read-write")
#: Names have at most 40 characters, nine of which tell deployments apart.
LONGEST_NAME = 31
#: After how many seconds a copy of an item expires in a cache beside the primary store.
COPIES_S = 60
#: Headroom above the stated volume before the cache evicts keys.
ROOM = 1.25
MOST_GB = 5000
#: Commands by which clients discover the cluster.
_FINDING = ("+cluster|slots", "+command", "+ping")
_COMMANDS: Mapping[str, tuple[str, ...]] = {
    "read": ("+get", "+scan"),
    # Who keeps an item reads what was there.
    "write": ("+get", "+set"),
    "read-write": ("+get", "+scan", "+set", "+del"),
}


def users(architecture: Architecture, cache: Node) -> tuple[Edge, ...]:
    """Return the connections to a cache; each has its own user with only the permissions that it needs."""
    return tuple(edge for edge in architecture.entering(cache.id) if edge.verb in VERBS)


def access(edge: Edge, cache: Node) -> str:
    """Return the access string of a connection's user: the required commands, on the keys of the store."""
    return " ".join(("on", f"~{cache.subject}:*", "-@all", *_COMMANDS[edge.verb], *_FINDING))


def name(cache: Node) -> str:
    """Return the name of a cache, without the suffix of the deployment."""
    return lower(cache.subject, LONGEST_NAME)


def user_name(architecture: Architecture, edge: Edge) -> str:
    """Return the name of the user of a connection, without the suffix of the deployment."""
    return lower_name(architecture, edge, LONGEST_NAME)


def sized(parameters: Iterable[Parameter], design: Design) -> tuple[Parameter, ...]:
    """Return the parameters; the limit of a cache is large enough for the stated volume."""
    caches = {node.subject for node in design.architecture.of_service(CACHE)}
    stated = [store.answer("volume_bytes") for store in design.requirements.of_kind("store") if store.id in caches]
    volumes = [float(str(volume)) for volume in stated if volume is not None]
    if not volumes:
        return tuple(parameters)
    max_gb = min(MOST_GB, max(1, math.ceil(max(volumes) * ROOM / 10**9)))
    return tuple(
        replace(parameter, default=str(max_gb)) if parameter.id == CACHE_DATA.id else parameter
        for parameter in parameters
    )


TRAITS = Traits(
    service=CACHE,
    noun="Cache",
    client=Client(
        "store",
        CACHE,
        "user",
        "Cache",
        ("variables", "subject", "prefix"),
        expires=True,
        package="valkey",
        prefixes=True,
        beside=True,
        checks_first=True,
        compares_by="get",
    ),
    variables=(
        NodeAttribute("ENDPOINT", "endpoint"),
        NodeAttribute("CACHE_NAME", "name"),
        NodeAttribute("USER", "user"),
    ),
    parameters=(CACHE_DATA, CACHE_REQUESTS),
    resources={
        "elasticache:Connect": (
            NamedResource("arn"),
            NamedResource("user-arn", words=Text("a user of {0}", "{0}のユーザー")),
        ),
    },
    placement="vpc",
    # The second port serves eventually consistent reads; clients connect to it, too.
    ports=(Port(6379), Port(6380)),
    only_answers=True,
    metrics=Metrics(
        namespace="AWS/ElastiCache",
        dimensions=(NodeAttribute("clusterId", "name"),),
        alarms=(
            AlarmRule("ThrottlesAlarm", "ThrottledCmds", "Sum", 0, THROTTLED),
            AlarmRule(
                "EvictionsAlarm",
                "Evictions",
                "Sum",
                0,
                Text("{}: the cache is evicting keys", "{}: 容量の上限に達し、キーのエビクションが発生している"),
            ),
        ),
        left=sums("CacheHits", "CacheMisses", "ThrottledCmds", "Evictions"),
        right=(Curve("BytesUsedForCache", "Maximum"),),
    ),
    standing_cost=Text("Cache: stored data per hour, with a minimum", "キャッシュ: データ量の時間課金（最小量あり）"),
    emulated=False,
)
