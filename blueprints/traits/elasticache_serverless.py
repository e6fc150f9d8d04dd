"""Serverless caches of Amazon ElastiCache."""

from advisor.text import Text
from blueprints.parameter_list import CACHE_DATA, CACHE_REQUESTS
from blueprints.traits import AlarmRule, Curve, Metrics, NamedResource, NodeAttribute, Port, Traits, sums
from blueprints.traits._words import THROTTLED

TRAITS = Traits(
    service="elasticache-serverless",
    noun="Cache",
    variables=(
        NodeAttribute("ENDPOINT", "endpoint"),
        NodeAttribute("CACHE_NAME", "name"),
        NodeAttribute("USER", "user"),
    ),
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
                Text("{} is full and forgets early", "{}が上限に達し、期限前のデータが消えている"),
            ),
        ),
        left=sums("CacheHits", "CacheMisses", "ThrottledCmds", "Evictions"),
        right=(Curve("BytesUsedForCache", "Maximum"),),
    ),
    placement="vpc",
    # At the second port it answers reads that need not see the newest; clients look at it, too.
    ports=(Port(6379), Port(6380)),
    only_answers=True,
    standing_cost=Text("Cache: a smallest amount of data per hour", "キャッシュ: 最小データ量の時間課金"),
    resources={
        "elasticache:Connect": (
            NamedResource("arn"),
            NamedResource("user-arn", words=Text("a user of {0}", "{0} のユーザー")),
        ),
    },
    parameters=(CACHE_DATA, CACHE_REQUESTS),
    key_service="elasticache",
    emulated=False,
)
