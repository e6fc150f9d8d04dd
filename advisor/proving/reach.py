"""Checks that need witnesses: candidates that are chosen somewhere, rules that matter, roles that no candidate fits."""

from collections.abc import Iterator, Sequence
from itertools import islice

from advisor.book import DatedBook
from advisor.explanation.conflicts import resolvable
from advisor.explanation.subject_context import SubjectContext
from advisor.proving.drawing import SUBJECT, Drawer, Given
from advisor.proving.finding import Checked, Finding
from advisor.proving.regions import alone_against, empty_regions
from advisor.proving.space import Region
from advisor.requirements.answers import Answers
from advisor.text import Text
from advisor.verdict import SubjectVerdict, decide_workload
from advisor.verdict.rule_matrix import PRIORITIES, Entry, Outcome, RuleTable

_DRAWS = 1500
_REGION_DRAWS = 40
_REGIONS, _PER_REGION = 40, 8
#: Regions that restrict at most as many facts are all looked at, and one in so many of the others.
_FEW_FACTS, _ONE_IN = 12, 10


def winners(drawn: dict[str, Drawer]) -> Checked:
    """Every candidate of every role is chosen somewhere; fills the drawers' libraries for the checks that follow."""
    findings: list[Finding] = []
    count = 0
    for drawer in drawn.values():
        for table in drawer.space.tables:
            for service in table.role.candidates:
                count += 1
                answers = drawer.winning(table, service)
                if answers is not None:
                    drawer.library[(table.role.id, service)] = _facts(answers)
                elif service not in table.unavailable and not _forbidden(table, service):
                    findings.append(Finding(_never(table, service)))
    return Checked("winners", _WINNERS, Text(f"{count} candidates", f"候補 {count} 件"), tuple(findings))


def _facts(answers: Answers) -> Given:
    subject = answers.subjects[SUBJECT]
    around = {other.id for other in answers.subjects.values() if other.id != SUBJECT}
    facts = dict(subject.answers) | {f"workload.{field}": value for field, value in answers.workload.items()}
    if any(id.startswith("consumer-") for id in around):
        facts["consumer_count"] = float(sum(id.startswith("consumer-") for id in around))
    if "destinations" in facts:
        facts["destination_kinds"] = facts["destinations"]
    if any(id.startswith("user-") for id in around):
        facts["user_computes"] = ("lambda",)
    return facts


def _forbidden(table: RuleTable, service: str) -> bool:
    """Return whether a rule without conditions rules a candidate out, as of an organization that has not approved it."""
    return any(service in entry.against and not entry.when for entry in table.entries)


def _never(table: RuleTable, service: str) -> Text:
    role = table.role
    return Text(
        f"{service} was never chosen as {role.id}, whatever was answered.",
        f"どう回答しても {service} は {role.id} に選ばれませんでした。",
    )


_WINNERS = Text(
    "every candidate is chosen for some requirements", "どの候補にも、選定される要件の組み合わせが 1 つ以上ある"
)


def redundant_rules(drawn: dict[str, Drawer], own: frozenset[str] | None = None) -> Checked:
    """Every rule that affects candidates can apply, and without it some candidate would fare otherwise.

    With `own` only the rules with these ids are judged.
    """
    findings: list[Finding] = []
    count = choosing = 0
    for drawer in drawn.values():
        for table in drawer.space.tables:
            for bit, entry in enumerate(table.entries, 1):
                if entry.rule is None or not entry.when or not (entry.against or entry.favours):
                    continue
                if own is not None and entry.id not in own:
                    continue
                count += 1
                if len(table.role.candidates) > 1:
                    finding, chooses = _redundant(drawer, table, entry, bit)
                    choosing += chooses
                    findings += [finding] if finding else []
    looked_at = Text(
        f"{count} rules: {choosing} change the chosen service, and the others change which alternatives are possible",
        f"ルール {count} 件（選定が変わるもの {choosing} 件、残りは他の候補の可否が変わるもの）",
    )
    return Checked("idle", _REDUNDANT, looked_at, tuple(findings))


def _redundant(drawer: Drawer, table: RuleTable, entry: Entry, bit: int) -> tuple[Finding | None, bool]:
    """Return the finding on a rule that changes nothing, and whether it changes the choice itself somewhere."""
    example: Answers | None = None
    matters = False
    for answers, decided in _holding(drawer, table, entry):
        chosen = next((c for c in decided.chosen if c.table is table), None)
        if chosen is None or not chosen.fired >> bit & 1:
            continue
        example = answers
        with_it = chosen.outcome
        without = table.outcome(chosen.fired & ~(1 << bit), decided.known.values.get(PRIORITIES) or ())
        if without.ranked[:1] != with_it.ranked[:1]:
            return None, True
        matters = matters or set(without.ranked) != set(with_it.ranked) or _tied(without) != _tied(with_it)
    if example is None:
        return Finding(Text(f"{entry.id} can never hold.", f"{entry.id} が成り立つことはありません。")), False
    if matters:
        return None, False
    sentence = Text(
        f"{entry.id} changes no verdict: without it the same services are chosen, possible and ruled out.",
        f"{entry.id} がなくても、選択・可能・除外のいずれも変わりません。",
    )
    return Finding(sentence, example), False


