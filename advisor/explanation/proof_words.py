"""Proofs as text in both languages: limits with headroom, rules with their comparisons, and origins of answers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from advisor.book import Book
from advisor.book.condition import Atom
from advisor.decision import CandidateProof, Comparison, Ground
from advisor.explanation.reasons import excluded_words
from advisor.explanation.wording import atom_words, fill, title_words, value_words
from advisor.text import Text, spaced
from advisor.vocabulary.formats import share
from advisor.vocabulary.schedule_expression import zone_of

VERDICTS = {
    "chosen": Text("chosen", "採用"),
    "possible": Text("fits too", "適合"),
    "passed-over": Text("not selected", "見送り"),
    "ruled-out": Text("excluded", "不適合"),
}
ORIGINS = {
    "stated": Text("answered", "回答"),
    "range": Text("of the stated range", "回答の範囲内"),
    "assumed": Text("assumed", "仮定"),
    "derived": Text("derived", "算出"),
    "decided": Text("decided before", "決定済み"),
}
EFFECTS = {
    "rules-out": Text("excludes", "除外"),
    "favours": Text("favors", "優先"),
    "warns": Text("warns", "注意"),
    "explains": Text("explains", "説明"),
}
UNKNOWN = Text("not answered", "未回答")
_SINCE = Text(
    "It was not available yet on the date of this decision.", "この決定の基準日時点では、まだ利用できませんでした。"
)
_TOGETHER = Text(
    "If this service were chosen, another role of the design would have no suitable service, or its specified service would violate a "
    "requirement.",
    "このサービスを選ぶと、別の選定項目で要件を満たすサービスがなくなるか、指定したサービスが要件に反します。",
)


#: What a budget is compared with is no limit of the budget, but the least that a service costs.
_BUDGET = "workload.budget_month_usd"
_PRICE = Text("Minimum price per month, compared with the budget", "最低月額（月額コストの上限との比較）")


class LimitMargin(NamedTuple):
    """A limit with the value that it bounds, the origin of that value, and the margin.

    `margin` is the share of the bound that is left, below zero what it is exceeded by; None where nothing is counted.
    """

    title: Text
    value: Text
    bound: Text
    origin: Text
    margin: float | None
    ground: Ground


class ProofSpeaker:
    """Words the proof of one role of a subject; `values` are the known facts of the subject."""

    def __init__(self, book: Book, kind: str, values: Mapping[str, Any]) -> None:
        self.book, self.kind, self.values = book, kind, dict(values)
        self.rules = {rule.id: rule for rule in book.rules}

    def limits(self, candidate: CandidateProof) -> list[LimitMargin]:
        """Return the limits of a candidate whose value is known, the tightest first."""
        limits = [self.limit(g) for g in candidate.grounds if g.kind == "limit" and g.comparisons[0].value is not None]
        return sorted(limits, key=lambda limit: 2.0 if limit.margin is None else limit.margin)

    def limit(self, ground: Ground) -> LimitMargin:
        """Return a limit with its value, its bound and its margin."""
        compared = ground.comparisons[0]
        bound = self._value(compared.fact, compared.threshold)
        if compared.fact == _BUDGET:
            value = self._value(compared.fact, compared.value)
            return LimitMargin(_PRICE, value, bound, ORIGINS[compared.origin], margin(compared), ground)
        words = _BOUNDS.get(compared.operator, Text("{bound}", "{bound}"))
        return LimitMargin(
            title=title_words(self.book, self.kind, compared.fact),
            value=self._value(compared.fact, compared.value),
            bound=spaced(Text(words.en.format(bound=bound.en), words.ja.format(bound=bound.ja))),
            origin=ORIGINS[compared.origin],
            margin=margin(compared),
            ground=ground,
        )

    def _value(self, fact: str, value: Any) -> Text:
        return UNKNOWN if value is None else value_words(self.book, self.kind, fact, value, zone_of(self.values))

    def sentence(self, ground: Ground) -> Text:
        """Return the sentence of a rule in the subject's own values, of a demand, a launch date or a later role."""
        rule = self.rules.get(ground.id)
        if rule is not None:
            return fill(self.book, self.kind, rule.because, self.values)
        if ground.kind == "demand":
            compared = ground.comparisons[0]
            return excluded_words(self.book.facts[ground.aws_fact], compared.fact, compared.value)
        return _TOGETHER if ground.kind == "together" else _SINCE

    def compared(self, compared: Comparison) -> Text:
        """Return one comparison with its value: "Longest run more than 15 min (40 min, answered)"."""
        atom = Atom(compared.fact, compared.operator, compared.threshold)  # type: ignore[arg-type]
        words, value = atom_words(self.book, self.kind, atom), self._value(compared.fact, compared.value)
        origin = ORIGINS[compared.origin]
        if compared.value is None:
            return Text(f"{words.en} ({value.en})", f"{words.ja}（{value.ja}）")
        if compared.met and compared.operator in ("is", "in") and not _several(compared):
            return Text(f"{words.en} ({origin.en})", f"{words.ja}（{origin.ja}）")
        return Text(f"{words.en} ({value.en}, {origin.en})", f"{words.ja}（{value.ja}、{origin.ja}）")


def _several(compared: Comparison) -> bool:
    """Return whether a comparison names more than one value, so that the applicable one is ambiguous."""
    return any(isinstance(side, tuple) and len(side) > 1 for side in (compared.value, compared.threshold))


_BOUNDS = {
    "at_most": Text("at most {bound}", "{bound}以下"),
    "below": Text("less than {bound}", "{bound}未満"),
    "at_least": Text("at least {bound}", "{bound}以上"),
    "above": Text("more than {bound}", "{bound}超"),
}


def margin(compared: Comparison) -> float | None:
    """Return the remaining share of a bound (negative if exceeded), or None if it is not numeric."""
    if compared.headroom is None:
        return None
    return -compared.headroom if compared.operator in ("at_least", "above") else compared.headroom


def margin_words(left: float | None) -> Text:
    """Return a margin as text: "25% left", "exceeded by 33%"."""
    if left is None:
        return Text("", "")
    if left < 0:
        over = _share(-left)
        return Text(f"exceeded by {over.en}", f"{over.ja} 超過")
    spare = _share(left)
    return Text(f"{spare.en} left", f"余裕 {spare.ja}")


def _share(of: float) -> Text:
    return Text(f"{of:,.0f} times", f"{of:,.0f} 倍") if of > 10 else share(of)
