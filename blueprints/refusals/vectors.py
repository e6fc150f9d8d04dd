"""Vector indexes for which no program can be generated: it would need the embedding model, which no answer states."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.traits import s3_vectors, traits_of

_NEEDS_A_MODEL = Text(
    "The project generates the use of a vector index only for a component that answers HTTP requests: its callers send the vectors. Any other program "
    "would have to call your embedding model, and the questions do not cover that model. Let a component with an HTTP endpoint read and write this store, and call it with "
    "the vectors, or add this program to the generated project yourself.",
    "ベクトルインデックスを利用するプログラムを生成できるのは、HTTP リクエストに応答するコンポーネントだけです（ベクトルは呼び出し元が送信します）。ほかのプログラムは埋め込みモデルを"
    "呼び出す必要がありますが、使用するモデルを指定する質問はありません。HTTP エンドポイントのあるコンポーネントからこのストアを読み書きして、そのエンドポイントにベクトルを送信するか、"
    "このプログラムを生成後のプロジェクトに自分で追加してください。",
)
_ONE_INDEX = Text(
    "The generated program uses one vector index, but this component uses several. Let a component of its own use each of them.",
    "生成されるプログラムが利用するベクトルインデックスは 1 つですが、このコンポーネントは複数のインデックスを利用します。インデックスごとにコンポーネントを分けてください。",
)
_NO_WEBHOOKS = Text(
    "The sender of webhooks sends no vectors. Let another component write this store.",
    "Webhook の送信元はベクトルを送信しません。このストアへの書き込みは別のコンポーネントで行ってください。",
)


def without_model(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusals of the connections by which programs use a vector index in a way that is not generated."""
    graph = plan.architecture
    for edge in graph.entering(node.id):
        invoking = [traits_of(graph.node(one.source).service).protocol for one in graph.entering(edge.source, "invoke")]
        if invoking != ["http"] * len(invoking) or not invoking:
            yield Unsupported(edge.id, _NEEDS_A_MODEL)
        elif graph.leaving(edge.source, "verify"):
            yield Unsupported(edge.id, _NO_WEBHOOKS)
        elif len({one.target for one in s3_vectors.reached(graph, edge.source)}) > 1:
            yield Unsupported(edge.id, _ONE_INDEX)
