"""Programs that would call public APIs by the VPC endpoint of private ones: refused, because only private APIs answer there.

With private DNS, the host names of all APIs of Amazon API Gateway lead to the endpoint
(https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html, read 2026-12-01).
"""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.plan.network import inside, is_private_api
from blueprints.traits import traits_of


def misled(plan: Plan) -> Iterator[Unsupported]:
    """Yield the connections from programs in a VPC with private APIs to APIs that are not private."""
    if plan.network is None or not plan.network.private_apis:
        return
    architecture = plan.architecture
    for edge in architecture.edges:
        source, target = architecture.node(edge.source), architecture.node(edge.target)
        calls = bool(traits_of(source.service).compute) and inside(architecture, source)
        if calls and traits_of(target.service).public_api and not is_private_api(target):
            yield Unsupported(edge.id, _only_private(source, target))


def _only_private(source: Node, target: Node) -> Text:
    by, to = source.note, target.title
    return Text(
        f'"{by.en}" runs in the VPC, where the VPC endpoint of the private APIs answers for all APIs of API Gateway, so it '
        f"cannot call {to.en}, which is public. Make both APIs private or both public, or put a channel between the two components.",
        f"「{by.ja}」は VPC 内で動きます。VPC 内では API Gateway の API の呼び出しがすべてプライベート API 用の VPC エンドポイントに届くため、"
        f"パブリックな{to.ja}を呼び出せません。どちらの API も同じ公開範囲にするか、2 つのコンポーネントの間にチャネルを置いてください。",
    )
