"""The engine: requirements and rule book to an explained decision. Pure, total and deterministic; no clock, no network.

For each role of each subject every candidate is checked against the dated limits of its service and the rules of the
role; the remaining ones are ranked by the score of the preferences, then by their bands, then by the role's order.
"""

from collections.abc import Iterable, Iterator, Mapping

from advisor.book import Book, DatedBook, dated
from advisor.decision import Assumption, Choice, Conflict, Decision, Rejected, Source, SubjectDecision, Warning
from advisor.explanation.conflicts import conflict_of
from advisor.explanation.range_words import range_decisions
from advisor.explanation.reasons import reason_behind, reasons_against, reasons_for, rule_reason
from advisor.explanation.subject_context import Pattern, SubjectContext
from advisor.explanation.what_if import Speaker
from advisor.requirements import Requirements, RequirementsError, readable
from advisor.requirements.answers import WORKLOAD, Answers, answers_of
from advisor.requirements.because import Because
from advisor.requirements.dangling import dangling
from advisor.requirements.programmed_starts import set_by_program
from advisor.sensitivity.ranges import decide_ranges
from advisor.text import Text, in_a_row, spaced
from advisor.verdict import Chosen, Verdict, decide_workload
from advisor.verdict.fact_words import describe
from advisor.verdict.proof import best
from advisor.verdict.rule_matrix import rule_tables
from advisor.verdict.run_times import IDLE_FREE
from advisor.vocabulary.many import COUNT
from advisor.vocabulary.schedule_expression import SCHEDULE, ZONE, assumed_zone, zone_of
from advisor.vocabulary.units import words

#: What no rule has to read for a project to contain it.
_IN_EVERY_PROJECT = {"workload.region", SCHEDULE}
_EMERGING = Pattern(
    (
        "{service} was launched recently and is chosen because the requirements allow such "
        "services. Its Regions, quotas and template support can still change."
    ),
    (
        "{service}は提供開始から間もないサービスですが、要件で許可されているため採用しています。"
        "対応リージョン、クォータ、テンプレートのサポートは今後変わる可能性があります。"
    ),
)
#: What every generated project has for its alarms, as priced in us-east-1.
_MONITORING = Text(
    "There must be no charges while idle, but the monitoring of the generated project is charged per month: 0.10 USD for each "
    "alarm, 3 USD for the dashboard and 1 USD for the key that encrypts the alarm notifications (us-east-1, without the free tier). "
    "Remove from the template what you do not need.",
    "アイドル時に料金がかからないことが必須ですが、生成されるプロジェクトの監視には月額料金がかかります（us-east-1、無料利用枠を除き、アラーム 1 件 "
    "0.10 USD、ダッシュボード 3 USD、アラーム通知の暗号化に使うキー 1 USD）。不要なものはテンプレートから削除してください。",
)
_MONITORING_PRICES = Source("https://aws.amazon.com/cloudwatch/pricing/", "2026-11-25")


def decide(requirements: Requirements, book: Book | DatedBook) -> Decision:
    """Return the decision on `requirements` by a book, as of its newest check date or another day.

    RequirementsError when a pin names a role or service that does not exist.
    """
    return explain(requirements, verdict_on(requirements, dated(book)), dated(book))


def verdict_on(requirements: Requirements, dated: DatedBook) -> Verdict:
    """Return the verdict on checked requirements. Raises RequirementsError for a pin on what does not exist."""
    answers = answers_of(requirements)
    check_pins(answers, dated.book)
    return decide_workload(answers, dated)


def explain(requirements: Requirements, verdict: Verdict, dated: DatedBook) -> Decision:
    """Return the decision for a verdict on `requirements`: every choice with its reasons."""
    subjects: list[SubjectDecision] = []
    assumptions: list[Assumption] = []
    warnings = [*open_points(verdict), *_dangling(verdict)]
    titles = {subject.id: subject.name for _, subject in requirements.subjects()}
    for subject in verdict.subjects.values():
        context = SubjectContext(dated, subject)
        choices = tuple(_choice(context, chosen) for chosen in subject.chosen)
        count = int(context.values.get(COUNT, 1))
        subjects.append(SubjectDecision(context.id, subject.subject.kind, titles[context.id], choices, count))
        assumptions += _assumptions(context, titles)
        for chosen in subject.chosen:
            if chosen.service is not None:
                warnings += _warnings(context, chosen)
    conflicts = tuple(conflicts_of(requirements, verdict, dated))
    ranges = range_decisions(decide_ranges(verdict, dated), Speaker(requirements, dated.book))
    return Decision(tuple(subjects), tuple(assumptions), tuple(warnings), conflicts, ranges)


def conflicts_of(requirements: Requirements, verdict: Verdict, dated: DatedBook) -> Iterator[Conflict]:
    """Yield the conflict of each role for which no candidate fits."""
    titles = {subject.id: subject.name for _, subject in requirements.subjects()}
    for id, subject in verdict.subjects.items():
        for chosen in subject.chosen:
            if chosen.service is None:
                yield conflict_of(verdict, SubjectContext(dated, subject), chosen, titles[id])


def reasoned(verdict: Verdict, dated: DatedBook) -> Iterator[tuple[Choice, tuple[Warning, ...]]]:
    """Yield each choice of a verdict with its warnings, without conflicts, assumptions and ranges."""
    for subject in verdict.subjects.values():
        context = SubjectContext(dated, subject)
        for chosen in subject.chosen:
            yield _choice(context, chosen), tuple(_warnings(context, chosen))


