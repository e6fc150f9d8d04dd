"""Parameters of data stores: Regions of replicas, deletion protection, and cache size."""

from advisor.text import Text
from blueprints.parameters.parameter import ACCOUNT, Parameter

_REGION = r"^[a-z]{2}(-[a-z]+)+-\d$"
REPLICA_REGION = Parameter(
    id="ReplicaRegion",
    default="us-west-2",
    description=Text("Second Region, which holds a replica of the tables", "テーブルの複製を置く 2 つ目のリージョン"),
    pattern=_REGION,
)
DELETION_PROTECTION = Parameter(
    id="DeletionProtection",
    default="true",
    description=Text(
        "Whether databases and load balancers refuse to be deleted",
        "データベースとロードバランサーを削除から保護するか",
    ),
    values=("true", "false"),
)
WITNESS_REGION = Parameter(
    id="WitnessRegion",
    default="us-west-2",
    description=Text(
        "Third Region, which keeps the database's log and no data",
        "データを持たずログだけを保持する 3 つ目のリージョン",
    ),
    pattern=_REGION,
)
PEER_CLUSTER = Parameter(
    id="PeerClusterArn",
    default=f"arn:aws:dsql:us-east-2:{ACCOUNT}:cluster/{'example' * 3}peers",
    description=Text(
        "The same database in the second Region; the example until it is there",
        "2 つ目のリージョンにある同じデータベース。作成するまでは例のままにする",
    ),
    pattern=r"^arn:aws[a-z-]*:dsql:[a-z0-9-]+:\d{12}:cluster/[a-z0-9]{26}$",
)
CACHE_DATA = Parameter(
    id="CacheDataGb",
    type="Number",
    default="10",
    description=Text("Most data in a cache, in GB (1 to 5,000)", "キャッシュに置くデータの上限（GB、1〜5,000）"),
)
CACHE_REQUESTS = Parameter(
    id="CacheEcpuPerSecond",
    type="Number",
    default="10000",
    description=Text(
        "Most work of a cache, in ECPU per second (1,000 to 15,000,000); a read of 1 KB takes one",
        "キャッシュの処理量の上限（ECPU/秒、1,000〜15,000,000）。1 KB の読み取りで 1 ECPU",
    ),
)
