"""Tables of Amazon DynamoDB."""

from advisor.text import Text
from blueprints.parameters.data import REPLICA_REGION
from blueprints.traits import AlarmRule, Client, Metrics, NamedResource, NodeAttribute, Records, Retained, Traits, sums
from blueprints.traits._words import THROTTLED_READS, THROTTLED_WRITES

#: The attribute of a result that a program keeps beside items, with the name of the program: a change of such a row is no change
#: of an item. A filter of a stream finds it, as filters of EventBridge Pipes cannot exclude keys by their beginning:
#: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (read 2026-12-01).
RESULT_OF = "result_of"
_STREAM = NamedResource("stream-arn", words=Text("stream of {0}", "{0}のストリーム"))
_BY_OWNER = NamedResource("arn", "/index/owner", Text("owner index of {0}", "{0}の所有者インデックス"))
TRAITS = Traits(
    service="dynamodb",
    noun="Table",
    records=Records("DynamoDBRecord", "dynamo_db_stream_event", "DynamoDBStreams", "SequenceNumber"),
    client=Client(
        "store",
        "dynamodb",
        "table",
        "Table",
        ("variable", "prefix"),
        {
            "pages": ("read_all",),
            "own_writes": ("put_new",),
            "retention": ("get", "put", "put_once", "replace", "read_all", "read_part", "owned_by", "set_result"),
        },
        sdk_class="DynamoDBDocumentClient",
        prefixes=True,
        updates=True,
        by_owner=True,
        compares=True,
        expires=True,
        open=True,
        # An item holds 400 KB, and a list of small values takes half as much again as in JSON.
        largest_item=256 * 1024,
    ),
    variables=(NodeAttribute("TABLE_NAME", "name"),),
    send_commands=(
        'aws dynamodb put-item --table-name "$(output {name}Name)" --item'
        ' \'{"pk":{"S":"m-1"},"id":{"S":"m-1"},"name":{"S":"desk"}}\'',
    ),
    show_commands=('aws dynamodb scan --table-name "$(output {name}Name)" --max-items 5',),
    deployed_test="dynamodb",
    parameters_of_regions=(REPLICA_REGION,),
    resources={
        "dynamodb:Query": (NamedResource("arn"), _BY_OWNER),
        "dynamodb:DescribeStream": (_STREAM,),
        "dynamodb:GetRecords": (_STREAM,),
        "dynamodb:GetShardIterator": (_STREAM,),
    },
    gateway_endpoint="dynamodb",
    metrics=Metrics(
        namespace="AWS/DynamoDB",
        dimensions=(NodeAttribute("TableName", "name"),),
        alarms=(
            AlarmRule("ReadThrottlesAlarm", "ReadThrottleEvents", "Sum", 0, THROTTLED_READS),
            AlarmRule("WriteThrottlesAlarm", "WriteThrottleEvents", "Sum", 0, THROTTLED_WRITES),
        ),
        left=sums(
            "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits", "ReadThrottleEvents", "WriteThrottleEvents"
        ),
    ),
    standing_cost=Text(
        "Table: storage and continuous backups (PITR)", "テーブル: ストレージと継続的バックアップ（PITR）"
    ),
    retained=Retained(Text("Table", "テーブル"), "Name", 'aws dynamodb delete-table --table-name "${output}"'),
)
