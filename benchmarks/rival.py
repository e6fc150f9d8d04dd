"""The same tables in another engine: zen-engine, a decision-table engine in Rust, with its trace on.

What is compared is one role: which limits and rules hold for a subject. There a role's table is a JDM decision table
with one row per limit or rule, one column per fact that is compared, and the hit policy *collect*; its trace says for
every hit which values were compared. Here it is `Table.fired` and `Table.outcome` (the verdict on the role), and with
`prove` on top (its proof, which besides the hits says for every limit and rule that did *not* speak by how much). That
engine's time includes what its Python binding takes to hand over the values. That both find the same is checked first.
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from advisor.book import Book, dated
from advisor.book.condition import OPERATORS, Atom
from advisor.verdict import Chosen, SubjectVerdict
from advisor.verdict.derived_facts import known_subject, known_workload
from advisor.verdict.proof import prove
from advisor.verdict.rule_matrix import PRIORITIES, RuleTable, rule_tables
from advisor.vocabulary import FIELDS
from benchmarks.samples import subjects

ROLES = (("component", "compute"), ("channel", "messaging"))
_SIGNS = dict(zip(OPERATORS[3:], (">=", "<=", ">", "<"), strict=True))
_COUNT = 400


def jdm(table: RuleTable) -> dict[str, Any]:
    """Return a role's table as a decision table of zen-engine."""
    fields = [column.field for column in table.columns]
    many = {field for field in fields if field.removeprefix("workload.") in _LISTS}
    rows = [
        {
            "_id": str(bit),
            **{f"i{n}": _cell(entry.when, field, field in many) for n, field in enumerate(fields)},
            "o": str(bit),
        }
        for bit, entry in enumerate(table.entries, 1)
    ]
    inputs = [{"id": f"i{n}", "name": field, "field": _path(field)} for n, field in enumerate(fields)]
    content = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "bit", "field": "bit"}],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b} for a, b in (("in", "table"), ("table", "out"))]
    return {"nodes": [{**node, "position": {"x": 0, "y": 0}} for node in nodes], "edges": edges}


# Facts that hold several values; a condition asks whether any of them is in its list.
_LISTS = {field.id for fields in FIELDS.values() for field in fields if field.kind == "choices"} | {
    "destination_kinds", "consumer_computes", "producer_computes", "user_computes"
}  # fmt: skip


def _cell(when: tuple[Atom, ...], field: str, many: bool) -> str:
    return " and ".join(_expression(atom, many) for atom in when if atom.field == field)


def _expression(atom: Atom, many: bool) -> str:
    if atom.operator in _SIGNS:
        return f"$ {_SIGNS[atom.operator]} {atom.value!r}"
    listed = json.dumps(atom.value)
    if atom.operator == "is":
        return f"$ == {listed}"
    found = f"some($, # in {listed})" if many else f"$ in {listed}"
    return found if atom.operator == "in" else f"$ != null and not ({found})"


def _path(field: str) -> str:
    """Return how an expression of that engine names a field: it reads a hyphen as a minus."""
    return field.replace("-", "_")


def _nested(values: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {"workload": {}, "must": {}}
    for id, value in values.items():
        group, dot, name = _path(id).rpartition(".")
        (nested[group] if dot else nested)[name] = value
    return json.loads(json.dumps(nested))  # type: ignore[no-any-return]


def _median_us(work: Callable[[int], object]) -> float:
    """Return the median of the microseconds that one subject takes, over several rounds of all subjects."""
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for number in range(_COUNT):
            work(number)
        rounds.append((time.process_time() - start) / _COUNT * 1e6)
    return statistics.median(rounds)


def measures(book: Book) -> dict[str, float]:
    """Return microseconds per subject and role in both engines, and how many times as long the other one takes."""
    found: dict[str, float] = {}
    for kind, role in ROLES:
        table = next(t for t in rule_tables(dated(book))[kind] if t.role.id == role)
        found |= {f"{role}_{name}": value for name, value in _measured(book, kind, table).items()}
    return found


def _measured(book: Book, kind: str, table: RuleTable) -> dict[str, float]:
    import zen

    known = []
    for answers in subjects(_COUNT * 10, seed=7):
        (asked,) = answers.subjects.values()
        if asked.kind == kind and len(known) < _COUNT:
            known.append((asked, known_subject(answers, asked, {}, known_workload(answers.workload))))
    contexts = [_nested(facts.values) for _, facts in known]
    decision = zen.ZenEngine().create_decision(json.dumps(jdm(table)))

    def theirs(number: int) -> Any:
        return decision.evaluate(contexts[number], {"trace": True})

    def ours(number: int) -> Chosen:
        values = known[number][1].values
        fired = table.fired(values)
        outcome = table.outcome(fired, values.get(PRIORITIES) or ())
        return Chosen(table, outcome.ranked[0] if outcome.ranked else None, False, fired, outcome, ())

    def proven(number: int) -> object:
        chosen = ours(number)
        return prove(book, SubjectVerdict(*known[number], (chosen,)), chosen)

    for number in range(_COUNT):
        hits = sum(1 << hit["bit"] for hit in theirs(number)["result"])
        assert hits == ours(number).fired & ~1, f"{table.role.id}: the two engines differ on {contexts[number]}"
    them, verdict, proof = map(_median_us, (theirs, ours, proven))
    return {
        "zen_trace_us": them,
        "verdict_us": verdict,
        "proof_us": proof,
        "zen_trace_per_verdict": them / verdict,
        "zen_trace_per_proof": them / proof,
    }
