"""The endpoint by which people approve, in a design whose other endpoints are in the internal network only."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.decision import Source, Warning
from advisor.requirements.starts import REQUESTS, starts
from advisor.sizing.node_updates import is_durable
from advisor.text import Text, spaced
from advisor.verdict import Verdict

_IAM = Source(
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html", "2026-11-27"
)


def public_approvals(architecture: Architecture, verdict: Verdict, node: Node) -> Iterator[Warning]:
    """Warn of a workflow or durable function that people approve at a public endpoint, although all stated ones are internal."""
    if node.role != "workflow" and not is_durable(node):
        return
    subject = verdict.subjects.get(node.subject)
    if subject is None or not subject.known.values.get("human_approval"):
        return
    components = [verdict.subjects[one.id].known.values for one in verdict.answers.of_kind("component")]
    exposures = {str(values["exposure"]) for values in components if starts(values, *REQUESTS)}
    if exposures == {"private"}:
        program = architecture.find(f"{node.subject}.compute") or node
        yield Warning(node.subject, node.role, "approvals-at-a-public-endpoint", public_words(program), _IAM)


def public_words(program: Node) -> Text:
    """Return the sentence on approvals in a design without another public endpoint."""
    return spaced(
        Text(
            f'People approve the runs of "{program.note.en}" at an HTTP API, which has a public endpoint, although all other endpoints '
            "are in the internal network only. The API accepts only requests that permitted IAM identities sign. If your network rules "
            "forbid this endpoint, replace it with a private REST API before you deploy.",
            f"「{program.note.ja}」の実行は HTTP API で承認します。ほかのエンドポイントはすべて社内ネットワークのみに公開されていますが、"
            "HTTP API はパブリックエンドポイントを持ちます。受け付けるのは、許可された IAM アイデンティティが署名したリクエストだけです。"
            "社内のネットワーク規則でパブリックエンドポイントが禁止されている場合は、デプロイ前にプライベート REST API に置き換えてください。",
        )
    )
