"""Comments on answers: `longest_run_s: {value: hours, remark: the brief says "long"}`."""

from collections.abc import Mapping
from typing import Any

from advisor.text import Text
from advisor.vocabulary import FIELDS

#: The remark on an answer that nobody stated: what was assumed was accepted.
ACCEPTED = Text("Accepted assumption", "確定した仮定")
_KEYS = {"value", "remark"}


def part_remarks(raw: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return the plain answers about a subject with their remarks apart, under `remarks`.

    What is not written as a value with a remark is left as it is, for its question to refuse.
    """
    parted, remarks = dict(raw), dict(raw.get("remarks") or {})
    for field in FIELDS[kind]:
        answer = raw.get(field.id)
        parted |= {field.id: value_of(answer)} if field.id in raw else {}
        if remark := remark_of(answer):
            remarks[field.id] = remark
    return parted | ({"remarks": remarks} if remarks else {})


def value_of(answer: Any) -> Any:
    """Return a plain answer without its remark."""
    return answer["value"] if isinstance(answer, Mapping) and set(answer) <= _KEYS and "value" in answer else answer


def remark_of(answer: Any) -> Any:
    """Return the remark beside a plain answer, or None if there is none."""
    return answer.get("remark") if isinstance(answer, Mapping) and value_of(answer) is not answer else None


def with_remark(answer: Any, remark: Any) -> Any:
    """Return a plain answer with its remark, as a file holds them; the answer alone if there is no remark."""
    return {"value": answer, "remark": remark} if remark else answer


def is_accepted(remark: Any) -> bool:
    """Return whether a remark, as a file or the requirements hold it, says that the answer is an accepted assumption."""
    return remark in (ACCEPTED, _IN_FILES)


def accepted(answer: Any) -> Any:
    """Return an assumed value as an answer that says so."""
    return with_remark(answer, _IN_FILES)


_IN_FILES = {"en": ACCEPTED.en, "ja": ACCEPTED.ja}
