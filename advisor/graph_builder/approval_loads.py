"""Warnings about runs that wait or last too long: for approvals, for the quota of an account, and until the next start."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.book import DatedBook
from advisor.budgets.people import EMAIL_RATE, stated_rates
from advisor.decision import Source, Warning
from advisor.sizing.jobs import MAP_PAGE, lasting_s, starts_every_s, whole_s
from advisor.sizing.node_updates import is_durable, number
from advisor.sizing.waits import stated_whole_s, waits_of
from advisor.text import Text, spaced
from advisor.verdict.known import Known
from advisor.vocabulary.units import words

_MAP = Source(MAP_PAGE, "2026-11-27")
OPEN_EXECUTIONS = "sfn-open-executions"
#: The workflows whose open executions this quota of an account counts.
_COUNTED = ("step-functions-standard",)


def waiting_runs(
    architecture: Architecture, node: Node, facts: Mapping[str, Known], dated: DatedBook
) -> Iterator[Warning]:
    """Warn of a workflow or durable function whose runs wait, if its stated rate is too high for that."""
    if node.role != "workflow" and not is_durable(node):
        return
    known = facts[node.subject]
    rates = stated_rates(known) or stated_rates(facts.get(str(known.values.get("listens_to"))))
    if rates is None:
        return
    average, peak = rates
    program = architecture.find(f"{node.subject}.compute") or node
    name = program.note
    emails = dated.most(EMAIL_RATE, "per_s")
    if known.values["human_approval"] and peak > emails:
        source = dated.book.facts[EMAIL_RATE].source
        sentence = approval_words(name, peak, emails)
        yield Warning(node.subject, node.role, "faster-than-people-approve", sentence, source)
    waits, most = waits_of(known), dated.most(OPEN_EXECUTIONS, "count")
    if node.service in _COUNTED and average * waits > most:
        source = dated.book.facts[OPEN_EXECUTIONS].source
        sentence = open_words(name, average, waits, most)
        yield Warning(node.subject, node.role, "more-open-executions-than-the-quota", sentence, source)


def late_maps(architecture: Architecture, node: Node, known: Known) -> Iterator[Warning]:
    """Warn of a map that does not process its items in time, before its next start, with the most that it runs at once."""
    at_once, items = number(node, "map_concurrency"), number(node, "parallel_items")
    if node.role != "workflow" or not at_once or not items:
        return
    steps = max((int(str(state.settings.get("steps", 1))) for state in node.states if state.kind == "map"), default=1)
    lasting, whole = lasting_s(known, items * steps, at_once), whole_s(known)
    # Where neither a time nor a schedule is stated, a day is assumed.
    bounded = stated_whole_s(known) or "schedule" in known.values["trigger"]
    if bounded and lasting > whole:
        program = architecture.find(f"{node.subject}.compute") or node
        sentence = late_words(program.note, items, at_once, lasting, known)
        yield Warning(node.subject, node.role, "map-lasts-too-long", sentence, _MAP)


def late_words(name: Text, items: float, at_once: float, lasting: float, known: Known) -> Text:
    """Return the sentence on a map that takes longer than it may, with its time in seconds."""
    some, most, takes = words(items, "count"), words(at_once, "count"), words(lasting, "s")
    bound, cure = _bound(known, lasting)
    return spaced(
        Text(
            f'"{name.en}" takes {takes.en} for {some.en} items, of which {most.en} run at once. {bound.en} {cure.en}, or have each '
            "run of the program process several items.",
            f"「{name.ja}」は {some.ja} 件の処理に{takes.ja}かかります（同時に {most.ja} 件）。{bound.ja}{cure.ja}、1 回の実行で複数の項目を"
            "処理してください。",
        )
    )


def _bound(known: Known, lasting: float) -> tuple[Text, Text]:
    """Return why a map must end earlier: its next start, a stated time, or the day that is assumed; and the cure."""
    whole, starts = words(whole_s(known), "s"), starts_every_s(known)
    if starts is not None and starts <= lasting:
        every = words(starts, "s")
        return (
            Text(
                f"It starts every {every.en} on average, so its runs would overlap and pile up.",
                f"平均{every.ja}ごとに開始するため、実行が重なって増え続けます。",
            ),
            Text("Start it less often", "開始の間隔を広げるか"),
        )
    if stated_whole_s(known):
        return (
            Text(
                f"By the stated requirement, a run must end within {whole.en}.",
                f"指定された時間（{whole.ja}）以内には終わりません。",
            ),
            Text("Allow more time", "より長い時間を許容するか"),
        )
    return (
        Text(
            f"The requirements do not state how long a run may take, so the design assumes {whole.en}.",
            f"実行にかけられる時間が未回答のため{whole.ja}と仮定していますが、この時間には終わりません。",
        ),
        Text("State the longest run time including waits", "待機を含む最長の所要時間を指定するか"),
    )


def approval_words(name: Text, peak: float, emails: float) -> Text:
    """Return the sentence on runs that ask for approval faster than emails are delivered, with both rates."""
    asked, most = words(peak, "per_s"), words(emails, "per_s")
    return spaced(
        Text(
            f'"{name.en}" requests an approval by email for each run, {asked.en} at its peak, but Amazon SNS delivers at most '
            f"{most.en} to an email address. Set a condition in the program, so that people approve only the runs that they must "
            "decide, or let one run request the approval of several items.",
            f"「{name.ja}」は実行ごとにメールで承認を依頼し、ピーク時は{asked.ja}になりますが、Amazon SNS がメールアドレスに配信できるのは"
            f"最大{most.ja}です。人の判断が必要な実行だけを承認の対象とするよう、プログラムに条件を設定するか、1 回の実行で複数の項目の承認を依頼してください。",
        )
    )


def open_words(name: Text, average: float, waits_s: float, most: float) -> Text:
    """Return the sentence on executions that are open at once, with their number and the default quota."""
    started, waited = words(average, "per_s"), words(float(waits_s), "s")
    return spaced(
        Text(
            f'The executions of "{name.en}" wait for up to {waited.en}. At {started.en} on average, up to '
            f"{average * waits_s:,.0f} are open at once, but the default quota of an account is {most:,.0f} per Region. Request an "
            "increase before you go live, shorten the wait, or start one execution for several items.",
            f"「{name.ja}」の実行は最長{waited.ja}待ちます。平均{started.ja}の場合、同時に実行中となるのは最大 {average * waits_s:,.0f} 件"
            f"ですが、アカウントのデフォルトのクォータはリージョンあたり {most:,.0f} 件です。本番稼働前に引き上げを申請するか、待ち時間を短くするか、"
            "1 回の実行で複数の項目を処理してください。",
        )
    )
