"""Notes of the table of proofs are read in both languages, also those of earlier versions."""

import re

import pytest

from blueprints.certificate.notes import note_words
from blueprints.certificate.table import shipped

_JAPANESE = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
#: Several words of English in a row.
_UNTRANSLATED = re.compile("[a-z]+ [a-z]+ [a-z]+")


@pytest.mark.parametrize(
    ("note", "english", "japanese"),
    [
        (
            "a.compute>write>b.store: the emulator runs no rds: its policy is asked, its unit tests run",
            "a.compute>write>b.store: Not tested. The emulator does not support rds. The IAM policies were checked, and the unit tests were run.",
            "a.compute>write>b.store: 未検証。エミュレーターは rds に対応していません。IAM ポリシーの検査と単体テストは実施しました。",
        ),
        (
            "AWS::X::Y is accepted with nothing behind it: scaling is not seen to work",
            "AWS::X::Y: Not tested: scaling. The emulator accepts this resource type but does not implement it.",
            "AWS::X::Y: スケーリングは未検証。エミュレーターはこのリソースタイプを受け付けますが、実装していません。",
        ),
        ("something else", "something else", "something else"),
    ],
)
def test_a_note_is_said_in_both_languages(note: str, english: str, japanese: str) -> None:
    assert (note_words(note, "en"), note_words(note, "ja")) == (english, japanese)
    assert note_words(english, "ja") == japanese


def test_a_note_names_a_service_as_its_users_do() -> None:
    note = "a.compute>write>b.store: not tested: the emulator does not support rds; IAM policies and unit tests were checked"
    assert "does not support Amazon RDS." in note_words(note, "en", {"rds": "Amazon RDS"})


def test_every_note_that_is_shipped_is_said_in_japanese() -> None:
    notes = {note for proofs in shipped().shapes.values() for proof in proofs.values() for note in proof.notes}
    assert notes
    assert [note for note in notes if not _JAPANESE.search(note_words(note, "ja"))] == []
    assert [note for note in notes if _UNTRANSLATED.search(note_words(note, "ja"))] == []


def test_only_permissions_on_any_task_are_not_checked() -> None:
    """IAM knows no resource for a task that waits for a callback; all others have an ARN, which the proof finds."""
    notes = {note for proofs in shipped().shapes.values() for proof in proofs.values() for note in proof.notes}
    unchecked = [note for note in notes if "Not checked: the permissions" in note]
    assert [note for note in unchecked if "any-task of step-functions-standard" not in note] == []
