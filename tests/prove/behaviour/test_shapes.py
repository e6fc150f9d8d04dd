"""The check `shapes`: programs read and write what others understand, and each misunderstanding is found."""

import pytest

from tests.prove.behaviour.planting import Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK, CHAT = "shapes", "realtime-chat"


@pytest.mark.parametrize("name", ["web-application", CHAT, "order", "mobile-backend", "chat-in-steps"])
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def old_events(resources: Resources) -> None:
    one_of(resources, "AWS::ApiGatewayV2::Integration")["PayloadFormatVersion"] = "1.0"


def other_name(resources: Resources) -> None:
    one_of(resources, "AWS::DynamoDB::Table")["TimeToLiveSpecification"]["AttributeName"] = "ttl"


def test_an_event_of_another_version_is_found(stories: Stories) -> None:
    assert rules_with(stories.project("web-application"), CHECK, old_events) == {"event-version"}


def test_a_table_that_forgets_by_another_name_is_found(stories: Stories) -> None:
    assert rules_with(stories.project(CHAT), CHECK, other_name) == {"expiry-name"}


@pytest.mark.parametrize(
    ("name", "path", "find", "put", "rule"),
    [
        (CHAT, "src/chat/service.py", "int(time.time()) + KEEP_S", "int((time.time() + KEEP_S) * 1000)", "expiry-unit"),
        ("order", "src/book/service.py", '"ordering_key": message', '"entity": message', "no-group"),
    ],
)
def test_what_a_program_writes_otherwise_is_found(
    stories: Stories, name: str, path: str, find: str, put: str, rule: str
) -> None:
    assert rules_after(stories.project(name), CHECK, path, find, put) == {rule}


def test_a_page_for_the_whole_is_found_in_typescript(stories: Stories) -> None:
    file = stories.project(CHAT).evidence.folder / "src/chat/store-more.ts"
    file.write_text("export const first = () => table.send(new QueryCommand({ TableName: 't' }));\n", "utf-8")
    try:
        assert stories.project(CHAT).rules_found_by(CHECK) == {"page-for-the-whole"}
    finally:
        file.unlink()
