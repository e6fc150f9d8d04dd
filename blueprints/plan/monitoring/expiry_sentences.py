"""Sentences of alarms near the flip points of a decision: what is reached, what is lost, and what would change."""

from collections import Counter
from collections.abc import Mapping, Sequence

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.explanation.what_if import Speaker
from advisor.explanation.wording import service_name
from advisor.sensitivity.analysis import FlipPoint
from advisor.sensitivity.moves import Move
from advisor.text import EMPTY, Text, spaced
from advisor.vocabulary.formats import listed
from advisor.vocabulary.formats.english import noun
from blueprints.plan.monitoring.expiry_words import beyond, is_preferred, raised
from blueprints.plan.monitoring.normal_times import DURATIONS, awaited_s
from blueprints.traits import api_gateway_rest
from blueprints.traits.api_gateway_rest import TIMEOUT_S

#: What the alarm of a question measures, in words.
_MEASURED: Mapping[str, Text] = {
    "longest_run_s": Text("the longest run", "実行時間の最大値"),
    "response_s": Text("the response time", "応答時間"),
    "request_bytes": Text("the size of a request or response", "リクエストまたはレスポンスのサイズ"),
    "response_bytes": Text("the size of a request or response", "リクエストまたはレスポンスのサイズ"),
    "message_bytes": Text("the message size", "メッセージサイズ"),
    "retention_s": Text("the age of the oldest unprocessed message", "最も古い未処理メッセージの経過時間"),
    "rate_peak_rps": Text("the peak rate", "ピーク時の処理数"),
    "rate_average_rps": Text("the average rate", "平均処理数"),
    "volume_bytes": Text("the data volume", "データ量"),
}
_TIMES = (*DURATIONS, "retention_s")
_TIMEOUT, _LIMIT = Text("timeout", "タイムアウト"), Text("limit", "上限")
_SETTINGS: Mapping[str, Text] = {
    "longest_run_s": _TIMEOUT,
    "response_s": _TIMEOUT,
    "retention_s": Text("retention period", "保持期間"),
}
_LOST = Text(
    "Messages older than the retention period are deleted: find out why they are not processed. ",
    "保持期間を過ぎたメッセージは削除されるため、処理されない原因を調べてください。",
)
#: What serves for larger messages without another service.
_BY_REFERENCE = Text(
    ", or must store the payload in Amazon S3 and send a reference",
    "を使うか、本体を Amazon S3 に置いて参照を送るように変更する必要があります。",
)
#: The same where a workflow shows it.
_WORKFLOW = Text("the execution time of the workflow, with retries,", "ワークフローの実行時間（再試行を含む）")


def sentence_of_answer(speaker: Speaker, flip: FlipPoint, node: Node, above: float) -> Text:
    """Return what an alarm says near the value of an answer at which the decision changes."""
    assert isinstance(flip.at, float)
    near, at = (speaker.value(flip.subject, flip.field, value) for value in (above, flip.at))
    share = f"{above / flip.at:.0%}"
    reached, changed, lost = reached_then(speaker, flip, node, near), _changed(speaker, flip), lost_then(flip)
    limited = flip.field == "retention_s" or not is_preferred(speaker.book, flip)
    of = Text(f"the limit of {at.en}", f"上限（{at.ja}）") if limited else Text(at.en, f"選定が変わる値（{at.ja}）")
    return spaced(
        Text(
            f"{reached.en}, which is {share} of {of.en}. {lost.en}{changed.en}",
            f"{reached.ja}を超えたことを通知します。{of.ja}の {share} です。{lost.ja}{changed.ja}",
        )
    )


def sentence_of_limit(
    architecture: Architecture,
    dated: DatedBook,
    speaker: Speaker,
    flip: FlipPoint,
    node: Node,
    limit: float,
    above: float,
) -> Text:
    """Return what an alarm says near a limit of a service."""
    near, set_to = (speaker.value(flip.subject, flip.field, value) for value in (above, limit))
    share = f"{above / limit:.0%}"
    at = speaker.value(flip.subject, flip.field, flip.at)
    if flip.field in _TIMES and isinstance(flip.at, float) and flip.at > 3600 and flip.at % 60:
        # As AWS writes it.
        at = Text(f"{flip.at:,.0f} s ({at.en})", f"{flip.at:,.0f} 秒（{at.ja}）")
    reached, setting, lost = reached_then(speaker, flip, node, near), _SETTINGS.get(flip.field, _LIMIT), lost_then(flip)
    changed, waits = _changed(speaker, flip), awaited_s(architecture, node, dated)
    late = waits is not None and flip.field == "longest_run_s" and isinstance(flip.at, float) and waits < flip.at
    usual = TIMEOUT_S if node.service == api_gateway_rest.TRAITS.service and flip.field in DURATIONS else None
    more = raised(
        setting,
        at,
        speaker.value(flip.subject, flip.field, waits) if late else None,
        speaker.value(flip.subject, flip.field, usual)
        if usual and isinstance(flip.at, float) and usual < flip.at
        else None,
    )
    return spaced(
        Text(
            f"{reached.en}, which is {share} of the {setting.en} configured in this stack ({set_to.en}). {lost.en}"
            f"{more.en}{changed.en}",
            f"{reached.ja}を超えたことを通知します。このスタックに設定した{setting.ja}（{set_to.ja}）の {share} です。{lost.ja}"
            f"{more.ja}{changed.ja}",
        )
    )


