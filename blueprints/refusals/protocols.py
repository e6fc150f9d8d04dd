"""Components whose protocol no generated program serves: refused rather than answered with another protocol."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan

#: Generated programs serve HTTP, and the target groups of load balancers are HTTP/1.1.
_UNSERVED = "grpc"


def unspoken(plan: Plan) -> Iterator[Unsupported]:
    """Yield the components that serve gRPC."""
    nodes = {node.id: node for node in plan.architecture.nodes}
    for id, subject in plan.design.verdict.subjects.items():
        compute = nodes.get(f"{id}.compute")
        if compute is not None and subject.known.values.get("protocol") == _UNSERVED:
            yield Unsupported(compute.id, _no_server(compute))


def _no_server(compute: Node) -> Text:
    name = compute.note
    return Text(
        f'"{name.en}" serves gRPC, but generated programs serve HTTP only. The decision, its record and its diagrams remain available.',
        f"「{name.ja}」は gRPC を提供しますが、生成されるプログラムは HTTP だけに対応しています。選定結果、決定記録、構成図は利用できます。",
    )
