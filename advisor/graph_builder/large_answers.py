"""Objects that callers read through a program, and that are larger than a response: direct downloads, or a warning."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import READING, WRITING
from advisor.book import DatedBook
from advisor.decision import Warning
from advisor.text import Text
from advisor.verdict.known import Known
from advisor.vocabulary.units import words

_BUCKET, _FUNCTION, _LIMIT = "s3", "lambda", "lambda-payload-sync"
#: The setting of a bucket from which callers download objects with presigned URLs: the key of each contains its owner.
DIRECT_DOWNLOADS = "direct_downloads"
#: The entries whose requests name an item in their path, and whose programs answer with JSON.
_ENTRIES = ("api-gateway-rest", "api-gateway-http", "alb", "lambda-function-url")
#: The service whose items are copies where a program reads another store.
CACHE = "elasticache-serverless"


def with_direct_downloads(architecture: Architecture, facts: Mapping[str, Known], dated: DatedBook) -> Architecture:
    """Return the architecture with the setting of the buckets whose objects are larger than a response.

    Programs of callers only read such a bucket, other programs only write to it, and new objects start nothing.
    """
    most = dated.most(_LIMIT, "B")
    linked = {
        store.id
        for store in architecture.of_service(_BUCKET)
        if store.subject in facts
        and float(facts[store.subject].values.get("item_bytes") or 0) > most
        and _is_handed_out(architecture, store)
    }
    nodes = tuple(
        replace(node, settings={**node.settings, DIRECT_DOWNLOADS: True}) if node.id in linked else node
        for node in architecture.nodes
    )
    return replace(architecture, nodes=nodes) if linked else architecture


def _is_handed_out(architecture: Architecture, store: Node) -> bool:
    verbs = {edge.verb for edge in architecture.entering(store.id)}
    if verbs != {"read", "write"} or architecture.leaving(store.id):
        return False
    programs = {verb: [architecture.node(e.source) for e in architecture.entering(store.id, verb)] for verb in verbs}
    return all(one.role == "compute" and not entries_of(architecture, one) for one in programs["write"]) and all(
        one.role == "compute" and _answers(architecture, one) for one in programs["read"]
    )


def _answers(architecture: Architecture, program: Node) -> bool:
    """Return whether a program answers nothing but requests, and keeps no copies that would outlive a link."""
    entries = entries_of(architecture, program)
    copies = any(architecture.node(edge.target).service == CACHE for edge in architecture.leaving(program.id))
    return bool(entries) and not copies and all(entry.service in _ENTRIES for entry in entries)


def entries_of(architecture: Architecture, program: Node) -> list[Node]:
    """Return the entries whose requests a program answers."""
    invoking = (architecture.node(edge.source) for edge in architecture.entering(program.id, "invoke"))
    return [node for node in invoking if node.role == "entry"]


def larger_than_answers(
    architecture: Architecture, facts: Mapping[str, Known], node: Node, dated: DatedBook
) -> Iterator[Warning]:
    """Warn if a function that answers requests reads objects that are larger than its response can be.

    Of files that clients upload, the program returns only the metadata: a bucket to which no program writes is left out.
    What the function itself stores came in a request to it, which has the same limit.
    """
    if node.service != _FUNCTION or not entries_of(architecture, node):
        return
    most = dated.most(_LIMIT, "B")
    for edge in architecture.leaving(node.id):
        store = architecture.node(edge.target)
        if edge.verb not in READING or store.service != _BUCKET or store.subject not in facts:
            continue
        if store.settings.get(DIRECT_DOWNLOADS):
            continue
        largest = float(facts[store.subject].values.get("item_bytes") or 0)
        if largest > most and any(
            one.verb in WRITING and one.source != node.id for one in architecture.entering(store.id)
        ):
            source = dated.book.facts[_LIMIT].source
            sentence = larger_words(node, store, largest, most)
            yield Warning(node.subject, node.role, "objects-exceed-the-response", sentence, source)


def larger_words(node: Node, store: Node, largest: float, most: float) -> Text:
    """Return the sentence on objects that a function cannot return, in bytes."""
    size, limit = words(largest, "B"), words(most, "B")
    return Text(
        f'An object in "{store.note.en}" can have up to {size.en}, but a response of "{node.note.en}" is limited to {limit.en}. The program reads '
        "objects of JSON into its memory, so requests for larger ones fail. Before you go live, let it return a presigned URL instead "
        "of the content, valid for a few minutes and only after it has checked the owner: the caller then downloads the object from "
        "Amazon S3. The keys should begin with the owner, so that a list reads the objects of one caller only.",
        f"「{store.note.ja}」のオブジェクトは最大 {size.ja}になりますが、「{node.note.ja}」のレスポンスは最大 {limit.ja}です。プログラムは JSON "
        "オブジェクトをメモリーに読み込むため、これを超えるオブジェクトへのリクエストは失敗します。本番利用の前に、内容の代わりに署名付き URL を返す"
        "ようにしてください。所有者を確認してから発行し、有効期間は数分にします。呼び出し元はその URL で Amazon S3 から直接ダウンロードします。"
        "一覧が 1 人の呼び出し元のオブジェクトだけを読むように、キーは所有者から始めてください。",
    )
