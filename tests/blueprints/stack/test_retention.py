"""How long a store keeps data: the rules of a bucket, its lock, and the expiry that programs set."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import RequirementsError, make_requirements
from blueprints.plan import plan_for
from blueprints.refusals import refusals
from tests.blueprints.templates import of_type
from tests.blueprints.translation import translated

API = {"id": "api", "trigger": "request", "authentication": "sign-up", "reads": ["files"], "writes": ["files"]}
FOLLOW = {"id": "follow", "trigger": "event", "event_source": "table-change", "listens_to": "rows", "writes": ["notes"]}
DESK = {"id": "desk", "trigger": "request", "reads": ["rows"], "writes": ["rows"]}
LOCKED = {"kept_s": "7 years", "immutable": True}


def built(book: Book, target: str, component: dict[str, Any], *stores: dict[str, Any]) -> dict[str, bytes]:
    answers = {"components": [DESK, component] if component is FOLLOW else [component], "stores": list(stores)}
    return blueprints.build(advise(make_requirements(answers), book), target, lang="en", extras={})


def bucket(book: Book, **answers: Any) -> dict[str, Any]:
    files = built(book, "sam", API, {"id": "files", "access": "objects", **answers})
    return next(properties for id, properties in of_type(translated(files), "AWS::S3::Bucket") if id == "FilesBucket")


def days(properties: dict[str, Any]) -> tuple[int | None, int]:
    rules = properties["LifecycleConfiguration"]["Rules"]
    kept = next((rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule), None)
    return kept, rules[0]["NoncurrentVersionExpiration"]["NoncurrentDays"]


@pytest.mark.parametrize(
    ("stated", "kept"),
    [({}, (None, 30)), ({"kept_s": "90 days"}, (90, 30)), ({"kept_s": "7 days"}, (7, 7)), ({"kept_s": "1 h"}, (1, 1))],
)
def test_a_bucket_deletes_what_is_older_than_stated(
    stated: dict[str, Any], kept: tuple[int | None, int], book: Book
) -> None:
    found = bucket(book, **stated)
    assert days(found) == kept
    assert "ObjectLockConfiguration" not in found


@pytest.mark.parametrize(("stated", "least"), [("7 years", 7 * 365 + 2), ("10 years", 10 * 365 + 3), ("1 year", 366)])
def test_years_are_never_shorter_than_those_of_the_calendar(stated: str, least: int, book: Book) -> None:
    assert days(bucket(book, kept_s=stated))[0] == least


def test_a_locked_bucket_keeps_each_version_as_long(book: Book) -> None:
    found = bucket(book, **LOCKED)
    assert found["ObjectLockEnabled"] is True
    rule = found["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    assert rule == {"Mode": {"Ref": "ObjectLockMode"}, "Days": days(found)[0]}


@pytest.mark.parametrize("lock", [False, True])
def test_nobody_is_offered_to_change_or_delete_what_is_locked(lock: bool, book: Book) -> None:
    files = built(book, "sam", API, {"id": "files", "access": "objects", "kept_s": "7 years", "immutable": lock})
    text = (files["template.yaml"] + files["src/api/app.py"] + files["src/api/store_files.py"]).decode()
    for word in ("s3:DeleteObject", "@app.delete(", "@app.put(", "def delete(", "def replace("):
        assert (word in text) is not lock, word
    assert "s3:PutObject" in text
    assert ("s3:BypassGovernanceRetention" in files["README.md"].decode()) is lock


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_every_target_locks_the_bucket(target: str, book: Book) -> None:
    files = built(book, target, API, {"id": "files", "access": "objects", **LOCKED})
    programs = b"".join(content for path, content in files.items() if path.endswith((".py", ".ts", ".yaml")))
    assert b"DefaultRetention" in programs
    assert b"2557" in programs


def test_a_lock_needs_an_end(book: Book) -> None:
    with pytest.raises(RequirementsError, match="kept_s"):
        make_requirements({"components": [API], "stores": [{"id": "files", "access": "objects", "immutable": True}]})


def test_uploads_to_a_locked_bucket_are_refused(book: Book) -> None:
    api = {**API, "reads": [], "direct_uploads": True}
    store = {"id": "files", "access": "objects", "item_bytes": "1 GiB", **LOCKED}
    plan = plan_for(advise(make_requirements({"components": [api], "stores": [store]}), book))
    assert ["locked" in one.reason.en for one in refusals(plan)] == [True]


@pytest.mark.parametrize(
    ("target", "store", "message", "drops"),
    [
        ("sam", "src/desk/store_rows.py", "src/follow/message.py", '!= "expires_at"'),
        ("cdk-typescript", "src/desk/store-rows.ts", "src/follow/message.ts", "delete row.expires_at"),
    ],
)
def test_items_expire_and_copies_of_changes_do_not_inherit_it(
    target: str, store: str, message: str, drops: str, book: Book
) -> None:
    rows = {"id": "rows", "access": "key-value", "kept_s": "90 days"}
    files = built(book, target, FOLLOW, rows, {"id": "notes", "access": "key-value"})
    assert "KEPT_S = 7776000" in files[store].decode()
    assert drops in files[message].decode()
    assert b"expires_at" not in files[message.replace("message", "store_notes" if target == "sam" else "store-notes")]
    without = built(book, target, FOLLOW, {"id": "rows"}, {"id": "notes"})
    assert b"expires_at" not in without[store] + without[message]


@pytest.mark.parametrize("access", ["relational", "search", "files"])
def test_the_decision_and_the_readme_say_where_nothing_deletes(access: str, book: Book) -> None:
    store = {"id": "files", "access": access, "kept_s": "90 days"}
    design = advise(make_requirements({"components": [API], "stores": [store]}), book)
    assert any(one.id.startswith("nothing-deletes-old-") for one in design.decision.warnings)
    readme = blueprints.build(design, "sam", lang="en", extras={})["README.md"].decode()
    assert "nothing in this project deletes it" in readme
