"""What the README and `make verify` say about messages that do not arrive: failed ones, and those to who has not confirmed."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang

WORK = {"id": "work", "trigger": "message", "listens_to": "orders", "writes": ["kept"]}
NEWS = {"id": "news", "carries": "event", "destinations": [{"kind": "partner-http"}, {"kind": "email"}]}
MAKER = {"id": "maker", "trigger": "schedule", "publishes": ["orders", "news"]}


def files(book: Book, lang: Lang = "en", target: str = "sam", **orders: Any) -> dict[str, str]:
    raw = {
        "components": [WORK, MAKER],
        "channels": [{"id": "orders", **orders}, NEWS],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    found = blueprints.build(advise(make_requirements(raw), book), target, lang=lang, extras={})
    return {path: found[path].decode() for path in ("README.md", "integration/test_stack.py")}


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_says_how_failed_messages_come_back(lang: Lang, book: Book) -> None:
    readme = files(book, lang)["README.md"]
    assert "aws sqs start-message-move-task" in readme
    assert "aws sqs receive-message" in readme
    words = {"en": "that you move back is processed after them", "ja": "後続のメッセージを待たせます"}[lang]
    assert words not in readme
    assert words in files(book, lang, ordering="per-key")["README.md"]


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("lang", LANGS)
def test_who_has_to_confirm_is_named_and_looked_for(lang: Lang, target: str, book: Book) -> None:
    found = files(book, lang, target)
    assert "SubscriptionConfirmation" in found["README.md"]
    assert "PendingConfirmation" in found["integration/test_stack.py"]
    assert "warnings.warn" in found["integration/test_stack.py"]


def test_each_alarm_says_what_its_dead_letter_queue_contains(book: Book) -> None:
    readme = files(book)["README.md"]
    for contents in (
        "messages that could not be processed",
        "messages that could not be delivered",
        "scheduled starts that failed",
    ):
        assert f"(dead-letter queue): {contents}\n" in readme
    assert "messages, events or scheduled starts" not in readme


@pytest.mark.parametrize("lang", LANGS)
def test_only_what_cannot_be_started_blocks_its_group_where_messages_start_executions(lang: Lang, book: Book) -> None:
    words = {"en": "An execution that fails after its start does not block", "ja": "開始後に実行が失敗しても"}[lang]
    steps = {**WORK, "steps": 3, "retries": True}
    for work, starts in ((WORK, False), (steps, True)):
        raw = {
            "components": [work, MAKER],
            "channels": [{"id": "orders", "ordering": "per-key"}, NEWS],
            "stores": [{"id": "kept", "access": "key-value"}],
        }
        made = blueprints.build(advise(make_requirements(raw), book), "sam", lang=lang, extras={})
        assert (words in made["README.md"].decode()) is starts


def test_each_command_that_starts_a_target_names_the_queue_of_its_input(book: Book) -> None:
    raw = {
        "components": [
            {"id": "night", "trigger": "schedule", "steps": 2, "retries": True, "writes": ["kept"]},
            {"id": "day", "trigger": "schedule", "steps": 2, "retries": True, "writes": ["kept"]},
        ],
        "stores": [{"id": "kept", "access": "key-value"}],
    }
    readme = blueprints.build(advise(make_requirements(raw), book), "sam", lang="en", extras={})["README.md"].decode()
    for name in ("Night", "Day"):
        start = f'`aws stepfunctions start-execution --state-machine-arn "$(output {name}StateMachineArn)" --input file://input.json`'
        assert f"{start} for a message of `{name}ScheduleDeadLetterQueue`" in readme
