"""Parameters of the cluster: an existing one, or the settings of a new one."""

from dataclasses import replace

from advisor.text import Text
from blueprints.parameters.parameter import ACCOUNT, ADDRESS_RANGE, ROLE_ARN, Parameter

CLUSTER = Parameter(
    id="ClusterName",
    example="platform",
    description=Text("Name of the existing cluster", "既存クラスターの名前"),
    pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$",
)
#: The number of running tasks, by which workers scale, is a metric of Container Insights.
CLUSTER_OF_WORKERS = replace(
    CLUSTER,
    description=Text(
        "Name of the existing cluster, which must have Container Insights enabled",
        "既存クラスターの名前（Container Insights の有効化が必要）",
    ),
)
CLUSTER_OF_EXPRESS = replace(
    CLUSTER,
    description=Text(
        "Name of the existing cluster, which must have the capacity provider FARGATE",
        "既存クラスターの名前（キャパシティープロバイダーに FARGATE が必要）",
    ),
)
CLUSTER_PROVIDER = Parameter(
    id="ClusterOidcProviderArn",
    example=f"arn:aws:iam::{ACCOUNT}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
    description=Text("IAM OIDC provider of the existing cluster", "既存クラスターの IAM OIDC プロバイダー"),
    pattern=r"^arn:aws[a-z-]*:iam::\d{12}:oidc-provider/.+$",
)
#: Of an existing cluster whose nodes mount file systems that are made here.
MOUNTING = (
    Parameter(
        id="ClusterSecurityGroupId",
        type="AWS::EC2::SecurityGroup::Id",
        example="sg-0123456789abcdef0",
        description=Text(
            "Security group of the nodes of the existing cluster", "既存クラスターのノードのセキュリティグループ"
        ),
    ),
    Parameter(
        id="EfsDriverRoleArn",
        example=f"arn:aws:iam::{ACCOUNT}:role/EfsDriver",
        description=Text(
            "IAM role of the Amazon EFS CSI driver on the nodes of the existing cluster (service account efs-csi-node-sa)",
            "既存クラスターのノード上の Amazon EFS CSI ドライバーの IAM ロール（サービスアカウント efs-csi-node-sa）",
        ),
        pattern=ROLE_ARN,
    ),
)
EKS = (
    Parameter(
        id="KubernetesVersion",
        default="1.36",
        description=Text(
            "Kubernetes version (security groups for pods require 1.36 or later)",
            "Kubernetes のバージョン（Pod のセキュリティグループには 1.36 以降が必要）",
        ),
        pattern=r"^1\.\d{2}$",
    ),
    Parameter(
        id="AdminRoleArn",
        example=f"arn:aws:iam::{ACCOUNT}:role/PlatformAdmin",
        description=Text(
            "ARN of the IAM role with administrator access to the cluster: the role that runs make deploy, or a role that kubectl assumes",
            "クラスターの管理者アクセスを持つ IAM ロールの ARN（make deploy を実行するロール、または kubectl が引き受けるロール）",
        ),
        pattern=ROLE_ARN,
    ),
    Parameter(
        id="ApiAccessCidr",
        example="203.0.113.0/24",
        description=Text("CIDR range from which kubectl can access the cluster", "kubectl の接続元の CIDR 範囲"),
        pattern=ADDRESS_RANGE,
    ),
)
