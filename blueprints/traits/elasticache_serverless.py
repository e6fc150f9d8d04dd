"""Serverless caches of Amazon ElastiCache."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Curve, Metrics, NodeAttribute, Port, Traits, sums
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
)
