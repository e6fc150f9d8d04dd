"""Containers on hosts of an Auto Scaling group, whether ECS or a program of its own runs there."""

from advisor.text import Text
from blueprints.traits import NamedResource, Traits

#: How the agent of ECS on a host reaches ECS.
ECS_AGENT_ENDPOINTS = ("ecs", "ecs-agent", "ecs-telemetry")
TRAITS = Traits(
    service="ec2",
    noun="Instances",
    compute="container",
    placement="vpc",
    own_endpoints=ECS_AGENT_ENDPOINTS,
    host_cost=Text("EC2 hosts of the containers: per hour", "コンテナを動かす EC2 ホスト: 時間課金"),
    resources={
        # A command is a document of Systems Manager and the hosts that it is run on.
        "ssm:SendCommand": (
            NamedResource("command-arn", words=Text("command that {0} runs", "{0} で実行するコマンド")),
            NamedResource("arn"),
        ),
    },
)
