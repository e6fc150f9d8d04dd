"""Notes of the table of proofs are read in both languages, also those of earlier versions."""

import re

import pytest

from blueprints.certificate.notes import note_words
from blueprints.certificate.table import shipped

_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("note", "english", "japanese"),
    [
        (
            "a.compute>write>b.store: the emulator runs no rds: its policy is asked, its unit tests run",
            "a.compute>write>b.store: not tested: the emulator does not support rds; IAM policies and unit tests were checked",
            "a.compute>write>b.store: 未検証。エミュレーターが rds に対応していません。IAM ポリシーと単体テストを確認しています",
        ),
        (
            "AWS::X::Y is accepted with nothing behind it: scaling is not seen to work",
            "AWS::X::Y: accepted by the emulator without an implementation; not tested: scaling",
            "AWS::X::Y: エミュレーターは受け付けますが動作しません。scaling は未検証です",
        ),
        ("something else", "something else", "something else"),
    ],
)
def test_a_note_is_said_in_both_languages(note: str, english: str, japanese: str) -> None:
    assert (note_words(note, "en"), note_words(note, "ja")) == (english, japanese)
    assert note_words(english, "ja") == japanese


def test_every_note_that_is_shipped_is_said_in_japanese() -> None:
    notes = {note for proofs in shipped().shapes.values() for proof in proofs.values() for note in proof.notes}
    assert notes
    assert [note for note in notes if not _JAPANESE.search(note_words(note, "ja"))] == []
