"""Amazon Aurora DSQL: a distributed database, reached from the VPC by an endpoint of its own."""

from advisor.text import Text
from blueprints.parameter_list import DELETION_PROTECTION, PEER_CLUSTER, WITNESS_REGION
from blueprints.traits import AlarmRule, Curve, Kept, Metrics, NodeAttribute, Port, Traits, sums

PORT = 5432
TRAITS = Traits(
    service="aurora-dsql",
    noun="Database",
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
    private_variables=(NodeAttribute("ENDPOINT", "private-endpoint"),),
    metrics=Metrics(
        namespace="AWS/AuroraDSQL",
        dimensions=(NodeAttribute("ClusterId", "name"),),
        alarms=(
            AlarmRule(
                "TimeoutsAlarm",
                "QueryTimeouts",
                "Sum",
                0,
                Text("Transactions of {} take too long", "{}のトランザクションが時間切れになっている"),
            ),
            AlarmRule(
                "ConflictsAlarm",
                "OccConflicts",
                "Sum",
                100,
                Text("Transactions of {} get into each other's way", "{}のトランザクションが競合している"),
                periods=3,
            ),
        ),
        left=sums("TotalTransactions", "OccConflicts", "QueryTimeouts"),
        right=(Curve("CommitLatency", "Average"),),
    ),
    placement="vpc-endpoint",
    ports=(Port(PORT),),
    only_answers=True,
    standing_cost=Text("Distributed database: storage", "分散データベース: ストレージ"),
    kept=Kept(
        Text("Database, protected from deletion", "データベース（削除保護あり）"),
        "Id",
        'aws dsql update-cluster --identifier "${output}" --no-deletion-protection-enabled'
        ' && aws dsql delete-cluster --identifier "${output}"',
    ),
    parameters=(DELETION_PROTECTION,),
    parameters_of_regions=(WITNESS_REGION, PEER_CLUSTER),
    key_service="dsql",
    emulated=False,
)
