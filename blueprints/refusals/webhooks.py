"""Receivers of signed webhooks that would have to serve more than webhooks."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.architecture.passing import READING
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan

_RECEIVES_ONLY = Text(
    "The generated program verifies the signatures of webhooks that it receives by POST, and serves nothing else. Let it only write to "
    "stores and publish to channels, and let another component read the stores and serve the site.",
    "生成されるプログラムは、POST で受信する Webhook の署名だけを検証し、それ以外のリクエストには応答しません。このプログラムではストアへの書き込みと"
    "チャネルへの発行だけを行い、ストアの読み取りとサイトの配信は別のコンポーネントで行ってください。",
)


def receives_only(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of a signing secret whose program reads a store for callers, or whose component has a site.

    The signature covers ID, time and body of a request, and neither its method nor its path.
    """
    receivers = {edge.source for edge in plan.architecture.entering(node.id, "verify")}
    used = [edge for receiver in receivers for edge in plan.architecture.leaving(receiver)]
    reads = any(edge.verb in READING for edge in used)
    if reads or plan.architecture.find(f"{node.subject}.hosting") is not None:
        yield Unsupported(node.id, _RECEIVES_ONLY)