def lost_then(flip: FlipPoint) -> Text:
    """Return what happens to messages at the end of a retention period, and what to do first."""
    return _LOST if flip.field == "retention_s" else EMPTY


def reached_then(speaker: Speaker, flip: FlipPoint, node: Node, near: Text) -> Text:
    """Return what is measured, with the value at which the alarm rings."""
    title = speaker.title(flip.subject)
    what = _WORKFLOW if node.role == "workflow" and flip.field == "longest_run_s" else _MEASURED[flip.field]
    return Text(f"{title.en}: {what.en} has reached {near.en}", f"{title.ja}: {what.ja}が{near.ja}")


def _changed(speaker: Speaker, flip: FlipPoint) -> Text:
    """Return the changes that a design needs beyond a flip point, and the services that it does not need there."""
    more = beyond(flip, speaker.value(flip.subject, flip.field, flip.at))
    changed = [move for move in flip.moves if move.before is not None] or [*flip.moves]
    after = [move for move in changed if move.after]
    several, roles = len(after) > 1, Counter(move.before for move in after)
    needed = [
        *(_needed(speaker, flip, move, several=several, alone=roles[move.before] == 1) for move in after),
        *_others(speaker, flip, changed),
    ]
    spared = _spared(speaker, flip, changed)
    said = [_wanted(listed(needed), flip.field)] if needed else []
    if spared:
        named = listed(spared)
        said.append(Text(f"no longer needs {named.en}", f"{named.ja}は不要になります。"))
    if needed and not spared and flip.field != "message_bytes" and is_preferred(speaker.book, flip):
        named = listed(needed)
        return Text(
            f"{more.en}, the decision rules select {named.en}.",
            f"{more.ja}、判定ルールにより{named.ja}を選択します。",
        )
    return Text(
        f"{more.en}, the design {' and '.join(one.en for one in said)}.",
        f"{more.ja}、{''.join(one.ja for one in said)}",
    )


def _wanted(needed: Text, field: str) -> Text:
    if field == "message_bytes":
        return Text(f"needs {needed.en}{_BY_REFERENCE.en}", f"{needed.ja}{_BY_REFERENCE.ja}")
    return Text(f"needs {needed.en}", f"{needed.ja}が必要です。")


def _needed(speaker: Speaker, flip: FlipPoint, move: Move, *, several: bool, alone: bool) -> Text:
    """Return a service that is needed beyond a flip point, with the subject if it differs from the measured one.

    Of several services, the one that each replaces is in brackets: "X (instead of Y) and Z (instead of W)". The role is named
    where a service is replaced in several roles.
    """
    after, where = _named(speaker, move.after), _where(speaker, flip, move)
    role = speaker.book.role(move.role).title
    if move.before is None:
        return Text(f"{after.en} in addition ({role.en}){where.en}", f"{where.ja}{after.ja}の追加（{role.ja}）")
    before = _named(speaker, move.before)
    en, ja = ("", "") if alone else (f"{role.en}: ", f"{role.ja}では")
    instead = f"({en}instead of {before.en})" if several else f"instead of {before.en}"
    return Text(f"{after.en} {instead}{where.en}", f"{where.ja}{ja}{before.ja}の代わりに{after.ja}")


def _named(speaker: Speaker, service: str | None) -> Text:
    name = service_name(speaker.book, str(service))
    return Text(noun(name.en), name.ja)


def _others(speaker: Speaker, flip: FlipPoint, moves: Sequence[Move]) -> list[Text]:
    """Return what must replace the services for which the book knows no other one, as one text if there are any."""
    replaced = [
        Text(f"{before.en}{where.en}", f"{where.ja}{before.ja}")
        for move in moves
        if move.after is None and move.unmet
        for before, where in ((_named(speaker, move.before), _where(speaker, flip, move)),)
    ]
    if not replaced:
        return []
    names, kind = listed(replaced), "services" if len(replaced) > 1 else "a service"
    return [Text(f"{kind} other than {names.en}", f"{names.ja}に代わるサービス")]


def _spared(speaker: Speaker, flip: FlipPoint, moves: Sequence[Move]) -> list[Text]:
    """Return the services that are not needed beyond a flip point.

    What else a part without a suitable service would need is open, so it is not called superfluous.
    """
    lost = {move.subject for move in moves if move.unmet}
    return [
        Text(f"{before.en}{where.en}", f"{where.ja}{before.ja}")
        for move in moves
        if move.after is None and move.subject not in lost
        for before, where in ((_named(speaker, move.before), _where(speaker, flip, move)),)
    ]


def _where(speaker: Speaker, flip: FlipPoint, move: Move) -> Text:
    title = speaker.title(move.subject)
    return EMPTY if move.subject == flip.subject else Text(f" for {title.en}", f"{title.ja}では")
