"""Suppressions: narrow, used, and with their reason in both languages."""

import json
import time
from pathlib import Path
from threading import Barrier

import pytest

from blueprints.plan import plan_for
from prove.cases import Case
from prove.projects import Project
from prove.results import Finding, WallTime, table
from prove.static.evidence import evidence_of
from prove.static.reports import Reports
from prove.static.suppressions import result_of, suppressions, unused


@pytest.fixture
def project(designs) -> Project:  # type: ignore[no-untyped-def]
    design = designs["async-coupling"]
    return Project(Case("async-coupling", design, plan_for(design), kind="story"), "sam")


def finding_of(rule: str, place: str, type: str) -> Finding:
    return Finding(
        "security", "async-coupling", "sam", place=place, message="is wrong", tool="checkov", rule=rule, type=type
    )


def test_every_suppression_says_where_it_applies_and_why() -> None:
    for suppression in suppressions():
        assert suppression.reason.en.endswith(".")
        assert suppression.reason.ja.endswith("。")
        assert suppression.types or suppression.places or suppression.targets, suppression.id


def test_a_suppression_applies_to_its_findings_only(project: Project) -> None:
    covered = finding_of("CKV_AWS_27", "t: Queue[sqs-managed]", "AWS::SQS::Queue")
    open_ = finding_of("CKV_AWS_27", "t: Queue", "AWS::SQS::Queue")
    unknown = finding_of("CKV_AWS_0", "t: Queue", "AWS::SQS::Queue")
    result = result_of("security", project, [covered, open_, unknown])
    assert result.findings == (open_, unknown)
    assert (result.suppressed, result.raw, result.passed) == (("checkov/CKV_AWS_27",), 1, False)
    assert "checkov/CKV_AWS_27" not in unused([result])
    assert "checkov/CKV_AWS_18" in unused([result])


def test_evidence_is_read_from_the_template() -> None:
    assert evidence_of("checkov", "CKV_AWS_27", {"SqsManagedSseEnabled": True}, {}) == "[sqs-managed]"
    assert evidence_of("checkov", "CKV_AWS_27", {"SqsManagedSseEnabled": False}, {}) == ""
    assert evidence_of("checkov", "CKV_AWS_1", {}, {}) == ""
    stream = {"DeliveryStreamType": "KinesisStreamAsSource"}
    assert evidence_of("cdk-nag", "KDF1", stream, {}) == "[stream-source]"


def test_a_definition_that_validates_every_body_is_evidence() -> None:
    method = {"requestBody": {}, "x-amazon-apigateway-request-validator": "all"}
    validators = {"all": {"validateRequestBody": True}}

    def word(post: dict[str, object], validators: dict[str, object] = validators) -> str:
        paths = {"/items": {"get": {}, "post": post}}
        body = {"paths": paths, "x-amazon-apigateway-request-validators": validators}
        return evidence_of("cdk-nag", "APIG2", {"Body": body}, {"validation": True})

    assert word(method) == "[validated]"
    assert word({"requestBody": {}}) == ""
    assert word({"x-amazon-apigateway-request-validator": "all"}) == ""
    assert word(method, {"all": {"validateRequestBody": False}}) == ""


def test_evidence_is_read_from_the_settings() -> None:
    assert evidence_of("cdk-nag", "APIG4", {}, {"authentication": "none"}) == "[open]"
    assert evidence_of("cdk-nag", "APIG4", {}, {"authentication": "sign-up"}) == ""
    assert evidence_of("cdk-nag", "APIG4", {}, {}) == ""
    assert evidence_of("cdk-nag", "APIG2", {}, {"validation": False}) == "[unasked]"


def test_reports_know_the_resource_that_a_tool_names(project: Project, tmp_path: Path) -> None:
    template = tmp_path / "sam.template.json"
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": False}}
    template.write_text(json.dumps({"Resources": {"Q": queue}}))
    reports = Reports("security", [project])
    row = {"rule": "CKV_AWS_27", "place": "Q", "message": "m"}
    reports.gather("checkov", lambda _: [template], lambda paths: [(path, [row]) for path in paths])
    ((finding,),) = (result.findings for result in reports.results())
    assert (finding.type, finding.place) == ("AWS::SQS::Queue", "sam.template.json: Q")


def test_a_tool_that_fails_or_omits_a_file_is_a_finding(project: Project, tmp_path: Path) -> None:
    def breaks(paths: list[str]) -> list[tuple[str, list[dict[str, str]]]]:
        raise RuntimeError("out of memory")

    reports = Reports("lint", [project])
    reports.gather("checkov", lambda _: [tmp_path / "a"], lambda paths: [])
    reports.gather("checkov", lambda _: [tmp_path / "b"], breaks)
    ((silent, broken),) = (result.findings for result in reports.results())
    assert "said nothing" in silent.message
    assert broken.message == "RuntimeError: out of memory"


def test_tools_run_in_parallel_and_findings_keep_their_order(project: Project, tmp_path: Path) -> None:
    barrier = Barrier(2, timeout=30)

    def ask(paths: list[str]) -> list[tuple[str, list[dict[str, str]]]]:
        barrier.wait()
        if paths[0].endswith("a"):
            time.sleep(0.2)
        return [(path, [{"rule": "R", "message": path[-1]}]) for path in paths]

    reports = Reports("lint", [project])
    reports.gather_all(
        ("slow", lambda _: [tmp_path / "a"], ask),
        ("none", lambda _: [], ask),
        ("quick", lambda _: [tmp_path / "b"], ask),
    )
    ((first, second),) = (result.findings for result in reports.results())
    assert [(finding.tool, finding.message) for finding in (first, second)] == [("slow", "a"), ("quick", "b")]


def test_the_table_counts_projects_findings_and_seconds(project: Project) -> None:
    result = result_of("security", project, [finding_of("CKV_AWS_0", "t: Q", "AWS::SQS::Queue")])
    lines = table([result], [WallTime("security", 2.0)]).splitlines()
    assert lines[1].split() == ["security", "1", "1", "1", "0", "2.0"]
