"""Direct uploads that no project contains: without one bucket, its item size, or a program that issues the URLs, or to a locked bucket."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from advisor.verdict.known import Known
from advisor.vocabulary.store import IMMUTABLE
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.traits.direct_uploads import ISSUE


def not_issued(plan: Plan) -> Iterator[Unsupported]:
    """Yield the components whose clients upload files directly, but whose project would not let them."""
    nodes = {node.id: node for node in plan.architecture.nodes}
    for id, subject in plan.design.verdict.subjects.items():
        entry = nodes.get(f"{id}.entry")
        if entry is not None and subject.known.values.get("direct_uploads"):
            name = nodes.get(f"{id}.compute", entry).note
            written = [nodes[f"{store}.store"] for store in subject.subject.answers.get("writes", ())]
            reason = _reason(plan, entry, name, [node for node in written if node.service == "s3"])
            if reason is not None:
                yield Unsupported(entry.id, reason)


def _reason(plan: Plan, entry: Node, name: Text, buckets: list[Node]) -> Text | None:
    if not buckets:
        return _no_bucket(name)
    if len(buckets) > 1:
        return _several_buckets(name)
    invoked = plan.architecture.leaving(entry.id, "invoke")
    if not any(plan.architecture.leaving(edge.target, ISSUE) for edge in invoked):
        return _no_program(name)
    if settings.flag(buckets[0], IMMUTABLE):
        return _locked(name, buckets[0].note)
    facts: Known = plan.design.verdict.subjects[buckets[0].subject].known
    known = "item_bytes" not in facts.assumed or "item_bytes" in facts.because
    return None if known else _no_size(name, buckets[0].note)


def _no_bucket(name: Text) -> Text:
    return Text(
        f'"{name.en}" lets clients upload files directly (direct_uploads), but writes to no store of objects. Specify one under writes.',
        f"「{name.ja}」にはクライアントがファイルを直接アップロードしますが（direct_uploads）、書き込み先にオブジェクトのストアがありません。"
        "writes に 1 つ指定してください。",
    )


def _several_buckets(name: Text) -> Text:
    return Text(
        f'"{name.en}" lets clients upload files directly (direct_uploads) and writes to several stores of objects, but the project '
        "supports uploads to one store only. Specify only one under writes.",
        f"「{name.ja}」にはクライアントがファイルを直接アップロードしますが（direct_uploads）、書き込み先にオブジェクトのストアが複数あります。"
        "生成されるプロジェクトのアップロード先は 1 つだけです。writes に 1 つだけ指定してください。",
    )


def _no_program(name: Text) -> Text:
    return Text(
        f'"{name.en}" lets clients upload files directly (direct_uploads), but its endpoint invokes no program that issues the URLs. '
        "Add a component for the uploads, or answer that clients do not upload files directly.",
        f"「{name.ja}」にはクライアントがファイルを直接アップロードしますが（direct_uploads）、エンドポイントが呼び出すプログラムがなく、"
        "アップロード用の URL を発行できません。アップロード用のコンポーネントを追加するか、直接アップロードを「なし」にしてください。",
    )


def _locked(name: Text, bucket: Text) -> Text:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html (read 2026-12-01)
    return Text(
        f'Clients upload files directly to "{bucket.en}" with URLs that "{name.en}" issues (direct_uploads), but "{bucket.en}" is locked (immutable): S3 requires a checksum of each upload '
        "to a locked bucket, which the issued URLs do not contain. Let clients upload to another store, from which a component copies the files.",
        f"クライアントは「{name.ja}」が発行する URL で「{bucket.ja}」に直接アップロードしますが（direct_uploads）、「{bucket.ja}」にはオブジェクトロックが必要です（immutable）。オブジェクトロックを設定したバケットへの"
        "アップロードにはチェックサムが必要ですが、発行される URL には含まれません。別のストアにアップロードさせ、コンポーネントでファイルをコピーしてください。",
    )


def _no_size(name: Text, bucket: Text) -> Text:
    return Text(
        f'"{name.en}" lets clients upload files directly (direct_uploads). State the maximum item size of "{bucket.en}" (item_bytes), which is the '
        "maximum size of an upload.",
        f"クライアントは「{name.ja}」が発行する URL でファイルを直接アップロードします（direct_uploads）。アップロードの最大サイズとなる「{bucket.ja}」の"
        "データ 1 件の最大サイズ（item_bytes）を回答してください。",
    )
