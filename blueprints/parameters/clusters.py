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
CLUSTER_OF_EXPRESS = replace(
    CLUSTER,
    description=Text(
        "Name of the existing cluster; FARGATE has to be one of its capacity providers",
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
            "Security group of the existing cluster's nodes", "既存クラスターのノードのセキュリティグループ"
        ),
    ),
    Parameter(
        id="EfsDriverRoleArn",
        example=f"arn:aws:iam::{ACCOUNT}:role/EfsDriver",
        description=Text(
            "Role of the EFS driver on the existing cluster's nodes (service account efs-csi-node-sa)",
            "既存クラスターのノード上の EFS ドライバーのロール（サービスアカウント efs-csi-node-sa）",
        ),
        pattern=ROLE_ARN,
    ),
)
EKS = (
    Parameter(
        id="KubernetesVersion",
        default="1.36",
        description=Text(
            "Kubernetes version; security groups per pod need 1.36",
            "Kubernetes のバージョン（Pod 単位の SG は 1.36 以降）",
        ),
        pattern=r"^1\.\d{2}$",
    ),
    Parameter(
        id="AdminRoleArn",
        example=f"arn:aws:iam::{ACCOUNT}:role/PlatformAdmin",
        description=Text("Role that administers the cluster", "クラスターを管理するロール"),
        pattern=ROLE_ARN,
    ),
    Parameter(
        id="ApiAccessCidr",
        example="203.0.113.0/24",
        description=Text("Network from which kubectl may reach the cluster", "kubectl の接続元ネットワーク"),
        pattern=ADDRESS_RANGE,
    ),
)
