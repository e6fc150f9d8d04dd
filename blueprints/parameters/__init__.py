"""Every parameter that a deployment may ask for, with its example, its words and what it must look like.

Defaults are examples that are safe to print (RFC 2606 names, documentation account ids) and that AWS or the recipient
refuses, so nothing is sent to a stranger by a deployment that was not filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from advisor.text import Text

ACCOUNT = "111122223333"
#: Where the web ACL before CloudFront is, and the parameter of the workload's stack that takes its ARN.
EDGE_REGION, EDGE_PARAMETER = "us-east-1", "EdgeWebAclArn"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `type` is CloudFormation's; `node` the node that it stands for, where there is one."""

    id: str
    type: str
    default: str
    description: Text
    pattern: str | None = None
    values: tuple[str, ...] = ()
    node: str | None = None


_MAILBOX = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
_REGION = r"^[a-z]{2}(-[a-z]+)+-\d$"
ENVIRONMENT = Parameter(
    "Environment",
    "String",
    "dev",
    Text("Name of the environment; it is the stage of APIs", "環境名。API のステージ名にもなる"),
    "^[a-z][a-z0-9]{1,15}$",
)
ALARM_EMAIL = Parameter(
    "AlarmEmail",
    "String",
    "ops@example.com",
    Text("Address that gets the alarms", "アラームの送り先アドレス"),
    _MAILBOX,
)
LOG_RETENTION = Parameter(
    "LogRetentionDays",
    "Number",
    "30",
    Text("Days that logs are kept", "ログを保持する日数"),
    values=("1", "7", "14", "30", "90", "180", "365", "731"),
)
REPLICA_REGION = Parameter(
    "ReplicaRegion",
    "String",
    "us-west-2",
    Text("Second Region, which holds a replica of the tables", "テーブルの複製を置く 2 つ目のリージョン"),
    _REGION,
)
APPROVER = Parameter(
    "ApproverEmail",
    "String",
    "approver@example.com",
    Text("Address that is asked for approval", "承認を求める先のアドレス"),
    _MAILBOX,
)
FUNCTION_ARCHITECTURE = Parameter(
    "FunctionArchitecture",
    "String",
    "arm64",
    Text("Instruction set of the functions", "関数の命令セット"),
    values=("arm64", "x86_64"),
)
TASK_ARCHITECTURE = Parameter(
    "TaskArchitecture",
    "String",
    "ARM64",
    Text("Instruction set of the container images", "コンテナイメージの命令セット"),
    values=("ARM64", "X86_64"),
)
IMAGE_TAG = Parameter(
    "ImageTag",
    "String",
    "1.0.0",
    Text("Tag of the images to run; tags are immutable", "実行するイメージのタグ（変更不可）"),
    r"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
)
SENDER = Parameter(
    "SenderAddress",
    "String",
    "orders@example.com",
    Text(
        "Address that mail to customers comes from; it gets a mail to confirm",
        "顧客宛てメールの送信元アドレス（確認メールが届く）",
    ),
    _MAILBOX,
)
DELETION_PROTECTION = Parameter(
    "DeletionProtection",
    "String",
    "true",
    Text("Whether a database refuses to be deleted", "データベースを削除から保護するか"),
    values=("true", "false"),
)
WITNESS_REGION = Parameter(
    "WitnessRegion",
    "String",
    "us-west-2",
    Text(
        "Third Region, which keeps the database's log and no data",
        "データを持たずログだけを保持する 3 つ目のリージョン",
    ),
    _REGION,
)
PEER_CLUSTER = Parameter(
    "PeerClusterArn",
    "String",
    f"arn:aws:dsql:us-east-2:{ACCOUNT}:cluster/{'example' * 3}peers",
    Text(
        "The same database in the second Region; the example until it is there",
        "2 つ目のリージョンにある同じデータベース。作成するまでは例のままにする",
    ),
    r"^arn:aws[a-z-]*:dsql:[a-z0-9-]+:\d{12}:cluster/[a-z0-9]{26}$",
)
CACHE_DATA = Parameter(
    "CacheDataGb",
    "Number",
    "10",
    Text("Most data in a cache, in GB (1 to 5,000)", "キャッシュに置くデータの上限（GB、1〜5,000）"),
)
CACHE_REQUESTS = Parameter(
    "CacheEcpuPerSecond",
    "Number",
    "10000",
    Text(
        "Most work of a cache, in ECPU per second (1,000 to 15,000,000); a read of 1 KB takes one",
        "キャッシュの処理量の上限（ECPU/秒、1,000〜15,000,000）。1 KB の読み取りで 1 ECPU",
    ),
)
ORIGIN = Parameter(
    "AllowedOrigin",
    "String",
    "https://www.example.com",
    Text("Origin of the site that may call the API", "API の呼び出しを許すサイトのオリジン"),
    r"^https?://[A-Za-z0-9.:-]+$",
)
OIDC = (
    Parameter(
        "OidcIssuer",
        "String",
        "https://login.example.com",
        Text("Issuer URL of the existing identity provider", "既存 ID プロバイダーの発行者 URL"),
        r"^https://[^\s]+[^/\s]$",
    ),
    Parameter(
        "OidcAudience",
        "String",
        "api",
        Text("Audience (client id) that tokens must name", "トークンの対象（クライアント ID）"),
        r"^[^\s]{1,128}$",
    ),
)
OIDC_SIGN_IN = (
    *(
        Parameter(
            f"Oidc{name}Endpoint",
            "String",
            f"https://login.example.com/{path}",
            Text(f"{title} endpoint of the identity provider", f"ID プロバイダーの {title} エンドポイント"),
            r"^https://[^\s]+$",
        )
        for name, path, title in (
            ("Authorization", "authorize", "Authorization"),
            ("Token", "oauth2/token", "Token"),
            ("UserInfo", "userinfo", "User info"),
        )
    ),
    Parameter(
        "OidcClientSecretArn",
        "String",
        f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:oidc-client-AbCdEf",
        Text("Secret that holds the client secret", "クライアントシークレットを保持するシークレット"),
        r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$",
    ),
)
CERTIFICATE = Parameter(
    "CertificateArn",
    "String",
    f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/00000000-0000-4000-8000-000000000000",
    Text("Certificate for the domain name", "ドメイン名の証明書"),
    r"^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[a-f0-9-]{36}$",
)
EDGE_WEB_ACL = Parameter(
    EDGE_PARAMETER,
    "String",
    f"arn:aws:wafv2:{EDGE_REGION}:{ACCOUNT}:global/webacl/EdgeWebAcl/00000000-0000-4000-8000-000000000000",
    Text(
        "Web ACL before CloudFront: the output of the stack that make edge deploys in us-east-1",
        "CloudFront の前段の Web ACL（make edge で us-east-1 にデプロイするスタックの出力）",
    ),
    r"^arn:aws:wafv2:us-east-1:\d{12}:global/webacl/[A-Za-z0-9_-]+/[a-f0-9-]{36}$",
)
DOMAIN = Parameter(
    "DomainName",
    "String",
    "www.example.com",
    Text("Existing domain name under which the workload answers", "ワークロードを公開する既存のドメイン名"),
    r"^([a-z0-9-]+\.)+[a-z]{2,}$",
)
VPC = Parameter("VpcId", "AWS::EC2::VPC::Id", "vpc-0123456789abcdef0", Text("Existing VPC", "既存の VPC"))
PRIVATE_SUBNETS = Parameter(
    "PrivateSubnetIds",
    "List<AWS::EC2::Subnet::Id>",
    "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
    Text("Private subnets in two zones", "2 つの AZ のプライベートサブネット"),
)
PUBLIC_SUBNETS = Parameter(
    "PublicSubnetIds",
    "List<AWS::EC2::Subnet::Id>",
    "subnet-0123456789abcdef2,subnet-0123456789abcdef3",
    Text("Public subnets in two zones", "2 つの AZ のパブリックサブネット"),
)
#: Where a load balancer stands that ECS makes by itself, in a VPC that exists.
VPC_RANGE = Parameter(
    "VpcCidr",
    "String",
    "10.0.0.0/16",
    Text(
        "Address range of the VPC, where the load balancer of ECS Express Mode stands",
        "VPC のアドレス範囲（ECS Express Mode のロードバランサーの接続元）",
    ),
    r"^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$",
)
CALLERS = Parameter(
    "CallerCidr",
    "String",
    "10.0.0.0/8",
    Text("Network from which the private API is called", "プライベート API の呼び出し元ネットワーク"),
    r"^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$",
)
CLUSTER = Parameter(
    "ClusterName",
    "String",
    "platform",
    Text("Name of the existing cluster", "既存クラスターの名前"),
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$",
)
CLUSTER_OF_EXPRESS = replace(
    CLUSTER,
    description=Text(
        "Name of the existing cluster; FARGATE has to be one of its capacity providers",
        "既存クラスターの名前（キャパシティープロバイダーに FARGATE が必要）",
    ),
)
CLUSTER_PROVIDER = Parameter(
    "ClusterOidcProviderArn",
    "String",
    f"arn:aws:iam::{ACCOUNT}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
    Text("IAM OIDC provider of the existing cluster", "既存クラスターの IAM OIDC プロバイダー"),
    r"^arn:aws[a-z-]*:iam::\d{12}:oidc-provider/.+$",
)
#: Of an existing cluster whose nodes mount file systems that are made here.
MOUNTING = (
    Parameter(
        "ClusterSecurityGroupId",
        "AWS::EC2::SecurityGroup::Id",
        "sg-0123456789abcdef0",
        Text("Security group of the existing cluster's nodes", "既存クラスターのノードのセキュリティグループ"),
    ),
    Parameter(
        "EfsDriverRoleArn",
        "String",
        f"arn:aws:iam::{ACCOUNT}:role/EfsDriver",
        Text(
            "Role of the EFS driver on the existing cluster's nodes (service account efs-csi-node-sa)",
            "既存クラスターのノード上の EFS ドライバーのロール（サービスアカウント efs-csi-node-sa）",
        ),
        r"^arn:aws[a-z-]*:iam::\d{12}:role/.+$",
    ),
)
EKS = (
    Parameter(
        "KubernetesVersion",
        "String",
        "1.36",
        Text(
            "Kubernetes version; security groups per pod need 1.36",
            "Kubernetes のバージョン（Pod 単位の SG は 1.36 以降）",
        ),
        r"^1\.\d{2}$",
    ),
    Parameter(
        "AdminRoleArn",
        "String",
        f"arn:aws:iam::{ACCOUNT}:role/PlatformAdmin",
        Text("Role that administers the cluster", "クラスターを管理するロール"),
        r"^arn:aws[a-z-]*:iam::\d{12}:role/.+$",
    ),
    Parameter(
        "ApiAccessCidr",
        "String",
        "203.0.113.0/24",
        Text("Network from which kubectl may reach the cluster", "kubectl の接続元ネットワーク"),
        r"^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$",
    ),
)

