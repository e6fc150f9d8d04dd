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
    for word in ("s3:DeleteObject", "@app.delete(", "@app.put(", "def remove(", "def replace("):
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


@pytest.mark.parametrize("access", [{}, {"access": "key-value"}, {"access": "relational"}, {"access": "cache"}])
def test_only_objects_can_be_locked(access: dict[str, str]) -> None:
    store = {"id": "files", **access, **LOCKED}
    with pytest.raises(RequirementsError, match=r"files\.immutable: only objects can be locked"):
        make_requirements({"components": [API], "stores": [store]})
    assert make_requirements({"components": [API], "stores": [{**store, "immutable": False}]}).of_kind("store")


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
    assert "this project does not delete the data afterwards" in readme


FLOW = {"id": "flow", "trigger": "message", "listens_to": "news", "writes": ["rows"]}


@pytest.mark.parametrize(
    ("target", "store", "test"),
    [
        ("sam", "src/flow/store_rows.py", "tests/test_flow.py"),
        ("cdk-python", "src/flow/store_rows.py", "tests/test_flow.py"),
        ("cdk-typescript", "src/flow/store-rows.ts", "tests/flow.test.ts"),
    ],
)
@pytest.mark.parametrize("kept", [True, False])
def test_a_result_renews_the_expiry_of_an_item_and_none_is_set_in_an_expired_one(
    target: str, store: str, test: str, kept: bool, book: Book
) -> None:
    rows = {"id": "rows", "access": "key-value", **({"kept_s": "90 days"} if kept else {})}
    answers = {"components": [{**DESK, "publishes": ["news"]}, FLOW], "channels": [{"id": "news"}], "stores": [rows]}
    files = blueprints.build(advise(make_requirements(answers), book), target, lang="en", extras={})
    module = files[store].decode()
    assert "SET #result = :result" in module
    for part in ("KEPT_S = 7776000", "SET #result = :result, expires_at = :expires", "expires_at > :now"):
        assert (part in module) is kept, part
    assert ("with_a_result" in files[test].decode().replace(" ", "_")) is kept
    assert ("`src/desk` and `src/flow` set the attribute `expires_at`" in files["README.md"].decode()) is kept


DIRECT = {"id": "direct", "trigger": "request", "authentication": "sign-up", "logic": "none", "writes": ["rows"]}
READER = {"id": "reader", "trigger": "request", "authentication": "sign-up", "reads": ["rows"]}


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_an_api_without_a_program_sets_the_expiry_of_its_items(target: str, book: Book) -> None:
    def files(**answers: Any) -> str:
        store = {"id": "rows", "access": "key-value", **answers}
        built = blueprints.build(
            advise(make_requirements({"components": [DIRECT, READER], "stores": [store]}), book),
            target,
            lang="en",
            extras={},
        )
        return "".join(text.decode() for path, text in built.items() if path.endswith((".yaml", ".json", "README.md")))

    kept, without = files(kept_s="30 days"), files()
    assert "#set($expires = $context.requestTimeEpoch / 1000 + 2592000)" in kept
    assert "$expires" in kept.replace("#set($expires", "")
    assert "`direct` writes items without a program, and sets the attribute `expires_at` itself" in kept
    assert "requestTimeEpoch /" not in without


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_resolvers_set_the_expiry_and_leave_out_what_has_expired(target: str, book: Book) -> None:
    def code(**answers: Any) -> str:
        api = {**DIRECT, "protocol": "graphql", "reads": ["rows"]}
        files = built(book, target, api, {"id": "rows", "access": "key-value", **answers})
        return "".join(text.decode() for path, text in files.items() if path.endswith((".js", "template.yaml")))

    kept, without = code(kept_s="30 days"), code()
    assert kept.count("const KEPT_S = 2592000;") == 2, "one creates, one replaces"
    assert "expires_at: util.time.nowEpochSeconds() + KEPT_S" in kept
    assert "expires_at = :expires" in kept
    assert kept.count("function expired(item)") == 3, "one reads an item, one lists them, one replaces"
    assert "KEPT_S" not in without
    assert "expired" not in without


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("deletes objects 1 day after", "can be restored for 1 day.", "expire 1 min after")),
        ("ja", ("最後に保存してから 1 日を過ぎた", "1 日間復元できます", "コピーは保存から 1 分で")),
    ],
)
def test_the_readme_states_when_objects_and_copies_are_deleted(lang: Any, words: tuple[str, ...], book: Book) -> None:
    api = {**API, "reads": ["rows", "files", "hot"], "writes": ["rows", "files", "hot"]}
    stores = [
        {"id": "rows", "access": "key-value"},
        {"id": "files", "access": "objects", "kept_s": "90 min"},
        {"id": "hot", "access": "cache", "kept_s": "50 years"},
    ]
    design = advise(make_requirements({"components": [api], "stores": stores}), book)
    for target in ("sam", "cdk-typescript"):
        files = blueprints.build(design, target, lang=lang, extras={})
        readme = files["README.md"].decode()
        assert [one for one in words if one not in readme] == []
    assert b"value: 60 }" in files["src/api/store-hot.ts"]


def test_a_cache_that_holds_items_names_its_expiry(book: Book) -> None:
    store = {"id": "files", "access": "cache", "kept_s": "2 h"}
    readme = built(book, "sam", API, store)["README.md"].decode()
    assert "`src/api` sets this expiry with each write, from the constant `KEPT_S`" in readme
