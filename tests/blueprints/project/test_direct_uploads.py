"""Direct uploads: the connections, permissions and routes of projects that contain them, and the designs that are refused."""

import re
from typing import Any

import pytest
import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.targets import TARGETS
from blueprints.traits.direct_uploads import ISSUE, UPLOAD

CONTAINER = {"packaging": "container-image", "state_in_memory": True}
FILES = {"id": "files", "title": {"en": "Films", "ja": "映像"}, "access": "objects", "item_bytes": "1 GiB"}


def designed(book: Book, *stores: dict[str, Any], workload: dict[str, Any] | None = None, **answers: Any) -> Design:
    component = {
        "id": "api",
        "title": {"en": "Archive", "ja": "アーカイブ"},
        "trigger": "request",
        "direct_uploads": True,
    }
    component |= {"writes": [store["id"] for store in stores or (FILES,)], **answers}
    raw = {"workload": workload or {}, "components": [component], "stores": [*(stores or (FILES,))]}
    return advise(make_requirements(raw), book)


def template(design: Design) -> dict[str, Any]:
    """Return the resources of the SAM template, with its functions as texts."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_multi_constructor("!", lambda _loader, tag, node: f"{tag} {node.value}")
    text = blueprints.build(design, "sam", lang="en", extras={})["template.yaml"]
    resources: dict[str, Any] = yaml.load(text, Loader=loader)["Resources"]
    return resources


def test_callers_upload_and_the_program_signs(book: Book) -> None:
    edges = {edge.verb: edge for edge in designed(book, reads=["files"]).architecture.edges}
    assert (edges[UPLOAD].source, edges[UPLOAD].target) == ("client.public", "files.store")
    assert edges[UPLOAD].sentence.en == 'Users upload files to the "Films" bucket with presigned URLs'
    assert edges[UPLOAD].sentence.ja == "利用者が署名付き URL で「映像」のバケットにファイルをアップロードする"
    assert edges[ISSUE].settings == {"upload_bytes": 2**30}
    # A client uploads after it has got the URL.
    assert edges[UPLOAD].step == (edges[ISSUE].step or 0) + 1
    assert {"write", "read-write"}.isdisjoint(edges)
    assert edges["read"].target == "files.store"


@pytest.mark.parametrize("more", [{}, CONTAINER, {"caching": True}, {"pins": {"entry": "lambda-function-url"}}])
def test_every_target_contains_uploads_behind_each_endpoint(more: dict[str, Any], book: Book) -> None:
    plan = plan_for(designed(book, **more))
    assert {target.id: target.check(plan) for target in TARGETS} == dict.fromkeys((t.id for t in TARGETS), ())
    (granted,) = (one for one in plan.grants["api.compute"] if "s3:PutObject" in one.actions)
    assert [(ref.node, ref.suffix) for ref in granted.resources] == [("files.store", "/uploads/*")]
    assert granted.actions == ("s3:PutObject",)


def test_the_api_has_the_route_of_uploads_and_no_route_that_nothing_answers(book: Book) -> None:
    resources = template(designed(book))
    routes = {r["Properties"]["RouteKey"] for r in resources.values() if r["Type"] == "AWS::ApiGatewayV2::Route"}
    assert routes == {"GET /health", "POST /uploads"}


@pytest.mark.parametrize("uploads", [True, False])
def test_the_readme_says_how_a_file_starts_a_component(uploads: bool, book: Book) -> None:
    check = {"id": "check", "title": "Check", "trigger": "event", "event_source": "s3-object", "listens_to": "files"}
    api = {"id": "api", "title": "Archive", "trigger": "request", "direct_uploads": True, "writes": ["files"]}
    components = [{**check, "reads": ["files"]}, *([api] if uploads else [])]
    design = advise(make_requirements({"components": components, "stores": [FILES]}), book)
    files = blueprints.build(design, "sam", lang="en", extras={})
    readme, outputs = files["README.md"].decode(), files["template.yaml"].decode().split("\nOutputs:")[1]
    started = readme.split('Trigger "Check"')[1].split("```")[1]
    assert ("Upload a file as shown above" in started) is uploads
    assert ('aws s3 cp README.md "s3://$(output FilesBucketName)/"' in started) is not uploads
    named = set(re.findall(r"\$\(output (\w+)\)", readme))
    assert {name for name in named if f"\n  {name}:" not in outputs} == set()


def test_an_api_of_an_existing_provider_takes_no_token_of_the_user_pool(book: Book) -> None:
    api = {"trigger": "request", "direct_uploads": True}
    components = [
        {**api, "id": "archive", "title": "Archive", "authentication": "sign-up", "writes": ["files"]},
        {**api, "id": "intake", "title": "Intake", "authentication": "existing-provider", "writes": ["papers"]},
    ]
    stores = [FILES, {**FILES, "id": "papers"}]
    design = advise(make_requirements({"components": components, "stores": stores}), book)
    files = blueprints.build(design, "sam", lang="en", extras={})
    deployed = files["integration/test_stack.py"].decode()
    assert "def test_archive_takes_one_upload(known: dict[str, str], token: str)" in deployed
    intake = deployed.split("def test_intake_takes_one_upload")[1]
    assert intake.startswith("(known: dict[str, str]) -> None:")
    assert 'token = provided("INTAKE_TOKEN")' in intake
    readme = files["README.md"].decode()
    archive, intake = (readme.split(f'Call "{title}"')[1].split("```")[1] for title in ("Archive", "Intake"))
    assert "Bearer $TOKEN" in archive
    assert "Bearer $INTAKE_TOKEN" in intake
    assert "$TOKEN" not in intake
    assert "existing identity provider (OidcIssuer)" in intake


def test_browsers_upload_from_the_site_only(book: Book) -> None:
    (rule,) = template(designed(book, static_site=True))["FilesBucket"]["Properties"]["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == ["Sub https://${ApiDistribution.DomainName}"]
    assert rule["AllowedMethods"] == ["PUT"]
    private = template(designed(book, exposure="private"))["FilesBucket"]["Properties"]
    assert "CorsConfiguration" not in private


def test_uploads_are_encrypted_under_the_key_of_the_workload(book: Book) -> None:
    resources = template(designed(book, workload={"customer_managed_keys": True}))
    encryption = resources["FilesBucket"]["Properties"]["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert encryption[0]["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    # The program that signs an upload may use the key through Amazon S3, like every principal of the account.
    statements = resources["DataKey"]["Properties"]["KeyPolicy"]["Statement"]
    through = next(one for one in statements if one["Sid"] == "AllowUseThroughServices")
    assert "kms:GenerateDataKey" in through["Action"]
    assert any("s3." in str(service) for service in through["Condition"]["StringEquals"]["kms:ViaService"])


def test_large_requests_are_no_concern_where_clients_upload_directly(book: Book) -> None:
    def warnings(**answers: Any) -> set[str]:
        design = designed(book, request_bytes="7 MiB", **CONTAINER, **answers)
        return {warning.id for warning in design.decision.warnings}

    assert "large-uploads-go-straight-to-s3" in warnings(direct_uploads=False)
    assert "large-uploads-go-straight-to-s3" not in warnings()


REFUSED: dict[str, tuple[list[dict[str, Any]], dict[str, Any], str]] = {
    "no bucket": ([{"id": "table"}], {}, "direct_uploads"),
    "several buckets": ([FILES, {**FILES, "id": "more"}], {}, "direct_uploads"),
    "no item size": ([{"id": "files", "access": "objects"}], {}, "item_bytes"),
    "no program": ([FILES], {"steps": 4, "human_approval": True}, "direct_uploads"),
    "more than 5 GiB": ([{**FILES, "item_bytes": "6 GiB"}], {}, "5 GiB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_uploads_that_no_project_contains_are_refused_alike(case: str, book: Book) -> None:
    stores, answers, word = REFUSED[case]
    plan = plan_for(designed(book, *stores, **answers))
    (refused,) = {target.check(plan) for target in TARGETS}
    assert len(refused) == 1
    assert word in refused[0].reason.en
    assert word in refused[0].reason.ja


def test_the_largest_single_upload_is_not_refused(book: Book) -> None:
    plan = plan_for(designed(book, {**FILES, "item_bytes": "5 GiB"}))
    assert {target.check(plan) for target in TARGETS} == {()}


def test_what_is_made_of_an_upload_has_the_id_that_came_with_its_url(book: Book) -> None:
    scan = {"id": "scan", "trigger": "event", "event_source": "s3-object", "listens_to": "files", "writes": ["states"]}
    api = {"id": "api", "trigger": "request", "exposure": "public", "authentication": "sign-up", "direct_uploads": True}
    stores = [FILES, {"id": "states", "access": "key-value"}]
    raw = {"components": [{**api, "writes": ["files"], "reads": ["states"]}, scan], "stores": stores}
    files = blueprints.build(advise(make_requirements(raw), book), "sam", lang="en", extras={})
    message: dict[str, Any] = {}
    exec(files["src/scan/message.py"], message)
    uploaded = {"bucket": {"name": "b"}, "object": {"key": "uploads/provider%7Cann/4f2c"}}
    event = {"id": "e1", "source": "aws.s3", "detail-type": "Object Created", "detail": uploaded}
    assert {"key": "4f2c", "owner": "provider|ann"}.items() <= message["from_value"](event, "x").items()
    assert 'about = str(message.get("key", message["id"]))' in files["src/scan/service.py"].decode()
    assert '"id": id,' in files["src/api/uploads.py"].decode()
