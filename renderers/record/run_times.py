"""Assumed run times that do not go with what is stated: with the latency goal of an API, or with the load of a stream."""

import math
from collections.abc import Iterator

from advisor.design import Design
from advisor.sizing.node_updates import number
from advisor.sizing.sized import SPARE, count, seconds
from advisor.text import Text, spaced
from advisor.verdict.derived_facts import Known

_TYPICAL, _LONGEST, _LATENCY, _PEAK = "typical_run_s", "longest_run_s", "latency_ms", "rate_peak_rps"


def doubtful_times(design: Design) -> Iterator[tuple[str, Text]]:
    """Yield the components whose assumed run time has to be confirmed before the design holds, each with the reason."""
    for id, subject in design.verdict.subjects.items():
        known = subject.known
        if subject.subject.kind != "component" or _TYPICAL not in known.assumed:
            continue
        sentence = _above_latency(known) or _too_slow_for_stream(design, id, known)
        if sentence is not None:
            yield id, spaced(sentence)


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
