"""APIs that write to a store and do not read it keep the contract of idempotency keys, or the README says what they do."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang

STORES: list[dict[str, Any]] = [
    {"id": "letters", "access": "objects", "item_bytes": "10 MB"},
    {"id": "audit", "access": "key-value"},
]
COMPARED = {"sam": "store_audit.agrees(stored)", "cdk-typescript": "storeAudit.agrees(stored)"}
UNREAD: dict[Lang, str] = {
    "en": "receives in `audit`, and does not read them",
    "ja": "`audit` に保存しますが、読み取りは行いません",
}
UNCOMPARED: dict[Lang, str] = {"en": "cannot compare the bodies", "ja": "本文を比較できません"}


def project(book: Book, target: str, lang: Lang, **api: Any) -> dict[str, str]:
    """Return the texts of a project with one API."""
    asked = {"id": "api", "trigger": "request", "authentication": "sign-up", **api}
    used = {*api.get("reads", ()), *api["writes"]}
    said = {"title": "Audit", "components": [asked], "stores": [store for store in STORES if store["id"] in used]}
    files = blueprints.build(advise(make_requirements(said), book), target, lang=lang, extras={})  # type: ignore[arg-type]
    return {path: content.decode() for path, content in files.items() if path.startswith(("src/", "README"))}


@pytest.mark.parametrize("target", COMPARED)
def test_a_retry_with_another_body_is_refused_where_the_store_is_only_written(target: str, book: Book) -> None:
    uploads = {"direct_uploads": True, "reads": ["letters"], "writes": ["letters", "audit"]}
    for more in ({"writes": ["audit"]}, uploads):
        found = project(book, target, "en", **more)
        service = next(text for path, text in found.items() if path.startswith("src/api/service."))
        assert COMPARED[target] in service
        assert UNCOMPARED["en"] not in found["README.md"]


@pytest.mark.parametrize(
    ("target", "versions", "made"),
    [
        ("sam", "item_versions.py", ("item_versions.first(_id(key, owner))", "item_versions.following(")),
        ("cdk-typescript", "item-versions.ts", ("itemVersions.first(idOf(key, owner))", "itemVersions.following(")),
    ],
)
@pytest.mark.parametrize("reads", [[], ["audit"]])
def test_a_retry_has_the_version_of_its_request_where_no_store_is_read(
    target: str, versions: str, made: tuple[str, str], reads: list[str], book: Book
) -> None:
    found = project(book, target, "en", reads=reads, writes=["audit", "letters"])
    service = next(text for path, text in found.items() if path.startswith("src/api/service."))
    assert [call in service for call in made] == ([False, True] if reads else [True, False])
    # A program has no function that it does not call.
    text = found[f"src/api/{versions}"]
    assert [f"{name}(" in text for name in ("first", "following")] == [call in service for call in made]


@pytest.mark.parametrize("lang", UNREAD)
@pytest.mark.parametrize("reads", [["audit"], []])
def test_the_readme_says_what_callers_cannot_read(lang: Lang, reads: list[str], book: Book) -> None:
    readme = project(book, "sam", lang, reads=reads, writes=["audit"])["README.md"]
    assert (UNREAD[lang] in readme) is not bool(reads)


@pytest.mark.parametrize("lang", UNCOMPARED)
def test_the_readme_says_where_bodies_are_not_compared(lang: Lang, book: Book) -> None:
    assert UNCOMPARED[lang] in project(book, "sam", lang, writes=["letters"])["README.md"]
