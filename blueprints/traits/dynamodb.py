"""Tables of Amazon DynamoDB."""

from advisor.text import Text
from blueprints.parameter_list import REPLICA_REGION
from blueprints.traits import AlarmRule, Kept, Metrics, NamedResource, NodeAttribute, Traits, sums
from blueprints.traits._words import THROTTLED

_STREAM = NamedResource("stream-arn", words=Text("stream of {0}", "{0} のストリーム"))
TRAITS = Traits(
    service="dynamodb",
    noun="Table",
    variables=(NodeAttribute("TABLE_NAME", "name"),),
    metrics=Metrics(
        namespace="AWS/DynamoDB",
        dimensions=(NodeAttribute("TableName", "name"),),
        alarms=(
            AlarmRule("ReadThrottlesAlarm", "ReadThrottleEvents", "Sum", 0, THROTTLED),
            AlarmRule("WriteThrottlesAlarm", "WriteThrottleEvents", "Sum", 0, THROTTLED),
        ),
        left=sums(
            "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"
        ),
    ),
    gateway_endpoint="dynamodb",
    standing_cost=Text("Table: storage and its continuous backup", "テーブル: ストレージと継続的バックアップ"),
    kept=Kept(Text("Table", "テーブル"), "Name", 'aws dynamodb delete-table --table-name "${output}"'),
    resources={
        "dynamodb:DescribeStream": (_STREAM,),
        "dynamodb:GetRecords": (_STREAM,),
        "dynamodb:GetShardIterator": (_STREAM,),
    },
    parameters_of_regions=(REPLICA_REGION,),
    key_service="dynamodb",
)
