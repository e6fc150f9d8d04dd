"""What people type and paste in everyday words is stored as it was meant, and what is not stored is named: `phrasings/*.yaml`."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.requirements.stated_answers import stated_answers
from advisor.vocabulary import FIELDS, Range
from advisor.vocabulary.amounts import parse_amount
from advisor.vocabulary.units import QuantityError
from advisor_ui.state import draft as drafts
from advisor_ui.state.draft import WORKLOAD
from advisor_ui.state.given_text import given
from advisor_ui.state.unknown import is_unknown

_FOLDER = Path(__file__).parent / "phrasings"
_KINDS = {field.id: kind for kind in ("workload", "store", "channel", "component") for field in FIELDS[kind]}
_FIELDS = {field.id: field for fields in FIELDS.values() for field in fields}
#: The number of an item of a list, and a number that is no part of a name such as "S3".
_ITEM = re.compile(r"^\s*(?:\(?\d{1,3}[.)、](?!\d)|[-・])")
_NUMBER = re.compile(r"(?<![A-Za-z\d.,:])(?:\d[\d,.]*\d|\d(?!\d))")
#: The share of requests of the latency goal, which the name of the question says.
_SHARES = ("99",)


def _rows(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def _amount(field: str, words: object) -> tuple[object, ...]:
    """Return what a text states, without its words."""
    amount = parse_amount(words, _FIELDS[field])
    if not isinstance(amount, Range):
        return (round(float(amount), 6),)
    return amount.low, amount.high, amount.low_open, amount.high_open, round(amount.reading, 6), amount.period


@pytest.mark.parametrize(
    ("field", "row"), [(field, row) for field, rows in _rows("fields").items() for row in rows], ids=str
)
def test_a_field_takes_what_people_write(field: str, row: dict[str, Any]) -> None:
    answers = stated_answers(_KINDS[field], _FIELDS[field], row["said"])
    if row.get("refused"):
        with pytest.raises(QuantityError):
            parse_amount(answers[field], _FIELDS[field])
        return
    meant = row["reads"] if isinstance(row["reads"], dict) else {field: row["reads"]}
    assert {id: _amount(id, words) for id, words in answers.items()} == {
        id: _amount(id, words) for id, words in meant.items()
    }


@pytest.mark.parametrize("words", _rows("unknown")["no_answer"])
def test_people_say_in_many_ways_that_they_have_no_answer(words: str) -> None:
    assert is_unknown(words)


@pytest.mark.parametrize("words", _rows("unknown")["answer"])
def test_an_answer_is_not_taken_for_none(words: str) -> None:
    assert not is_unknown(words)


@pytest.mark.parametrize("row", _rows("pasted"), ids=lambda row: row["text"].replace("\n", " / "))
def test_a_pasted_text_is_stored_or_listed(row: dict[str, Any]) -> None:
    read = given(row["text"].encode())
    values = _values(read.draft)
    for field, meant in row.get("answers", {}).items():
        assert _shown(field, values.get(field, [])) == _meant(field, meant), read.left_out
    for field, value in row.get("absent_values", {}).items():
        assert value not in values.get(field, [])
    assert not set(row.get("absent", ())) & set(values)
    for field, count in row.get("counts", {}).items():
        assert len(values.get(field, [])) == count
    for kind, count in row.get("parts", {}).items():
        assert len(drafts.ids(read.draft, (kind,))) == count
    names = [drafts.name(read.draft, id, "en") for id in drafts.ids(read.draft)]
    assert set(row.get("names", ())) <= set(names)
    for words in row.get("unread", ()):
        assert any(words in sentence.en for sentence in read.left_out), read.left_out


@pytest.mark.parametrize("text", [row["text"] for row in _rows("pasted")])
def test_each_number_is_stored_or_listed(text: str) -> None:
    read = given(text.encode())
    said = [sentence.en for sentence in read.left_out]
    for line in read.read:  # what a line was understood as, and what of it was not used
        words, _, understood = line.sentence.en.partition(" → ")
        said.append(understood or words)
    lines = (_ITEM.sub("", line) for line in text.splitlines())
    stated = [number for line in lines for number in _NUMBER.findall(line) if number not in _SHARES]
    assert all(any(number in one for one in said) for number in stated), said


def _values(draft: drafts.Raw) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for _, part in (*drafts.subjects(draft), (WORKLOAD, draft.get(WORKLOAD) or {})):
        for field, value in part.items():
            values.setdefault(field, []).append(value)
    return values


def _shown(field: str, values: list[Any]) -> list[Any]:
    return [_amount(field, one) for one in values] if _FIELDS[field].kind == "quantity" else sorted(map(str, values))


def _meant(field: str, meant: Any) -> list[Any]:
    several = meant if isinstance(meant, list) and _FIELDS[field].kind != "choices" else [meant]
    return _shown(field, several)
