"""Assumed run times and sizes that do not go with what is stated: latency goals, loads of streams, and items of stores."""

import math
from collections.abc import Iterator

from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.requirements.starts import REQUESTS, starts
from advisor.sizing.node_updates import number
from advisor.sizing.sized import SPARE, count, seconds, size
from advisor.text import LANGS, Text, spaced
from advisor.verdict import SubjectVerdict
from advisor.verdict.known import Known

_TYPICAL, _LONGEST, _LATENCY, _PEAK = "typical_run_s", "longest_run_s", "latency_ms", "rate_peak_rps"

#: Link to a store, the size of what carries its items, and the sentence where it is smaller than they are.
_CARRIED = (
    (
        "writes",
        "request_bytes",
        Text(
            'The largest request is assumed to be {assumed}, but the items of "{store}", which this component writes, are up to {item}. Confirm the '
            "largest request, or let clients upload these items directly to the store.",
            "最大リクエストサイズの仮定は{assumed}ですが、このコンポーネントが書き込む「{store}」の項目は最大{item}です。最大リクエストサイズを確認するか、"
            "クライアントからストアに直接アップロードしてください。",
        ),
    ),
    (
        "reads",
        "response_bytes",
        Text(
            'The largest response is assumed to be {assumed}, but the items of "{store}", which this component reads, are up to {item}. Confirm the '
            "largest response.",
            "最大レスポンスサイズの仮定は{assumed}ですが、このコンポーネントが読み取る「{store}」の項目は最大{item}です。最大レスポンスサイズを確認してください。",
        ),
    ),
)


def doubtful_answers(design: Design) -> Iterator[tuple[str, Text]]:
    """Yield the components of which an assumption has to be confirmed before the design holds, each with the reason."""
    for id, subject in design.verdict.subjects.items():
        if subject.subject.kind != "component":
            continue
        if _TYPICAL in subject.known.assumed:
            sentence = _above_latency(subject.known) or _too_slow_for_stream(design, id, subject.known)
            if sentence is not None:
                yield id, spaced(sentence)
        if starts(subject.known.values, *REQUESTS):
            yield from ((id, spaced(sentence)) for sentence in _larger_items(design, subject))


def _larger_items(design: Design, subject: SubjectVerdict) -> Iterator[Text]:
    """Yield what is assumed of requests and responses that is smaller than the stated items of a store behind them."""
    answers, known = subject.subject.answers, subject.known
    for link, field, pattern in _CARRIED:
        stores = answers.get(link) or ()
        sizes = [(float(design.verdict.subjects[store].known.values.get("item_bytes") or 0), store) for store in stores]
        stated = [
            (most, store) for most, store in sizes if "item_bytes" not in design.verdict.subjects[store].known.assumed
        ]
        most, store = max(stated, default=(0.0, ""))
        direct = link == "writes" and answers.get("direct_uploads")
        if field in known.assumed and not direct and most > float(known.values.get(field) or most):
            name = Speaker(design.requirements, design.book).title(store)
            texts = {"assumed": size(float(known.values[field])), "store": name, "item": size(most)}
            en, ja = ({key: text.in_(lang) for key, text in texts.items()} for lang in LANGS)
            yield Text(pattern.en.format(**en), pattern.ja.format(**ja))


def _above_latency(known: Known) -> Text | None:
    latency = known.values.get(_LATENCY)
    typical = float(known.values[_TYPICAL])
    if latency is None or _LATENCY in known.assumed or typical <= float(latency) / 1000:
        return None
    time, goal = seconds(typical), seconds(float(latency) / 1000)
    return Text(
        f"The assumed typical run time ({time.en}) exceeds the p99 latency goal ({goal.en}). Confirm the actual run time.",
        f"通常の実行時間の仮定（{time.ja}）が p99 レイテンシーの目標（{goal.ja}）を超えています。実際の実行時間を確認してください。",
    )


def _too_slow_for_stream(design: Design, id: str, known: Known) -> Text | None:
    node = design.architecture.find(f"{id}.compute")
    if node is None or "parallelization" not in node.grounds or _LONGEST in known.assumed:
        return None
    longest, allowed = float(known.values[_LONGEST]), number(node, "concurrency")
    needed = math.ceil(round(float(known.values[_PEAK]) * longest * SPARE, 6))
    if needed <= allowed:
        return None
    time, most, few = seconds(longest), count(needed), count(allowed)
    return Text(
        f"The typical run time is not stated. With the longest ({time.en}) for each record, {most.en} batches would have to be processed at "
        f"once at the peak, but the stream allows {few.en}. Confirm the actual run time.",
        f"通常の実行時間が未回答です。すべてのレコードに最長の{time.ja}かかる場合、ピーク時に {most.ja} 個のバッチの並列処理が必要ですが、ストリームで処理"
        f"できるのは {few.ja} 個です。実際の実行時間を確認してください。",
    )
