"""Glossary: the AWS services of the design and the terms that the document uses."""

from collections.abc import Iterator

from advisor.decision import Source
from advisor.report.decision_report import services
from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Cell, Section, Table, cell
from advisor_document.titles import TITLES

_HEADS = (Text("Term", "用語"), Text("Meaning", "説明"))
_TERMS = (
    (Text("RTO", "RTO（目標復旧時間）"), Text(
        "Recovery time objective: the longest acceptable time from a failure until the workload is restored.",
        "障害発生から復旧までの目標時間です。",
    )),
    (Text("RPO", "RPO（目標復旧時点）"), Text(
        "The target for the longest period of recent data that can be lost in a failure.",
        "障害時に、どの時点のデータまで復旧するかの目標です。許容できるデータ損失の最大期間で表します。",
    )),
    (Text("p99", "p99"), Text(
        "The 99th percentile: 99 of 100 measured values are at or below it.",
        "99 パーセンタイル値です。測定値の 99% がこの値以下です。",
    )),
    (Text("Idempotent", "べき等"), Text(
        "A repetition has the same result as a single execution.", "繰り返し実行しても、1 回だけ実行した場合と同じ結果になる性質です。",
    )),
    (Text("IAM", "IAM"), Text("AWS Identity and Access Management. It controls which principal may call which API action on which resource.", "AWS Identity and Access Management の略です。どのプリンシパルがどのリソースにどの操作を行えるかを制御します。")),
    (Text("Quota", "クォータ"), Text("A limit that AWS sets per account, Region or resource. Some can be raised on request.", "AWS がアカウント、リージョン、リソースごとに定める上限です。申請により引き上げられるものがあります。")),
    (Text("Headroom", "余裕"), Text(
        "The share of a limit that the load does not use: (limit − load) ÷ limit.",
        "上限のうち、負荷で使われない割合です。（上限 − 負荷）÷ 上限で算出します。",
    )),
)  # fmt: skip
#: Terms of a document that only some designs need, by the services that bring them.
_OF_SERVICES = {
    ("kinesis", "msk"): (
        Text("Shard, partition", "シャード、パーティション"),
        Text(
            "A part of a stream within which records stay in order.",
            "ストリームを分割した単位で、その中ではレコードの順序が保たれます。",
        ),
    ),
    ("sqs", "sqs-fifo"): (
        Text("Visibility timeout", "可視性タイムアウト"),
        Text(
            "The time for which a queue hides a received message from other consumers. A message that is not deleted by then is received again.",
            "受信したメッセージを他のコンシューマーから隠す時間です。この間に削除されないメッセージは、再び受信されます。",
        ),
    ),
    ("nat-gateway",): (
        Text("NAT gateway", "NAT ゲートウェイ"),
        Text(
            "A gateway through which programs in private subnets reach the internet from its own IP address.",
            "プライベートサブネットのプログラムが、ゲートウェイの IP アドレスからインターネットに接続するための機能です。",
        ),
    ),
}
_DEAD_LETTER = (
    Text("Dead-letter queue", "デッドレターキュー"),
    Text("A queue for messages that could not be processed.", "処理できなかったメッセージを保存するキューです。"),
)
_ZONE = (
    Text("Availability Zone (AZ)", "アベイラビリティーゾーン（AZ）"),
    Text("One or more separate data centers within a Region.", "リージョン内の独立した 1 つ以上のデータセンターです。"),
)


def section(context: Context) -> Section:
    """Return the chapter."""
    heads = tuple(context.say(head) for head in _HEADS)
    table = Table(context.say(TITLES["glossary"]), heads, (*_services(context), *_terms(context)), (3, 9))
    return Section("glossary", context.say(TITLES["glossary"]), (table,))


def _services(context: Context) -> Iterator[tuple[Cell, ...]]:
    book = context.design.book
    for id in services(context.design):
        service = book.services[id]
        pages = [Source(page.url.en, "", page.title) for page in service.reading[:1]]
        yield cell(context.say(service.name), *context.cited(pages)), context.cell(service.solves)


def _terms(context: Context) -> Iterator[tuple[Cell, ...]]:
    graph = context.design.architecture
    terms = [*_TERMS]
    for ids, of_services in _OF_SERVICES.items():
        if any(graph.of_service(id) for id in ids):
            terms.append(of_services)
    if graph.of_service("dead-letter-queue"):
        terms.append(_DEAD_LETTER)
    if any("AZ" in group.title.en for group in graph.groups):
        terms.append(_ZONE)
    for term, meaning in terms:
        yield context.cell(term), context.cell(meaning)
