"""A change of a role says whether it had no suitable service before, or was not needed."""

from advisor.book import Book
from advisor.explanation.what_if import Speaker
from advisor.requirements import make_requirements
from advisor.sensitivity.moves import moved

FILE = {"components": [{"id": "api"}], "channels": [{"id": "alarms"}]}


def test_a_role_without_a_candidate_is_not_called_needless(book: Book) -> None:
    speaker = Speaker(make_requirements(FILE), book)
    (move,) = moved({"alarms": {"messaging": None}}, {"alarms": {"messaging": "sns"}})
    assert speaker.role_move(move).en.endswith(": no suitable service → Amazon SNS")
    assert speaker.role_move(move).ja.endswith(": 適合するサービスなし → Amazon SNS")
    (move,) = moved({"alarms": {}}, {"alarms": {"messaging": "sns"}})
    assert speaker.role_move(move).en.endswith(": not needed → Amazon SNS")
    (move,) = moved({"alarms": {"messaging": "sns"}}, {"alarms": {"messaging": None}})
    assert speaker.role_move(move).en.endswith(": Amazon SNS → no suitable service")
