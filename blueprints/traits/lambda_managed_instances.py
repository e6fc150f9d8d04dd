"""Functions on instances of the account that AWS Lambda manages."""

from dataclasses import replace

from advisor.text import Text
from blueprints.traits import lambda_

#: How a function sends traces from the VPC.
TRACES_ENDPOINTS = ("xray",)
TRAITS = replace(
    lambda_.TRAITS,
    service="lambda-managed-instances",
    own_endpoints=TRACES_ENDPOINTS,
    host_cost=Text(
        "Lambda Managed Instances: at least three EC2 instances per function, and the management fee on top",
        "Lambda マネージドインスタンス: 関数ごとに最低 3 台の EC2 インスタンスと、その管理料金",
    ),
    emulated=False,
)
