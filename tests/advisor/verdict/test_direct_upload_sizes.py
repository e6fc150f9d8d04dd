"""The size of direct uploads that is stated as a request size rejects no endpoint, unless the store states the size itself."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.report.decision_report import services
from advisor.requirements import make_requirements
from advisor.verdict.direct_uploads import PASSED_BYTES

FILES: dict[str, Any] = {"id": "files", "title": "Films", "access": "objects"}
BESIDE = "large-requests-beside-direct-uploads"
FUNCTION_BEHIND_ALB = {"compute": "lambda", "entry": "alb"}


def designed(book: Book, *stores: dict[str, Any], **answers: Any) -> Design:
    api = {"id": "api", "title": "Archive", "trigger": "request", "request_bytes": "2 GiB", "direct_uploads": True}
    api |= {"writes": [store["id"] for store in stores or (FILES,)], **answers}
    return advise(make_requirements({"components": [api], "stores": [*(stores or (FILES,))]}), book)


def assumed(design: Design, field: str) -> tuple[str, str] | None:
    said = [one.sentence for one in design.decision.assumptions if one.field == field]
    return (said[0].en, said[0].ja) if said else None


def payloads(design: Design, verb: str) -> set[tuple[float, str]]:
    edges = [edge for edge in design.architecture.edges if edge.verb == verb]
    return {(one.have, one.state) for edge in edges for one in edge.budgets if one.kind == "payload"}


def broken_by_pins(design: Design) -> set[str]:
    choices = [choice for subject in design.decision.subjects for choice in subject.choices]
    return {reason.id for choice in choices for reason in choice.violates}


def warned(design: Design) -> set[str]:
    return {warning.id for warning in design.decision.warnings}


def test_the_size_of_uploads_rejects_no_endpoint_and_no_function(book: Book) -> None:
    design = designed(book)
    assert {"api-gateway-http", "lambda"} <= {*services(design)}
    assert assumed(design, "request_bytes") == (
        "Largest request: 64 KiB (the stated 2 GiB is the size of the direct uploads)",
        "最大リクエストサイズ: 64 KiB（回答された 2 GiB は直接アップロードのサイズ）",
    )
    assert BESIDE not in warned(design)
    assert "ecs" in services(designed(book, direct_uploads=False))


def test_budgets_count_the_request_for_the_url_and_the_upload_to_the_bucket(book: Book) -> None:
    design = designed(book, request_bytes="6 GiB")
    # The response, which is larger than the request for a URL.
    assert payloads(design, "invoke") == {(256 * 2.0**10, "kept")}
    assert payloads(design, "upload") == {(6 * 2.0**30, "broken")}


def test_the_store_takes_the_stated_size_of_uploads_if_it_states_none(book: Book) -> None:
    said = assumed(designed(book), "item_bytes")
    assert said is not None
    assert said[0] == 'Largest item: 2 GiB (the request size stated for "Archive", whose clients upload files directly)'
    assert "「Archive」のリクエストサイズとして回答された値" in said[1]
    several = designed(book, FILES, {**FILES, "id": "more"})
    assert {"lambda"} <= {*services(several)}
    assert assumed(several, "item_bytes") == ("Largest item: 4 KiB", "データ 1 件の最大サイズ: 4 KiB")


def test_an_upload_of_more_than_a_single_put_is_said(book: Book) -> None:
    assert "large-objects-go-up-in-parts" in warned(designed(book, request_bytes="6 GiB"))
    assert "large-objects-go-up-in-parts" not in warned(designed(book, request_bytes="5 GiB"))


def test_where_the_store_states_the_size_a_stated_request_is_a_request(book: Book) -> None:
    design = designed(book, {**FILES, "item_bytes": "1 GiB"}, request_bytes="100 MiB")
    assert "ecs" in services(design)
    assert assumed(design, "request_bytes") is None
    assert BESIDE in warned(design)


@pytest.mark.parametrize(("size", "passes"), [(PASSED_BYTES, True), (PASSED_BYTES + 1, False)])
def test_a_smaller_request_passes_every_endpoint_to_every_program(book: Book, size: float, passes: bool) -> None:
    small = designed(book, request_bytes=size, direct_uploads=False, pins=FUNCTION_BEHIND_ALB)
    assert (not broken_by_pins(small)) is passes
    uploads = designed(book, request_bytes=size, pins=FUNCTION_BEHIND_ALB)
    assert not broken_by_pins(uploads)
    assert (assumed(uploads, "request_bytes") is None) is passes


def test_a_protocol_without_direct_uploads_has_requests_of_the_stated_size(book: Book) -> None:
    design = designed(book, protocol="grpc")
    assert assumed(design, "request_bytes") is None
    assert assumed(design, "item_bytes") == ("Largest item: 4 KiB", "データ 1 件の最大サイズ: 4 KiB")
