"""Amazon Aurora DSQL: a distributed database, reached from the VPC by an endpoint of its own."""

from advisor.text import Text
from blueprints.parameters.data import DELETION_PROTECTION, PEER_CLUSTER, WITNESS_REGION
from blueprints.traits import AlarmRule, Client, Curve, Metrics, NodeAttribute, Port, Retained, Traits, sums

#: Condition under which a database in two Regions knows the other one.
PEERED = "PeerIsThere"


PORT = 5432
TRAITS = Traits(
    service="aurora-dsql",
    noun="Database",
    client=Client(
        "store",
        "aurora-dsql",
        "endpoint",
        "Distributed",
        ("variables", "table", "role"),
        {"lost_connection": ()},
        package="pg8000",
        prefixes=True,
        updates=True,
        by_owner=True,
        compares_text=True,
        columns=True,
    ),
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
    private_variables=(NodeAttribute("ENDPOINT", "private-endpoint"),),
    parameters=(DELETION_PROTECTION,),
    parameters_of_regions=(WITNESS_REGION, PEER_CLUSTER),
    placement="vpc-endpoint",
    ports=(Port(PORT),),
    only_answers=True,
    metrics=Metrics(
        namespace="AWS/AuroraDSQL",
        dimensions=(NodeAttribute("ClusterId", "name"),),
        alarms=(
            AlarmRule(
                "TimeoutsAlarm",
                "QueryTimeouts",
                "Sum",
                0,
                Text("{}: query timeouts", "{}: クエリのタイムアウトが発生している"),
            ),
            AlarmRule(
                "ConflictsAlarm",
                "OccConflicts",
                "Sum",
                100,
                Text("{}: transaction conflicts", "{}: トランザクションの競合が多い"),
                periods=3,
            ),
        ),
        left=sums("TotalTransactions", "OccConflicts", "QueryTimeouts"),
        right=(Curve("CommitLatency", "Average"),),
    ),
    standing_cost=Text("Aurora DSQL: storage", "Aurora DSQL: ストレージ"),
    retained=Retained(
        Text("Database, protected from deletion", "データベース（削除保護あり）"),
        "Id",
        'aws dsql update-cluster --identifier "${output}" --no-deletion-protection-enabled'
        ' && aws dsql delete-cluster --identifier "${output}"',
    ),
    emulated=False,
)
