"""Amazon Aurora DSQL: a distributed database, reached from the VPC by an endpoint of its own."""

from collections.abc import Mapping

from advisor.text import Text
from blueprints.naming import lower
from blueprints.parameters.data import DELETION_PROTECTION, PEER_CLUSTER, WITNESS_REGION
from blueprints.traits import AlarmRule, Client, Curve, Metrics, NodeAttribute, Port, Retained, Traits, sums

#: Condition under which a database in two Regions knows the other one.
PEERED = "PeerIsThere"


def role_name(program: str, store: str) -> str:
    """Return the role in a distributed database by which a program uses a store; PostgreSQL knows 63 characters."""
    return lower(f"{program}-{store}", 60).replace("-", "_")


#: Verb -> what such a role may do with the store's table. Who keeps an item reads what was there.
PRIVILEGES: Mapping[str, tuple[str, ...]] = {
    "read": ("SELECT",),
    "write": ("SELECT", "INSERT", "UPDATE"),
    "read-write": ("SELECT", "INSERT", "UPDATE", "DELETE"),
}


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
    ),
    variables=(NodeAttribute("ENDPOINT", "endpoint"),),
    private_variables=(NodeAttribute("ENDPOINT", "private-endpoint"),),
    parameters=(DELETION_PROTECTION,),
    parameters_of_regions=(WITNESS_REGION, PEER_CLUSTER),
    key_service="dsql",
    uses_key_itself=True,
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
    standing_cost=Text("Distributed database: storage", "分散データベース: ストレージ"),
    retained=Retained(
        Text("Database, protected from deletion", "データベース（削除保護あり）"),
        "Id",
        'aws dsql update-cluster --identifier "${output}" --no-deletion-protection-enabled'
        ' && aws dsql delete-cluster --identifier "${output}"',
    ),
    emulated=False,
)
