"""Components whose protocol no generated program serves: refused rather than answered with another protocol."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.traits import traits_of


def unspoken(plan: Plan) -> Iterator[Unsupported]:
    """Yield the components that serve gRPC, and those that hold WebSocket connections themselves.

    Generated programs serve HTTP, and the target groups of load balancers are HTTP/1.1. The WebSocket connections of an
    API are held by the API.
    """
    nodes = {node.id: node for node in plan.architecture.nodes}
    for id, subject in plan.design.verdict.subjects.items():
        compute, protocol = nodes.get(f"{id}.compute"), subject.known.values.get("protocol")
        balanced = compute is not None and any(
            traits_of(plan.node(edge.source).service).load_balancer
            for edge in plan.architecture.entering(compute.id, "invoke")
        )
        if compute is not None and (protocol == "grpc" or (protocol == "websocket" and balanced)):
            yield Unsupported(compute.id, _no_server(compute, {"grpc": "gRPC", "websocket": "WebSocket"}[protocol]))


def _no_server(compute: Node, protocol: str) -> Text:
    name = compute.note
    return Text(
        f'"{name.en}" must serve {protocol} itself, but no generated program does so. The decision, its record and its diagrams remain available.',
        f"「{name.ja}」自体が {protocol} で応答する必要がありますが、そのようなプログラムは生成されません。選定結果、決定記録、構成図は利用できます。",
    )
