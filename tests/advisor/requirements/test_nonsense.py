"""Whatever is written as an answer, it is read or refused in one sentence that names the question and says what is allowed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from advisor.requirements import RequirementsError, make_requirements
from advisor.vocabulary import FIELDS, Field

NONSENSE: tuple[Any, ...] = (
    None, "", " ", "nonsense", "\x00", -1, -0.5, 1e308, "1e999", "NaN", "Infinity", True, [[]], {}, {"a": "b"}, ["nonsense", 3],
    [None], "x" * 5000, "${AWS::Region}", "between 5 and 2", "10 parsecs", 12345678901234567890, "2026-01-01", [1, 2, 3],
    {"kind": "email"}, [{"kind": "nonsense"}], [{"title": "x"}], [{"kind": "email", "bad": 1}], "漢字", "at most", [True],
    {"value": ["x"]}, {"value": None, "remark": "r"}, "nope" * 40, ["trigger", {"x": 1}],
)  # fmt: skip
#: What a sentence says of what is allowed.
ALLOWED = re.compile(
    "one of|at least one|between|true or false|write |say |allowed|must be|duplicate|use 1 to|whole number|look like|known|too many|text here"
)
QUESTIONS = [(kind, field) for kind, fields in FIELDS.items() for field in fields]


def wrong(kind: str, field: Field, value: Any) -> Iterator[str]:
    """Yield what is wrong with the sentences on a value; a value that is read has none."""
    raw: dict[str, Any] = {"schema": 2, "components": [{"id": "one", "trigger": "request"}], "workload": {}}
    raw |= {"channels": [{"id": "one-channel"}], "stores": [{"id": "one-store"}]}
    of = raw["workload"] if kind == "workload" else raw[f"{kind}s"][0]
    of[field.id] = value
    try:
        make_requirements(raw)
    except RequirementsError as error:
        for sentence in error.problems:
            if f"{of.get('id', 'workload')}.{field.id}" not in sentence.en or field.id not in sentence.ja:
                yield f"{value!r} is refused without the question: {sentence.en}"
            if not ALLOWED.search(sentence.en) or len(sentence.en) > 700 or not sentence.ja.endswith("。"):
                yield f"{value!r} is refused without what is allowed: {sentence.en}"
        entries = len(value) if isinstance(value, list) else 1
        if len(error.problems) > (entries if field.kind == "destinations" else 1):
            yield f"{value!r} is refused in {len(error.problems)} sentences"


@pytest.mark.parametrize(("kind", "field"), QUESTIONS, ids=[f"{kind}.{field.id}" for kind, field in QUESTIONS])
def test_nonsense_is_refused_in_one_clear_sentence(kind: str, field: Field) -> None:
    assert [said for value in NONSENSE for said in wrong(kind, field, value)] == []


def test_a_wrong_remark_is_named_as_it_is_written() -> None:
    raw = {"components": [{"id": "one", "language": {"value": "python", "remark": 5}}]}
    with pytest.raises(RequirementsError, match=re.escape("components.one.language.remark: must be one text")):
        make_requirements(raw)
