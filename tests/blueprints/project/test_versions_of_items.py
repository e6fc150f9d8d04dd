"""A change of an item names the version that it is based on: APIs describe it, and the README says where it must."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.sam.translation import parse_template
from blueprints.traits.appsync import resolver_code

Json = dict[str, Any]
CHANGES = ("put", "delete")


def _built(
    book: Book, consistency: str, access: str = "key-value", target: str = "sam", lang: Any = "en", **answers: Any
) -> dict[str, bytes]:
    shop = {"id": "shop", "trigger": "request", "logic": "code", "reads": ["data"], "writes": ["data"], **answers}
    parts = {"components": [shop], "stores": [{"id": "data", "access": access, "consistency": consistency}]}
    return blueprints.build(advise(make_requirements({"schema": 2, **parts}), book), target, lang=lang, extras={})


def _resource(files: dict[str, bytes], type: str) -> Json:
    template = parse_template(files["template.yaml"].decode())
    return next(found["Properties"] for found in template["Resources"].values() if found["Type"] == type)


@pytest.mark.parametrize(("consistency", "required"), [("eventual", False), ("strong", True), ("transactions", True)])
def test_strong_consistency_requires_the_version(book: Book, consistency: str, required: bool) -> None:
    files = _built(book, consistency, validation=True)
    service, readme = files["src/shop/service.py"].decode(), files["README.md"].decode()
    assert ("class Unconditional" in service) is required
    assert ("returns 428" in readme) is required
    assert ("the last change wins" in readme) is not required
    operations = _resource(files, "AWS::Serverless::Api")["DefinitionBody"]["paths"]["/items/{id}"]
    for method in CHANGES:
        assert "If-Match" in [parameter["name"] for parameter in operations[method]["parameters"]]
        assert "412" in operations[method]["responses"]
        assert ("428" in operations[method]["responses"]) is required
    assert not {"412", "428"} & set(operations["get"]["responses"])


@pytest.mark.parametrize("consistency", ["strong", "transactions"])
def test_relational_stores_require_the_version_too(book: Book, consistency: str) -> None:
    files = _built(book, consistency, "relational")
    assert "class Unconditional" in files["src/shop/service.py"].decode()


def test_browsers_may_send_and_read_versions(book: Book) -> None:
    shared = {"static_site": True, "logic": "code"}
    cors = _resource(_built(book, "eventual", **shared), "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    assert "if-match" in cors["AllowHeaders"]
    assert cors["ExposeHeaders"] == ["etag"]
    reading = _resource(_built(book, "eventual", **shared, writes=[]), "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    assert "if-match" not in reading["AllowHeaders"]
    assert "ExposeHeaders" not in reading


def test_mutations_have_an_argument_for_the_version(book: Book) -> None:
    files = _built(book, "eventual", protocol="graphql")
    schema = next(content.decode() for path, content in files.items() if path.endswith(".graphql"))
    assert "replaceItem(id: ID!, etag: String, input: ItemInput!): Item!" in schema
    assert "removeItem(id: ID!, etag: String): Item!" in schema


_RESOLVED = """
const given = JSON.parse(process.argv[1]);
const fail = (message, type) => { throw Object.assign(new Error(message), { type }); };
const dynamodb = { toMapValues: (values) => values };
const time = { nowEpochSeconds: () => 1000, nowEpochMilliSeconds: () => 1000000000000, nowISO8601: () => 'now' };
const util = { dynamodb, time, error: fail, autoId: () => 'next' };
const body = given.code.replace(/import .*/, '').replaceAll('export ', '');
const { request, response } = new Function('util', `${body}; return { request, response };`)(util);
const ctx = { args: given.args, identity: { sub: 'user-1' }, stash: {} };
try {
  const asked = request(ctx);
  Object.assign(ctx, given.found);
  console.log(JSON.stringify({ asked, answer: 'result' in ctx ? response(ctx) : null }));
} catch (error) {
  console.log(JSON.stringify({ error: error.type }));
}
"""
VERSION = "v1000000000000-next"
FAILED = {"type": "DynamoDB:ConditionalCheckFailedException", "message": "failed"}


def _resolved(field: str, etag: str | None, found: Json, *, strong: bool, kept: bool = False) -> Json:
    """Return what a resolver asks of DynamoDB and answers, or the type of its error."""
    folder = "strong/" * strong + "kept-60/" * (kept and field != "removeItem")
    code = resolver_code(f"graphql/resolvers/{folder}{field}.js")
    args = {"id": "i1", "input": {"name": "chair"}, **({"etag": etag} if etag is not None else {})}
    asked = json.dumps({"code": code, "args": args, "found": found})
    ran = subprocess.run(["node", "-e", _RESOLVED, asked], capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout))


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("field", ["replaceItem", "removeItem"])
def test_resolvers_change_an_item_only_in_the_version_that_its_caller_names(
    node_modules: Path, field: str, kept: bool
) -> None:
    def asked(etag: str | None) -> tuple[str, Json]:
        made = _resolved(field, etag, {}, strong=False, kept=kept)["asked"]["condition"]
        return made["expression"], made["expressionValues"]

    assert asked("a")[0].endswith(" AND etag = :etag")
    assert asked("a")[1][":etag"] == "a"
    # DynamoDB refuses values that no expression uses.
    assert asked("0")[0].endswith(" AND attribute_not_exists(etag)")
    for etag in ("0", "*", None):
        assert ":etag" not in asked(etag)[1]
    # Each version comes after the one before, whatever a caller names.
    later = " AND (attribute_not_exists(etag) OR etag < :later)" if field == "replaceItem" else ""
    for anything in (asked("*")[0], asked(None)[0]):
        assert later in anything
        assert "etag" not in anything.replace(later, "")
    assert _resolved(field, None, {}, strong=True, kept=kept) == {"error": "Unconditional"}
    assert "asked" in _resolved(field, "*", {}, strong=True, kept=kept)

    def error(owner: str | None, etag: str) -> Any:
        found = {"id": "i1", "owner": owner, "etag": etag} if owner else None
        return _resolved(field, "a", {"error": FAILED, "result": found}, strong=True, kept=kept).get("error")

    assert [error("user-1", "b"), error("user-2", "b"), error(None, "b")] == ["Changed", "NotFound", "NotFound"]
    assert error("user-1", "v1000000000000-next") == (None if field == "replaceItem" else "Changed")
    other = {"error": {"type": "DynamoDB:Throttled", "message": "later"}, "result": None}
    assert _resolved(field, "a", other, strong=True, kept=kept) == {"error": "DynamoDB:Throttled"}


@pytest.mark.parametrize("kept", [False, True])
def test_resolvers_show_and_renew_the_version(node_modules: Path, kept: bool) -> None:
    assert _resolved("createItem", None, {}, strong=False, kept=kept)["asked"]["attributeValues"]["etag"] == VERSION
    update = _resolved("replaceItem", "a", {}, strong=False, kept=kept)["asked"]["update"]
    assert "etag = :next" in update["expression"]
    assert update["expressionValues"][":next"] == VERSION
    for strong in (False, True):
        read = _resolved("item", None, {"result": {"id": "i1", "owner": "user-1"}}, strong=strong, kept=kept)
        assert read["asked"]["consistentRead"] is strong
        assert read["answer"]["attributes"] == {"etag": "0"}


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize(("consistency", "required"), [("eventual", False), ("strong", True)])
def test_an_api_without_a_program_requires_the_version_too(
    book: Book, target: str, consistency: str, required: bool
) -> None:
    answers: Json = {"protocol": "graphql", "logic": "none", "authentication": "sign-up"}
    files = _built(book, consistency, target=target, **answers)
    code = "".join(text.decode() for path, text in files.items() if path.endswith((".js", "template.yaml")))
    assert code.count("const STRONG = true;") == (3 if required else 0)
    assert code.count("const STRONG = false;") == (0 if required else 3)
    readme = files["README.md"].decode()
    assert "`shop` detects lost updates" in readme
    assert ("`shop` requires a version for each change" in readme) is required
    assert ("Without a version, the last change wins" in readme) is not required
    assert (
        "`shop` は、更新の競合（ロストアップデート）を検出します"
        in _built(book, consistency, lang="ja", **answers)["README.md"].decode()
    )


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "caches responses for 60 s"), ("ja", "レスポンスを 60 秒間キャッシュ")]
)
def test_the_readme_says_that_a_cache_returns_old_versions(book: Book, lang: Any, words: str) -> None:
    cached = {"caching": True, "authentication": "sign-up"}
    assert words in _built(book, "strong", lang=lang, **cached)["README.md"].decode()
    assert words not in _built(book, "strong", lang=lang, authentication="sign-up")["README.md"].decode()
    # Nothing has a version that is only read.
    assert words not in _built(book, "strong", lang=lang, **cached, writes=[])["README.md"].decode()


def test_a_change_between_a_read_and_a_write_needs_no_second_place_in_a_server(book: Book) -> None:
    """A server that answers one request at a time would never answer a request that waits for another one."""
    shop = {"packaging": "container-image", "vcpu": 2, "memory_mib": 4096, "typical_run_s": 10, "longest_run_s": 40}
    answers: Json = {"id": "shop", "trigger": "request", **shop, "response_s": 50, "rate_average_rps": 1}
    kept = ["data", "copies", "files"]
    parts = {
        "components": [{**answers, "authentication": "sign-up", "reads": kept[:2], "writes": kept}],
        "stores": [
            {"id": id, "access": access} for id, access in zip(kept, ("key-value", "cache", "objects"), strict=True)
        ],
    }
    design = advise(make_requirements({"schema": 2, **parts}), book)
    files = blueprints.build(design, "cdk-typescript", lang="en", extras={})
    assert "const AT_ONCE = 1;" in files["src/shop/main.ts"].decode()
    test = files["tests/shop.test.ts"].decode()
    nested = [
        test.partition(start)[2].partition(end)[0]
        for start, end in (
            ("const meanwhile = ", "\n  };"),
            ("'put').mockImplementationOnce(", "\n  });"),
            (".meanwhile = () =>", ";\n"),
        )
    ]
    assert all(change.count("program.service.replace(OWNER, ") == 1 for change in nested)
    assert not any("call(" in change for change in nested)


@pytest.mark.parametrize(
    ("language", "target"), [("python", "sam"), ("python", "cdk-python"), ("nodejs", "cdk-typescript")]
)
@pytest.mark.parametrize("store", ["efs", "opensearch-serverless", "elasticache-serverless"])
def test_a_store_with_conditional_writes_decides_about_changes(
    store: str, language: str, target: str, book: Book
) -> None:
    both = ["first", "second"]
    shop = {"id": "shop", "trigger": "request", "logic": "code", "language": language, "reads": both, "writes": both}
    stores = [{"id": "first", "pins": {"store": store}}, {"id": "second", "access": "key-value"}]
    design = advise(make_requirements({"schema": 2, "components": [shop], "stores": stores}), book)
    files = blueprints.build(design, target, lang="en", extras={})
    typescript = language == "nodejs"
    first, second = ("storeFirst", "storeSecond") if typescript else ("store_first", "store_second")
    service = files["src/shop/service.ts" if typescript else "src/shop/service.py"].decode()
    assert f"{second}.replace(" in service
    assert f"{first}.replace(" not in service
    versions = next(line for line in files["README.md"].decode().splitlines() if "detects lost updates" in line)
    assert "without a condition" not in versions
