"""Network Load Balancer: it passes connections and datagrams on to containers, as they are."""

from advisor.text import Text
from blueprints.traits import AlarmRule, Metrics, NodeAttribute, Port, Traits
from blueprints.traits._words import LOAD_BALANCER_COST

#: Where work behind it takes datagrams.
DATAGRAM_PORT = 8081
TRAITS = Traits(
    service="nlb",
    noun="NetworkLoadBalancer",
    load_balancer="network",
    protocol="tcp",
    placement="vpc",
    ports=(Port(443), Port(DATAGRAM_PORT, "udp")),
    metrics=Metrics(
        namespace="AWS/NetworkELB",
        dimensions=(NodeAttribute("LoadBalancer", "full-name"), NodeAttribute("TargetGroup", "target-group")),
        alarms=(
            AlarmRule(
                "UnhealthyAlarm",
                "UnHealthyHostCount",
                "Maximum",
                0,
                Text("{} has targets that do not answer", "{}の転送先が応答していない"),
                periods=3,
                period_s=60,
            ),
        ),
    ),
    standing_cost=LOAD_BALANCER_COST,
)
