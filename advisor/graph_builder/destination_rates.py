"""Warnings about external destinations that accept only a limited rate of calls: nothing keeps it, or more messages arrive."""

from collections.abc import Iterator, Mapping, Sequence

from advisor.architecture import Architecture, Node
from advisor.decision import Source, Warning
from advisor.sizing.destination_rates import AGE_S, AGE_SOURCE, RATE_SOURCES, kept_rate, stated_rate
from advisor.sizing.sized import rate, seconds
from advisor.text import Text, spaced
from advisor.verdict.known import Known
from advisor.vocabulary.channel import CALLED, CALLED_OVER_HTTPS, DESTINATION_KINDS

_READ = "2026-12-01"
_BUS = "eventbridge-bus"
_AVERAGE = "rate_average_rps"
_RATES = frozenset((_AVERAGE, "rate_peak_rps"))


def overrun_destinations(architecture: Architecture, hub: Node, facts: Mapping[str, Known]) -> Iterator[Warning]:
    """Warn of a channel whose destinations may be called faster than they accept, or whose messages outgrow that rate.

    Where each destination receives only a part of the messages, it is not known how many it receives. Where the channel
    states no rate, those of the components that publish to it are compared.
    """
    known = facts[hub.subject]
    accepted = stated_rate(known.values)
    if hub.role != "messaging" or accepted is None:
        return
    ends = [architecture.node(edge.target) for edge in architecture.leaving(hub.id, "deliver")]
    called = [node for node in ends if node.service in CALLED_OVER_HTTPS and hub.service in RATE_SOURCES]
    unlimited = [node for node in ends if node.service in CALLED and node not in called]
    if unlimited:
        yield Warning(hub.subject, hub.role, "nothing-limits-calls", unlimited_words(hub, unlimited, accepted))
    if not called:
        return
    if accepted < 1:
        source = Source(RATE_SOURCES[hub.service], _READ)
        yield Warning(hub.subject, hub.role, "calls-are-limited-per-second", slow_words(hub, accepted), source)
    if known.values.get("routing"):
        return
    if known.assumed >= _RATES:
        yield from _outrun_by_sources(architecture, hub, facts, accepted)
    else:
        yield from _overrun(hub, known, accepted)


def _outrun_by_sources(
    architecture: Architecture, hub: Node, facts: Mapping[str, Known], accepted: float
) -> Iterator[Warning]:
    """Compare the average rates of all that publishes to a channel with the limit, as far as they are stated."""
    programs = {edge.source: architecture.node(edge.source) for edge in architecture.entering(hub.id, "publish")}
    rates = {node.subject: _stated_average(facts.get(node.subject)) for node in programs.values()}
    average = sum(rates.values())
    if average > min(accepted, kept_rate(accepted)):
        sources = [node for node in programs.values() if rates[node.subject]]
        yield Warning(
            hub.subject, hub.role, "sources-outrun-destinations", source_words(hub, sources, average, accepted)
        )


def _stated_average(known: Known | None) -> float:
    """Return the average rate of a component if it is stated, or follows from a stated one of another part; else 0."""
    if known is None or not known.values.get(_AVERAGE):
        return 0.0
    because = known.because.get(_AVERAGE, ())
    stated = _AVERAGE not in known.assumed or any(one.subject for one in because)
    return float(known.values[_AVERAGE]) if stated else 0.0


def _overrun(hub: Node, known: Known, accepted: float) -> Iterator[Warning]:
    """Compare the stated rates with the limit; one below a call a second is not kept, so that no peak waits for it."""
    average, peak = (
        0.0 if field in known.assumed else float(known.values[field]) for field in (_AVERAGE, "rate_peak_rps")
    )
    kept = kept_rate(accepted)
    if average > min(accepted, kept):
        yield Warning(hub.subject, hub.role, "calls-fall-behind", behind_words(hub, average, accepted))
    elif accepted < 1:
        return
    elif hub.service != _BUS and peak > kept:
        source = Source(RATE_SOURCES[hub.service], _READ)
        yield Warning(hub.subject, hub.role, "peak-waits-for-destinations", topic_words(hub, peak, kept), source)
    # A peak of a whole day up to twice the rate leaves no event waiting for longer than a day.
    elif peak > 2 * kept:
        source = Source(AGE_SOURCE, _READ)
        yield Warning(hub.subject, hub.role, "peak-waits-for-destinations", bus_words(hub, peak, kept), source)


def unlimited_words(hub: Node, ends: list[Node], accepted: float) -> Text:
    """Return the sentence on destinations that are called as fast as messages arrive."""
    most = rate(accepted, "call")
    kinds = {option.value: option.label for option in DESTINATION_KINDS}
    names = [node.note if node.note.en else kinds[node.service] for node in ends]
    en, ja = ", ".join(f'"{name.en}"' for name in names), "".join(f"「{name.ja}」" for name in names)
    return spaced(
        Text(
            f'Each destination of "{hub.note.en}" accepts at most {most.en}, but nothing limits the rate at which {en} '
            f"{'receives' if len(ends) == 1 else 'receive'} messages. Put a queue in front of it, and let its consumer limit the rate.",
            f"「{hub.note.ja}」の各宛先が受け付ける上限は{most.ja}ですが、{ja}への配信レートを制限するものがありません。手前にキューを置き、"
            "そのコンシューマーでレートを制限してください。",
        )
    )


