"""Endpoints that anyone on the internet can call without authentication, although what they call writes something."""

from collections.abc import Iterator
from typing import NamedTuple

from advisor.requirements import Requirements
from advisor.sensitivity.ranking import is_open_door
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.vocabulary.formats import english

#: A rule of the book warns about data of these classes itself.
_WARNED = ("confidential", "regulated")
_WRITES = ("writes", "publishes")
_SENTENCE = Text(
    "Anyone on the internet can call this component without authentication, and it writes to {targets}. State how callers are "
    "authenticated, or confirm that this is intended.",
    "インターネット上の誰でもこのコンポーネントを認証なしで呼び出せ、呼び出しによって{targets}に書き込めます。認証方法を回答するか、意図した"
    "構成であることを確認してください。",
)


class OpenDoor(NamedTuple):
    """A component that writes for callers whom nobody authenticates, and the sentence on it."""

    subject: str
    sentence: Text


def open_doors(requirements: Requirements, verdict: Verdict) -> Iterator[OpenDoor]:
    """Yield the components that write for callers from the internet whom nobody authenticates, assumed or stated."""
    if verdict.workload.values.get("data_class") in _WARNED:
        return
    names = {subject.id: subject.name for _, subject in requirements.subjects()}
    for id, subject in verdict.subjects.items():
        values, stated = subject.known.values, verdict.answers.of(id)
        written = dict.fromkeys(target for field in _WRITES for target in stated.get(field) or ())
        is_open = values.get("authentication", "none") == "none" and not values.get("source_ips")
        if written and is_open and is_open_door(verdict, id, "authentication"):
            en = english.listed([f'"{names[target].en}"' for target in written])
            ja = "".join(f"「{names[target].ja}」" for target in written)
            yield OpenDoor(id, Text(_SENTENCE.en.format(targets=en), _SENTENCE.ja.format(targets=ja)))