def open_points(verdict: Verdict) -> Iterator[Warning]:
    """Yield the hard requirements of the whole workload that cannot be evaluated yet."""
    ceiling = verdict.answers.workload.get("budget_month_usd")
    if ceiling is not None:
        most = words(ceiling, "usd")
        sentence = Text(
            (
                f"Whether the total cost stays within {most.en} per month is not known, because this tool does not calculate it. "
                "Estimate the costs before you build."
            ),
            f"月額コストの合計が上限の {most.ja} に収まるかは未確認です（本ツールは合計コストを計算しません）。構築前に見積もってください。",
        )
        yield Warning(WORKLOAD, "", "budget-open", sentence)
    if any(subject.known.values.get(IDLE_FREE) for subject in verdict.subjects.values()):
        yield Warning(WORKLOAD, "", "monitoring-charged-while-idle", _MONITORING, _MONITORING_PRICES)


def _dangling(verdict: Verdict) -> Iterator[Warning]:
    """Yield the parts that nothing in the workload uses."""
    for part in dangling(verdict.answers):
        yield Warning(part.subject, "", f"dangling-{part.kind}", part.sentence)


def check_pins(answers: Answers, book: Book) -> None:
    """Check pins. Raises RequirementsError for an unknown role or service."""
    problems = []
    for subject in answers.subjects.values():
        roles = {role.id: role for role in book.roles_of(subject.kind)}
        for role, service in subject.pins.items():
            if role not in roles:
                problems.append(_not_allowed(f"{subject.id}.pins", role, list(roles)))
            elif service not in roles[role].candidates:
                problems.append(_not_allowed(f"{subject.id}.pins.{role}", service, list(roles[role].candidates)))
    if problems:
        raise RequirementsError(tuple(problems))


def _not_allowed(where: str, value: str, allowed: list[str]) -> Text:
    listed = in_a_row(allowed)
    where, quoted = readable(where), readable(value[:60])
    return Text(
        f'{where}: "{quoted}" must be one of: {listed.en}.',
        f"{where}: 「{quoted}」は使えません。使える値: {listed.ja}。",
    )


def _choice(context: SubjectContext, chosen: Chosen) -> Choice:
    outcome, service = chosen.outcome, chosen.service
    rejected = tuple(
        Rejected(
            s, tuple(reasons_against(context, chosen, s)) or (reason_behind(context, chosen, s),), s in outcome.ranked
        )
        for s in chosen.table.role.candidates
        if s != service
    )
    violates = tuple(reasons_against(context, chosen, service)) if chosen.pinned and service else ()
    score = outcome.scores.get(str(service))
    tied = tuple(s for s in outcome.ranked if s not in (service, *chosen.passed) and outcome.scores[s] == score)
    return Choice(
        role=chosen.table.role.id,
        service=service,
        pinned=chosen.pinned,
        because=tuple(reasons_for(context, chosen)),
        rejected=rejected,
        violates=violates,
        tied=() if chosen.pinned else tied,
        best=best(outcome.axes, outcome.ranked),
    )


def _warnings(context: SubjectContext, chosen: Chosen) -> Iterator[Warning]:
    in_catalogue = context.book.services.get(str(chosen.service))
    if in_catalogue is not None and in_catalogue.lifecycle == "emerging":
        sentence = _EMERGING.format(service=in_catalogue.name)
        yield Warning(context.id, chosen.table.role.id, "emerging-service", spaced(sentence))
    for entry in chosen.table.entries_of(chosen.fired):
        if entry.rule and entry.rule.effect == "warn" and chosen.service in entry.rule.services:
            reason = rule_reason(context, entry.rule)
            yield Warning(context.id, chosen.table.role.id, entry.id, reason.sentence, reason.source)


def _assumptions(context: SubjectContext, titles: Mapping[str, Text]) -> Iterator[Assumption]:
    read = {column.field for chosen in context.decided.chosen for column in chosen.table.columns}
    read |= {atom.field for table in rule_tables(context.dated)[context.kind] for atom in table.role.when}
    read |= _IN_EVERY_PROJECT
    known, shown = context.decided.known, context.shown
    assumed = {id: value for id, value in context.values.items() if id in known.assumed}
    if context.kind == "component" and set_by_program(context.values, context.values.keys() - known.assumed):
        # The schedule of the project is disabled, and only an example.
        read -= {SCHEDULE}
    elif zone := assumed_zone(context.values):
        assumed[ZONE], read = zone, read | {ZONE}
    for id, value in assumed.items():
        if id in read:
            title, plain = describe(context.kind, id, value, zone_of(context.values))
            worded = shown[id].noted if id in shown else plain
            because = _because(known.because.get(id, ()), titles)
            yield Assumption(
                context.id, id, Text(f"{title.en}: {worded.en}{because.en}", f"{title.ja}: {worded.ja}{because.ja}")
            )


def _because(reasons: Iterable[Because], titles: Mapping[str, Text]) -> Text:
    """Return the reasons of an assumption in brackets; empty if it is a plain default."""
    worded = []
    for reason in reasons:
        title = titles.get(reason.subject, Text.same(reason.subject))
        en, ja = (reason.text.in_(lang).replace("{subject}", title.in_(lang)) for lang in ("en", "ja"))
        worded.append(Text(en, ja))
    if not worded:
        return Text.same("")
    return Text(f" ({'; '.join(w.en for w in worded)})", f"（{'、'.join(w.ja for w in worded)}）")
