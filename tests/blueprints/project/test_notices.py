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
