"""How long containers may go on working after they are told to stop, before the platform ends them."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.traits import ec2, traits_of

#: Seconds between the signal to stop and the end of a container: Fargate has a most, hosts of one's own have none.
#: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (read 2026-11-27)
LEAST_STOP_S, MOST_STOP_S = 60, 120
#: Seconds before the signal in which a pod is withdrawn from its load balancer.
WITHDRAWAL_S = 15


def stop_timeout_s(node: Node) -> int:
    """Return the stop timeout of a task, during which a container can finish its work."""
    wanted = max(LEAST_STOP_S, settings.number(node, "timeout_s"))
    return wanted if ec2.engine(node) == ec2.EC2 else min(MOST_STOP_S, wanted)


def grace_period_s(node: Node) -> int:
    """Return the seconds in which a pod ends, from its withdrawal on."""
    return max(LEAST_STOP_S, WITHDRAWAL_S + settings.number(node, "timeout_s"))


def stop_s(node: Node) -> int:
    """Return the seconds between SIGTERM and SIGKILL for the program of a node."""
    return grace_period_s(node) - WITHDRAWAL_S if traits_of(node.service).pods else stop_timeout_s(node)
