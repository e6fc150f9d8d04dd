"""Search collections of Amazon OpenSearch Serverless."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Curve, Metrics, NodeAttribute, Port, Traits, sums

TRAITS = Traits(
    service="opensearch-serverless",
    noun="Collection",
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
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
                Text("Searches of {} fail", "{}の検索が失敗している"),
            ),
            AlarmRule(
                "IngestionErrorsAlarm",
                "IngestionRequestErrors",
                "Sum",
                5,
                Text("{} refuses documents", "{}へのドキュメントの登録が失敗している"),
            ),
        ),
        left=sums("SearchRequestRate", "SearchRequestErrors", "IngestionRequestRate", "IngestionRequestErrors"),
        right=(Curve("SearchRequestLatency", "Average"),),
    ),
    placement="vpc-endpoint",
    ports=(Port(443),),
    only_answers=True,
    standing_cost=Text(
        "Search collection: compute units per hour, also without traffic",
        "検索コレクション: トラフィックがなくても OCU の時間課金",
    ),
    key_service="aoss",
    emulated=False,
)
