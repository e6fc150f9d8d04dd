"""Checks that read the book alone: subsumed rules, contradictions, retired candidates. Exact over cells."""

from collections.abc import Iterator
from itertools import permutations

from advisor.book import Book
from advisor.proving.drawing import Drawer
from advisor.proving.finding import Checked, Finding
from advisor.proving.space import Region, Space
from advisor.requirements.answers import Answers
from advisor.text import Text, in_a_row
from advisor.verdict.rule_matrix import Entry, RuleTable

# The ids of the rules that are judged; None: all.
Own = frozenset[str] | None
_DRAWS = 60


def subsumed(drawn: dict[str, Drawer], own: Own = None) -> Checked:
    """No rule is made redundant by another. With `own`, only the rules of that book or pack are checked."""
    findings: list[Finding] = []
    count = 0
    for drawer in drawn.values():
        space = drawer.space
        for table in space.tables:
            judged = [(e, space.region(e.when)) for e in table.entries if e.against or e.favours]
            count += len(judged)
            for (entry, inner), (other, outer) in permutations(judged, 2):
                if own is not None and entry.id not in own:
                    continue
                if inner is not None and outer is not None and _does_less(entry, other) and space.inside(inner, outer):
                    findings.append(Finding(_sentence(entry, other), _witness(drawer, inner)))
    return Checked(
        "subsumed", _SUBSUMED, Text(f"{count} limits and rules", f"上限・下限とルール {count} 件"), tuple(findings)
    )


def _witness(drawer: Drawer, region: Region) -> Answers | None:
    return next((answers for answers, _ in drawer.within(region, _DRAWS)), None)


def _does_less(entry: Entry, other: Entry) -> bool:
    if entry.rule is None or entry.favours or other.favours:
        return False
    return set(entry.against) <= set(other.against)


def _sentence(entry: Entry, other: Entry) -> Text:
    return Text(
        f"{entry.id} does nothing that {other.id} does not do already wherever it holds.",
        f"{entry.id} が成り立つところでは {other.id} が既に同じ働きをしています。",
    )


_SUBSUMED = Text("no rule is made redundant by another", "他のルールと重複するルールがない")


def contradictions(drawn: dict[str, Drawer], own: Own = None) -> Checked:
    """No rule requires a service that another rule rejects under the same condition, or prefers one that is always rejected."""
    findings: list[Finding] = []
    count = 0
    for drawer in drawn.values():
        space = drawer.space
        for table in space.tables:
            judged = [(e, space.region(e.when)) for e in table.entries if e.rule and (e.against or e.favours)]
            for entry, inner in judged:
                if own is not None and entry.id not in own:
                    continue
                count += 1
                for sentence in _contradicted(space, table, entry, inner, judged):
                    findings.append(Finding(sentence, None if inner is None else _witness(drawer, inner)))
    return Checked("contradictions", _CONTRADICTIONS, Text(f"{count} rules", f"ルール {count} 件"), tuple(findings))


def _contradicted(
    space: Space, table: RuleTable, entry: Entry, inner: Region | None, judged: list[tuple[Entry, Region | None]]
) -> Iterator[Text]:
    if inner is None:
        yield Text(
            f"{entry.id} can never hold: its conditions exclude each other.", f"{entry.id} の条件は両立しません。"
        )
        return
    backed = set(entry.favours) or set(table.role.candidates) - set(entry.against)
    over = [
        o for o, outer in judged if o is not entry and o.against and outer is not None and space.inside(inner, outer)
    ]
    forbidden = {service for other in over for service in other.against}
    effect = entry.rule.effect if entry.rule else ""
    if effect in ("require", "prefer") and backed <= forbidden:
        ruling_out = in_a_row(o.id for o in over if backed & set(o.against))
        yield Text(
            f"{entry.id} prefers {in_a_row(sorted(backed)).en}, which {ruling_out.en} excludes wherever it applies.",
            f"{entry.id} が優先する {in_a_row(sorted(backed)).ja} は、常に {ruling_out.ja} によって除外されます。",
        )


_CONTRADICTIONS = Text("no rule contradicts another", "矛盾するルールがない")


def retired(book: Book) -> Checked:
    """No retired service is a candidate, and each names its replacement."""
    out = [s for s in book.services.values() if s.lifecycle == "retired"]
    findings = [
        Finding(
            Text(
                f"{s.id} is retired, but is still a candidate for {role.id}.",
                f"{s.id} は廃止されましたが、まだ {role.id} の候補です。",
            )
        )
        for s in out
        for role in book.roles
        if s.id in role.candidates
    ]
    for service in out:
        unavailable = [
            r for r in service.replaced_by if r not in book.services or book.services[r].lifecycle == "retired"
        ]
        if unavailable or not service.replaced_by:
            findings.append(
                Finding(
                    Text(
                        f"{service.id} is retired and does not name a service that can be chosen instead.",
                        f"廃止された {service.id} に、代わりに選べるサービスが示されていません。",
                    )
                )
            )
    claim = Text("no retired service can be selected", "提供を終了したサービスが選定されない")
    return Checked(
        "retired", claim, Text(f"{len(out)} retired services", f"廃止サービス {len(out)} 件"), tuple(findings)
    )
