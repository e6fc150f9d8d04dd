"""Outside parties get notices without items where the data must not leave, and the texts say so."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

TARGETS = [target.id for target in blueprints.TARGETS]
API = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["claims"],
    "writes": ["claims"],
    "publishes": ["notices"],
}
LETTER = {"id": "letter", "trigger": "message", "listens_to": "notices", "writes": ["letters"]}
EN, JA = "its messages contain no data of items", "メッセージに項目のデータは含まれません"


def project(
    book: Book, target: str, kind: str, lang: Lang = "en", *, heard: bool = False, **workload: Any
) -> tuple[str, str]:
    """Return the code of the publisher, and the README."""
    given = {
        "workload": workload,
        "components": [API, *([LETTER] if heard else [])],
        "channels": [{"id": "notices", "carries": "event", "destinations": [{"kind": kind}]}],
        "stores": [{"id": "claims"}, *([{"id": "letters"}] if heard else [])],
    }
    found = blueprints.build(advise(make_requirements(given), book), target, lang=lang, extras={})
    (code,) = [text for path, text in found.items() if path.startswith(("src/api/channel_", "src/api/channel-"))]
    return code.decode(), found["README.md"].decode()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", ["partner-http", "email"])
@pytest.mark.parametrize("workload", [{"data_stays": True}, {"data_class": "regulated"}])
def test_the_data_does_not_leave(target: str, kind: str, workload: dict[str, Any], book: Book) -> None:
    code, readme = project(book, target, kind, **workload)
    assert "_notice(message)" in code or "noticeOf(message)" in code
    assert EN in readme


@pytest.mark.parametrize(("kind", "brief"), [("email", True), ("partner-http", False)])
def test_people_read_no_confidential_data_in_emails(kind: str, brief: bool, book: Book) -> None:
    code, _ = project(book, "sam", kind, data_class="confidential")
    assert ("_notice(message)" in code) is brief


def test_components_get_the_items(book: Book) -> None:
    code, readme = project(book, "sam", "partner-http", heard=True, data_class="regulated")
    assert "_notice" not in code
    assert EN not in readme
    assert "_notice" not in project(book, "sam", "email", data_class="internal")[0]


@pytest.mark.parametrize(("lang", "words"), [("en", EN), ("ja", JA)])
def test_the_readme_says_so(lang: Lang, words: str, book: Book) -> None:
    assert words in project(book, "sam", "email", lang, data_stays=True)[1]


RUN = {
    "id": "nightly", "trigger": "schedule", "schedule_expression": "cron(0 2 * * ? *)", "longest_run_s": 20,
    "reads": ["claims"], "publishes": ["notices"],
}  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_a_notice_is_measured_as_it_is_sent(target: str, book: Book) -> None:
    given = {
        "workload": {"data_stays": True},
        "components": [{**API, "publishes": []}, RUN],
        "channels": [
            {"id": "notices", "carries": "event", "rate_average_rps": 20, "destinations": [{"kind": "partner-http"}]}
        ],
        "stores": [{"id": "claims"}],
    }
    found = blueprints.build(advise(make_requirements(given), book), target, lang="en", extras={})
    start = ("src/nightly/channel_", "src/nightly/channel-")
    (code,) = [text.decode() for path, text in found.items() if path.startswith(start)]
    notices = "messages.map(noticeOf)" if target == "cdk-typescript" else "[_notice(one) for one in messages]"
    assert f"fitting({notices}, LARGEST" in code
    said = "".join(text.decode() for path, text in found.items() if path.startswith(("template", "stacks/", "lib/")))
    assert "TooLargeAlarm" in said
    assert "MessagesTooLarge" in said
    assert "items too large for a message were left out of a run" in found["README.md"].decode()


def test_the_table_of_programs_names_what_is_published(book: Book) -> None:
    given = {
        "components": [API, RUN],
        "channels": [{"id": "notices", "carries": "event", "destinations": [{"kind": "email"}]}],
        "stores": [{"id": "claims"}],
    }
    for lang, words in (("en", "aggregates all items and publishes the result to"), ("ja", "全項目を集計、結果を")):
        found = blueprints.build(advise(make_requirements(given), book), "sam", lang=lang, extras={})  # type: ignore[arg-type]
        assert words in found["README.md"].decode()