def _tied(outcome: Outcome) -> set[str]:
    first = outcome.ranked[:1]
    return {s for s in outcome.ranked if first and outcome.scores[s] == outcome.scores[first[0]]}


def _holding(drawer: Drawer, table: RuleTable, entry: Entry) -> Iterator[tuple[Answers, SubjectVerdict]]:
    """Yield answers for which an entry may apply: as the only reason for a rejection, near its examples, anywhere."""
    assert entry.rule is not None
    space = drawer.space
    regions: list[Region] = []
    examples = [
        {f: tuple(v) if isinstance(v, list) else v for f, v in example.items()}
        for example in (*entry.rule.fires, *entry.rule.quiet)
    ]
    for example_facts in examples:
        regions.append({f: 1 << space.class_of(f, v) for f, v in example_facts.items() if f in space.values})
    own, role = space.region(entry.when), space.region(table.role.when)
    both = space.meet(own, role) if own is not None and role is not None else None
    if both is None:
        return
    for example_facts in examples[: len(entry.rule.fires)]:
        yield drawer.decide({fact: value for fact, value in example_facts.items() if fact not in drawer.roles})
    for region in islice(alone_against(space, table, entry), _REGIONS):
        for _ in range(_PER_REGION):
            yield drawer.decide(drawer.facts(region, noise=0))
    for number in range(_DRAWS):
        region = both
        if number % 3 and regions:
            region = space.meet(both, regions[number % len(regions)]) or both
        if number % 2 and PRIORITIES not in region:
            region = {**region, PRIORITIES: space.full[PRIORITIES]}
        yield drawer.decide(drawer.facts(region, noise=number % 5))


_REDUNDANT = Text(
    "every rule can apply and affects at least one candidate",
    "すべてのルールに、適用される条件と、判定に影響する候補が 1 つ以上ある",
)


def gaps(drawn: dict[str, Drawer], dated: DatedBook) -> Checked:
    """Where nothing fits a role, a few changed answers help: it is a conflict of requirements and no gap of the book.

    All wide ranges of answers are looked at, and a sample of the narrow ones.
    """
    findings: list[Finding] = []
    regions = looked = reached = 0
    for drawer in drawn.values():
        for table in drawer.space.tables:
            found = empty_regions(drawer.space, table)
            regions += len(found)
            examples: list[int] = []
            for region in _wide_and_some_narrow(found):
                looked += 1
                code = drawer.space.code(region)
                # Regions overlap: what is an example of one may be one of others too.
                if any(code & example == example for example in examples):
                    reached += 1
                    continue
                witness = _empty(drawer, table, region)
                if witness is not None:
                    reached += 1
                    answers, decided = witness
                    examples.append(drawer.space.point(decided.known.values))
                    findings += _gap(answers, table, dated)
    looked_at = Text(
        f"{looked} of {regions} ranges of answers for which no service fits; example answers were found for {reached} of them",
        f"適合するサービスがない回答の範囲 {regions} 件のうち {looked} 件（その範囲の回答例を作れたもの {reached} 件）",
    )
    return Checked("gaps", _GAPS, looked_at, tuple(findings))


def _wide_and_some_narrow(regions: Sequence[Region]) -> Iterator[Region]:
    """Yield all regions that restrict few facts, and some of the others, where each of many facts is a way out."""
    yield from (region for region in regions if len(region) <= _FEW_FACTS)
    yield from [region for region in regions if len(region) > _FEW_FACTS][::_ONE_IN]


def _empty(drawer: Drawer, table: RuleTable, region: Region) -> tuple[Answers, SubjectVerdict] | None:
    for answers, decided in drawer.within(region, _REGION_DRAWS):
        if any(c.table is table and c.service is None for c in decided.chosen):
            return answers, decided
    return None


def _gap(witness: Answers, table: RuleTable, dated: DatedBook) -> Iterator[Finding]:
    verdict = decide_workload(witness, dated)
    subject = verdict.subjects[SUBJECT]
    chosen = next(c for c in subject.chosen if c.table is table)
    if not resolvable(verdict, SubjectContext(dated, subject), chosen):
        role = table.role.id
        yield Finding(
            Text(
                f"No service fits as {role}, and changing a few answers does not help.",
                f"{role} に適合するものがなく、少数の回答を変えても解決しません。",
            ),
            witness,
        )


_GAPS = Text(
    "where no service fits, an alternative is documented (all wide ranges of answers, and a sample of the narrow ones)",
    "適合するサービスがない場合に、代替案がある（広い範囲の回答はすべて、狭い範囲は一部を確認）",
)
