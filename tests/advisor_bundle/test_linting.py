"""Linting a project on the spot: nothing in sound projects, and what is wrong by file, place and rule."""

import sys
from collections.abc import Mapping

import pytest

import blueprints
from advisor.design import Design
from advisor_bundle import linting
from advisor_bundle.linting import MissingLinter, lint

STORY = "scheduled-batch"


def test_a_sound_project_has_no_finding(designs: Mapping[str, Design]) -> None:
    linted = lint(designs[STORY], "sam")
    assert linted.findings == ()
    assert not linted.through_sam
    assert linted.count.en == "No findings."


def test_a_parameter_that_the_transform_replaces_is_no_finding(designs: Mapping[str, Design]) -> None:
    template = blueprints.build(designs["web-application"], "sam", lang="en", extras={})["template.yaml"]
    assert b"Type: !Ref FunctionRollout" in template
    assert lint(designs["web-application"], "sam").findings == ()


def test_a_cdk_app_is_linted_by_the_sam_template_of_its_design_and_says_so(designs: Mapping[str, Design]) -> None:
    linted = lint(designs[STORY], "cdk-typescript")
    assert linted.findings == ()
    assert linted.scope is linting.THROUGH_SAM


@pytest.mark.parametrize(
    ("path", "find", "put", "found"),
    [
        ("template.yaml", b"Parameters:\n", b"Parameters:\n  Nobody:\n    Type: String\n", "Nobody: W2001"),
        ("template.yaml", b"BillingMode: PAY_PER_REQUEST", b"BillingMode: FREE", "E3030"),
        ("statemachine/aggregate.asl.json", b'"Type": "Succeed"', b'"Type": "Succeeds"', "E3601"),
        ("tests/conftest.py", b"\nimport", b"\nimport import", "tests/conftest.py: "),
    ],
)
def test_a_fault_is_found(
    path: str, find: bytes, put: bytes, found: str, designs: Mapping[str, Design], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = blueprints.build(designs[STORY], "sam", lang="en", extras={})
    assert find in files[path]
    faulty = {**files, path: files[path].replace(find, put, 1)}
    monkeypatch.setattr("blueprints.build", lambda *_, **__: faulty)
    assert any(found in finding for finding in lint(designs[STORY], "sam").findings)


def test_a_missing_linter_is_said(designs: Mapping[str, Design], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cfnlint.decode.decode", None)
    with pytest.raises(MissingLinter):
        lint(designs[STORY], "sam")
