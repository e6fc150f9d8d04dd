"""The sentence on one limit of a service: the value of the workload, and the limit or minimum of the service."""

from advisor.book import Fact, Limit
from advisor.text import Text, spaced
from advisor.vocabulary.formats.english import noun

#: What a number is called as the subject of a sentence, where "the" and its title do not do.
_SUBJECTS = {
    "concurrency": "the number of concurrent executions",
    "count": "the count",
    "fan_out": "the number of destinations",
    "memory_mib": "the memory requirement",
    "parallel_items": "the number of items mapped in parallel",
    "response_s": "the required response time",
    "steps": "the number of steps",
    "vcpu": "the vCPU requirement",
    "volume_bytes": "the data volume",
}
_LIMIT_WORDS = {
    ("at_most", True): Text(
        "{field} is {value}, within the {limit} that {service} allows.",
        "{field}は{value}で、{service}の上限 {limit}以内です。",
    ),
    ("at_most", False): Text(
        "{field} is {value}, which exceeds the {limit} that {service} allows.",
        "{field}は{value}で、{service}の上限 {limit}を超えます。",
    ),
    ("at_least", True): Text(
        "{field} is {value}, which meets the minimum of {limit} for {service}.",
        "{field}は{value}で、{service}の下限（{limit}）を満たします。",
    ),
    ("at_least", False): Text(
        "{field} is {value}, which is less than the minimum of {limit} for {service}.",
        "{field}は{value}で、{service}の下限 {limit}を下回ります。",
    ),
}

#: Limits on something else than the run itself, by their fact.
_OWN_WORDS = {
    ("alb-idle-max", True): Text(
        "{field} is {value}, within the longest idle timeout of an {service} ({limit}).",
        "{field}は{value}で、{service}に設定できる最長のアイドルタイムアウト（{limit}）に収まります。",
    ),
    ("alb-idle-max", False): Text(
        "{field} is {value}, which exceeds the longest idle timeout of an {service} ({limit}).",
        "{field}は{value}で、{service}に設定できる最長のアイドルタイムアウト（{limit}）を超えます。",
    ),
    ("eks-auto-node-life", True): Text(
        "The longest run is {value}, within the maximum node lifetime of {service} ({limit}).",
        "実行時間は{value}で、{service}がノードを入れ替えるまでの最長期間（{limit}）に収まります。",
    ),
    ("apigw-rest-timeout-raised", True): Text(
        "{field} is {value}, within the {limit} that {service} allows (29 s by default, more after an increase of the quota).",
        "{field}は{value}で、{service}の上限 {limit}以内です（クォータを引き上げた場合。デフォルトは 29 秒）。",
    ),
    ("apigw-rest-timeout-raised", False): Text(
        "{field} is {value}, which exceeds the {limit} that {service} allows after an increase of the quota (29 s by default).",
        "{field}は{value}で、クォータを引き上げた場合の{service}の上限 {limit}を超えます（デフォルトは 29 秒）。",
    ),
    ("apigw-rest-stream-limits", True): Text(
        "{field} is {value}, within the {limit} that {service} allows for streamed responses.",
        "{field}は{value}で、{service}のストリーミング応答の上限 {limit}以内です。",
    ),
    ("apigw-rest-stream-limits", False): Text(
        "{field} is {value}, which exceeds the {limit} that {service} allows for streamed responses.",
        "{field}は{value}で、{service}のストリーミング応答の上限 {limit}を超えます。",
    ),
    ("rds-volume-size", True): Text(
        "{field} is {value}, within the {limit} of the primary volume of a DB instance of {service}.",
        "{field}は{value}で、{service}の DB インスタンスのプライマリボリュームの上限 {limit}以内です。",
    ),
    ("rds-volume-size", False): Text(
        "{field} is {value}, which exceeds the {limit} of the primary volume of a DB instance of {service}. Additional volumes "
        "(Oracle and SQL Server only, up to 256 TiB in total) are not part of this design.",
        "{field}は{value}で、{service}の DB インスタンスのプライマリボリュームの上限 {limit}を超えます。追加のボリューム（Oracle と SQL Server だけが対象で、"
        "合計で最大 256 TiB）は、この構成では使いません。",
    ),
    ("kinesis-record", True): Text(
        "{field} is {value}, within the {limit} that {service} allows (1 MiB by default, more if you raise the maximum record size).",
        "{field}は{value}で、{service}の上限 {limit}以内です（最大レコードサイズを引き上げた場合。デフォルトは 1 MiB）。",
    ),
    ("sns-message-size-max", True): Text(
        "{field} is {value}, within the {limit} that {service} allows (256 KiB by default; a topic with a higher maximum delivers only to SQS, Lambda and Firehose).",
        "{field}は{value}で、{service}の上限 {limit}以内です（トピックの最大メッセージサイズを引き上げた場合。デフォルトは 256 KiB で、引き上げたトピックの配信先は SQS、Lambda、Firehose に限られます）。",
    ),
    ("eks-auto-node-life", False): Text(
        "The longest run is {value}, but {service} replaces a node after {limit} at the latest.",
        "最長の実行時間は{value}ですが、{service}は遅くとも{limit}でノードを入れ替えます。",
    ),
}

#: A minimum price is not always that of the service itself, but the fact says what costs it.
_PRICE_WORDS = {
    True: Text(
        "{field} is {value}, which covers the minimum price. {fact}", "{field}は{value}で、最低料金を上回ります。{fact}"
    ),
    False: Text("{field} is {value}. {fact}", "{field}は{value}です。{fact}"),
}


def limit_sentence(
    limit: Limit, fact: Fact, described: tuple[Text, Text], service: Text, most: Text, *, within: bool
) -> Text:
    """Return whether a number is within a limit, in words; `described` is the title and the value of the number."""
    title, value = described
    if fact.kind == "price":
        pattern = _PRICE_WORDS[within]
    else:
        pattern = _OWN_WORDS.get((limit.fact, within)) or _LIMIT_WORDS[(limit.relation, within)]
    subject = _subject(limit.field, title.en)
    name = service.en if " an {service}" in pattern.en else noun(service.en)
    return spaced(
        Text(
            pattern.en.format(field=subject, value=value.en, service=name, limit=most.en, fact=fact.statement.en),
            pattern.ja.format(
                field=title.ja, value=value.ja, service=service.ja, limit=most.ja, fact=fact.statement.ja
            ),
        )
    )


def _subject(field: str, title: str) -> str:
    """Return a question as the subject of a sentence: "The longest run"."""
    subject = _SUBJECTS.get(field) or "the " + (title[:1].lower() + title[1:] if title[1:2].islower() else title)
    return subject[:1].upper() + subject[1:]