#: In which order a deployment asks for its parameters.
_ORDER = tuple(
    one.id
    for one in (
        ENVIRONMENT, ALARM_EMAIL, LOG_RETENTION, REPLICA_REGION, APPROVER, FUNCTION_ARCHITECTURE, TASK_ARCHITECTURE, IMAGE_TAG,
        SENDER, DELETION_PROTECTION, WITNESS_REGION, PEER_CLUSTER, CACHE_DATA, CACHE_REQUESTS, ORIGIN, *OIDC, *OIDC_SIGN_IN,
        CERTIFICATE, DOMAIN, EDGE_WEB_ACL, VPC, PRIVATE_SUBNETS, PUBLIC_SUBNETS, VPC_RANGE, CALLERS, CLUSTER, *EKS,
        CLUSTER_PROVIDER, *MOUNTING,
    )
)  # fmt: skip


def place(parameter: Parameter) -> int:
    """Return when a deployment asks for a parameter, as a number; ValueError for one that is not listed."""
    return _ORDER.index(parameter.id)


#: For a node outside: (end of the parameter's name, default, description, pattern).
OUTSIDE: Mapping[str, tuple[str, str, Text, str]] = {
    "email": (
        "Address",
        "inbox@example.com",
        Text("Address that gets the messages", "メッセージの送り先アドレス"),
        _MAILBOX,
    ),
    "sms": (
        "PhoneNumber",
        "+12065550100",
        Text("Phone number in E.164 form", "E.164 形式の電話番号"),
        r"^\+[1-9]\d{6,14}$",
    ),
    "push": (
        "PlatformApplicationArn",
        f"arn:aws:sns:us-east-1:{ACCOUNT}:app/GCM/example",
        Text(
            "SNS platform application; CloudFormation cannot create it",
            "SNS プラットフォームアプリケーション（CloudFormation では作成不可）",
        ),
        r"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:app/[A-Z_]+/.+$",
    ),
    "partner-http": (
        "Url",
        "https://partner.example.com/events",
        Text("HTTPS address of the partner's system", "パートナーシステムの HTTPS アドレス"),
        r"^https://[^\s]+$",
    ),
    "data-lake": (
        "BucketName",
        "example-data-lake",
        Text("Existing bucket of the data lake", "データレイクの既存バケット"),
        r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
    ),
    "other-account": (
        "AccountId",
        ACCOUNT,
        Text("Number of the other AWS account", "相手の AWS アカウント番号"),
        r"^\d{12}$",
    ),
    "function": (
        "Arn",
        f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:example",
        Text("ARN of the existing function", "既存の関数の ARN"),
        r"^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+$",
    ),
}
#: For a function outside that takes from a queue here: the same four, and the type.
TAKING_FUNCTION = (
    (
        "RoleArn",
        f"arn:aws:iam::{ACCOUNT}:role/example",
        Text(
            "Role of the existing function: the queue lets it take messages",
            "既存の関数のロール（キューからの取り出しを許可する）",
        ),
        r"^arn:aws[a-z-]*:iam::\d{12}:role/.+$",
    ),
    (
        "VisibilitySeconds",
        "180",
        Text(
            "Seconds that a message is hidden while the existing function works on it: six times its timeout",
            "既存の関数が処理する間メッセージを隠す秒数（関数のタイムアウトの 6 倍）",
        ),
        r"^\d{1,5}$",
    ),
)
AWS_SOURCE = (
    "EventSource",
    "aws.health",
    Text("Source of the AWS service's events", "AWS サービスのイベントソース"),
    r"^aws\.[a-z0-9.-]+$",
)
AWS_PRINCIPAL = (
    "Principal",
    "events.amazonaws.com",
    Text("Principal of the AWS service that sends messages", "メッセージを送る AWS サービスのプリンシパル"),
    r"^[a-z0-9.-]+\.amazonaws\.com$",
)
SAAS_SOURCE = (
    "EventSourceName",
    "aws.partner/example.com/account/events",
    Text("Partner event source, as EventBridge lists it", "EventBridge に表示されるパートナーイベントソース"),
    r"^aws\.partner(/[.\-_A-Za-z0-9]+){2,}$",
)
