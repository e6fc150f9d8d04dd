"""Network Load Balancer: it passes connections and datagrams on to containers, as they are."""

from blueprints.traits import Metrics, NodeAttribute, Port, Traits
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
        dimensions=(NodeAttribute("LoadBalancer", "full-name"),),
        alarms=(),  # those of its targets (`blueprints.plan.monitoring.target_alarms`)
    ),
    standing_cost=LOAD_BALANCER_COST,
)
