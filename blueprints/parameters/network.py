"""Parameters of an existing network: VPC, subnets, address ranges."""

from advisor.text import Text
from blueprints.parameters.parameter import ADDRESS_RANGE, Parameter

VPC = Parameter(
    id="VpcId",
    type="AWS::EC2::VPC::Id",
    example="vpc-0123456789abcdef0",
    description=Text("ID of the existing VPC", "既存の VPC の ID"),
)
PRIVATE_SUBNETS = Parameter(
    id="PrivateSubnetIds",
    type="List<AWS::EC2::Subnet::Id>",
    example="subnet-0123456789abcdef0,subnet-0123456789abcdef1",
    description=Text(
        "IDs of private subnets in two Availability Zones",
        "2 つのアベイラビリティーゾーンのプライベートサブネットの ID",
    ),
)
PUBLIC_SUBNETS = Parameter(
    id="PublicSubnetIds",
    type="List<AWS::EC2::Subnet::Id>",
    example="subnet-0123456789abcdef2,subnet-0123456789abcdef3",
    description=Text(
        "IDs of public subnets in two Availability Zones", "2 つのアベイラビリティーゾーンのパブリックサブネットの ID"
    ),
)
#: Where a load balancer stands that ECS makes by itself, in a VPC that exists.
VPC_RANGE = Parameter(
    id="VpcCidr",
    example="10.0.0.0/16",
    description=Text(
        "CIDR range of the VPC that contains the ECS Express Mode load balancer",
        "ECS Express Mode のロードバランサーがある VPC の CIDR 範囲",
    ),
    pattern=ADDRESS_RANGE,
)
#: One rule with it counts as 55 of the 60 rules of a security group
#: (https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html, 2026-11-30).
CLOUDFRONT_ADDRESSES = Parameter(
    id="CloudFrontPrefixListId",
    example="pl-0123456789abcdef0",
    description=Text(
        "Prefix list of CloudFront in the Region of the stack: aws ec2 describe-managed-prefix-lists "
        "--filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing",
        "スタックのリージョンの CloudFront のプレフィックスリスト。aws ec2 describe-managed-prefix-lists "
        "--filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing で確認",
    ),
    pattern=r"^pl-[0-9a-f]{8,17}$",
)
CALLERS = Parameter(
    id="CallerCidr",
    example="10.0.0.0/8",
    description=Text(
        "CIDR range from which the private endpoint can be called", "プライベートエンドポイントの呼び出し元の CIDR 範囲"
    ),
    pattern=ADDRESS_RANGE,
)
