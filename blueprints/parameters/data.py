"""Parameters of data stores: Regions of replicas, deletion protection, and cache size."""

from advisor.text import Text
from blueprints.parameters.parameter import ACCOUNT, Parameter

_REGION = r"^[a-z]{2}(-[a-z]+)+-\d$"
REPLICA_REGION = Parameter(
    id="ReplicaRegion",
    default="us-west-2",
    description=Text(
        "Second Region, which contains replicas of the tables", "テーブルのレプリカを置く 2 つ目のリージョン"
    ),
    pattern=_REGION,
)
DELETION_PROTECTION = Parameter(
    id="DeletionProtection",
    default="true",
    description=Text(
        "Deletion protection of the resources of this stack that support it",
        "このスタックのリソースの削除保護（対応するリソースのみ）",
    ),
    values=("true", "false"),
)
LOCK_MODE = Parameter(
    id="ObjectLockMode",
    default="GOVERNANCE",
    description=Text(
        "Mode of S3 Object Lock: GOVERNANCE lets administrators with a special permission delete locked objects; with COMPLIANCE, "
        "locked objects cannot be deleted, and this cannot be undone",
        "S3 Object Lock のモード。GOVERNANCE では、専用の権限を持つ管理者が保存期間内のオブジェクトを削除できます。COMPLIANCE では誰も削除できず、この設定は取り消せません",
    ),
    values=("GOVERNANCE", "COMPLIANCE"),
)
WITNESS_REGION = Parameter(
    id="WitnessRegion",
    default="us-west-2",
    description=Text(
        "Third Region, which stores only the transaction log of the database and no data",
        "データベースのトランザクションログだけを保存する 3 つ目のリージョン（データは保存しない）",
    ),
    pattern=_REGION,
)
PEER_CLUSTER = Parameter(
    id="PeerClusterArn",
    default=f"arn:aws:dsql:us-east-2:{ACCOUNT}:cluster/{'example' * 3}peers",
    description=Text(
        "ARN of the peer cluster in the second Region; use the example value until the peer cluster exists",
        "2 つ目のリージョンのピアクラスターの ARN（作成するまでは例の値を使用）",
    ),
    pattern=r"^arn:aws[a-z-]*:dsql:[a-z0-9-]+:\d{12}:cluster/[a-z0-9]{26}$",
)
VECTOR_DIMENSION = Parameter(
    id="VectorDimension",
    type="Number",
    example="1024",
    description=Text(
        "Number of dimensions of the vectors that the embedding model returns (1 to 4,096); a change replaces the index with an empty one",
        "ベクトルの次元数（1～4,096）。埋め込みモデルが返す次元数を指定（変更すると空のインデックスに置き換わる）",
    ),
)
VECTOR_DISTANCE = Parameter(
    id="VectorDistanceMetric",
    example="cosine",
    description=Text(
        "Distance metric of the vector index, as recommended by the provider of the embedding model; a change replaces the index with an empty one",
        "ベクトルインデックスの距離の計算方法。埋め込みモデルの提供元が推奨するものを指定（変更すると空のインデックスに置き換わる）",
    ),
    values=("cosine", "euclidean"),
)
CACHE_DATA = Parameter(
    id="CacheDataGb",
    type="Number",
    default="10",
    description=Text(
        "Maximum amount of data in a cache, in GB (1 to 5,000)", "キャッシュに置くデータの上限（GB、1～5,000）"
    ),
)
CACHE_REQUESTS = Parameter(
    id="CacheEcpuPerSecond",
    type="Number",
    default="10000",
    description=Text(
        "Maximum request rate of a cache, in ECPU per second (1,000 to 15,000,000); a simple read of up to 1 KB uses one ECPU",
        "キャッシュの処理量の上限（毎秒の ECPU、1,000〜15,000,000。1 KB までの単純な読み取りで 1 ECPU）",
    ),
)