def slow_words(hub: Node, accepted: float) -> Text:
    """Return the sentence on a limit of less than one call a second."""
    most, least = rate(accepted, "call"), rate(1, "call")
    return spaced(
        Text(
            f'Each destination of "{hub.note.en}" accepts at most {most.en}, but the lowest limit that the service can keep is {least.en}. '
            "If the destination rejects calls above its limit, deliver to a queue, and let a component call the destination on a schedule.",
            f"「{hub.note.ja}」の各宛先が受け付ける上限は{most.ja}ですが、サービスに設定できる最小の上限は{least.ja}です。上限を超える呼び出しを"
            "宛先が拒否する場合は、キューに配信し、スケジュールで起動するコンポーネントから宛先を呼び出してください。",
        )
    )


def behind_words(hub: Node, average: float, accepted: float) -> Text:
    """Return the sentence on a channel whose backlog grows without end."""
    sent, kept = rate(average, "message"), kept_rate(accepted)
    en, ja = f"accepts at most {rate(accepted, 'call').en}", f"が受け付ける上限は{rate(accepted).ja}です"
    if kept < accepted:
        en, ja = f"is called at most {rate(kept, 'time').en}", f"を呼び出せるのは{rate(kept).ja}までです"
    then = Text("", "増え続けます")
    if hub.service == _BUS:
        then = Text(
            ", and events that are older than 24 hours go to the dead-letter queue",
            "増え続け、24 時間を過ぎたイベントはデッドレターキューに送られます",
        )
    return spaced(
        Text(
            f'On average, "{hub.note.en}" carries {sent.en}, but each of its destinations {en}. The backlog grows without end'
            f"{then.en}. Send several items in one call, send only what the destination "
            "needs, or have its limit raised.",
            f"「{hub.note.ja}」の平均レートは{sent.ja}ですが、各宛先{ja}。バックログは{then.ja}。"
            "複数の項目を 1 回の呼び出しで送る、宛先に必要なものだけを送る、宛先の上限を引き上げてもらうなどの対策が必要です。",
        )
    )


def source_words(hub: Node, sources: Sequence[Node], average: float, accepted: float) -> Text:
    """Return the sentence on components that handle more on average than the destinations of their channel accept."""
    handled, most = rate(average), rate(accepted, "call")
    en = ", ".join(f'"{node.note.en}"' for node in sources)
    ja = "".join(f"「{node.note.ja}」" for node in sources)
    together = Text(" together", "合わせて") if len(sources) > 1 else Text("", "")
    verb = "handles" if len(sources) == 1 else "handle"
    return spaced(
        Text(
            f'On average, {en}{together.en} {verb} {handled.en}, but each destination of "{hub.note.en}" accepts at most {most.en}. If '
            f'each of them leads to a message, the backlog grows without end. State the average rate of "{hub.note.en}" if fewer messages '
            "are sent; otherwise send several items in one call, or have the limit of the destination raised.",
            f"{ja}の平均レートは{together.ja}{handled.ja}ですが、「{hub.note.ja}」の各宛先が受け付ける上限は{most.ja}です。1 件ごとにメッセージを"
            f"送る場合、バックログは増え続けます。送るメッセージがこれより少ない場合は、「{hub.note.ja}」の平均レートを回答してください。"
            "そうでない場合は、複数の項目を 1 回の呼び出しで送るか、宛先の上限を引き上げてもらってください。",
        )
    )


def topic_words(hub: Node, peak: float, kept: float) -> Text:
    """Return the sentence on a topic whose peak exceeds the rate of its subscriptions."""
    sent, called = rate(peak, "message"), rate(kept, "time")
    return spaced(
        Text(
            f'At its peak, "{hub.note.en}" carries {sent.en}, but its subscriptions call a destination at most {called.en}. The '
            "documentation of Amazon SNS does not state how long it keeps the messages that wait. EventBridge keeps them for up to 24 hours.",
            f"「{hub.note.ja}」のピークは{sent.ja}ですが、サブスクリプションが宛先を呼び出すのは{called.ja}までです。待ち状態のメッセージを保持する"
            "期間は、Amazon SNS のドキュメントに記載がありません。EventBridge は最長 24 時間保持します。",
        )
    )


def bus_words(hub: Node, peak: float, kept: float) -> Text:
    """Return the sentence on a bus whose peak loses events if it lasts: the last one then waits for longer than a day."""
    sent, called, lasting = rate(peak, "message"), rate(kept, "time"), seconds(lasting_s(peak, kept))
    return spaced(
        Text(
            f'At its peak, "{hub.note.en}" carries {sent.en}, but a destination is called at most {called.en}. If a peak lasts longer '
            f"than about {lasting.en}, its last events wait for more than 24 hours and go to the dead-letter queue. Send them again "
            "from there, or spread large numbers of events over time.",
            f"「{hub.note.ja}」のピークは{sent.ja}ですが、宛先を呼び出せるのは{called.ja}までです。ピークが約{lasting.ja}より長く続くと、"
            "終わりのほうのイベントは 24 時間を超えて待つことになり、デッドレターキューに送られます。そこから再送するか、大量のイベントは時間を"
            "分散して送ってください。",
        )
    )


def lasting_s(peak: float, kept: float) -> float:
    """Return how many seconds a peak may last until its last event waits for a day: the backlog divided by the rate of calls."""
    lasting = AGE_S * kept / (peak - kept)
    step = 3600.0 if lasting >= 3600 else 60.0
    return max(step, lasting // step * step)
