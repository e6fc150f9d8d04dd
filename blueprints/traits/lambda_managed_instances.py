"""Forms of a function: on instances of the account that Lambda manages."""

from dataclasses import replace

from advisor.text import Text
from blueprints.traits import lambda_
from blueprints.traits.function_releases import MANAGED

OPERATOR_POLICY = "AWSLambdaManagedEC2ResourceOperator"
#: A function on managed instances has at least this much memory.
LEAST_MEMORY_MIB = 2048
#: The share of memory for each vCPU, the smallest that there is.
GIB_PER_VCPU = 2


#: How a function sends traces from the VPC.
TRACES_ENDPOINTS = ("xray",)
TRAITS = replace(
    lambda_.TRAITS,
    service=MANAGED,
    own_endpoints=TRACES_ENDPOINTS,
    host_cost=Text(
        "Lambda Managed Instances: at least three EC2 instances per function, and a management fee for each instance",
        "Lambda マネージドインスタンス: 関数ごとに最低 3 台の EC2 インスタンスと、その管理料金",
    ),
    emulated=False,
)
