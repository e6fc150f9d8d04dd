"""The certificate: shapes ignore names and numbers, and a proof holds for exactly what was proven."""

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import blueprints
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import Text
from blueprints import certificate
from blueprints.certificate.record import verification, verification_files
from blueprints.certificate.table import Table, table
from blueprints.plan import plan_for
from prove import certificate as writing
from prove.__main__ import shared_out
from prove.cases import Case, Kind
from prove.projects import Project
from prove.results import Finding, Result
from prove.tiers import TIERS
from tests.advisor.strategies import raw_requirements

STORY, TARGET = "async-coupling", "sam"


def designed(book: Book, **changes: Any) -> Design:
    """The story with another name for its first component, or other answers to it."""
    text = rules.story_bytes(STORY).decode()
    if "name" in changes:
        text = text.replace("process-a", changes.pop("name"))
    raw = yaml.safe_load(text)
    raw["components"][0] |= changes
    return advise(make_requirements(raw), book)


def project(designs: Mapping[str, Design], target: str = TARGET) -> Project:
    return Project(Case(STORY, designs[STORY], plan_for(designs[STORY]), kind="story"), target)


def written(designs: Mapping[str, Design], *results: Result) -> Table:
    return table(writing.table([project(designs)], results))


def passed(tier: str) -> Result:
    return Result(tier, STORY, TARGET, suppressed=("checkov/CKV_AWS_18",))


def failed(tier: str) -> Result:
    return Result(tier, STORY, TARGET, findings=(Finding(tier, STORY, TARGET, place="Queue", message="is open"),))


def key(design: Design) -> str:
    return certificate.shape_of(design).key


def test_names_and_numbers_leave_a_shape_as_it_is(book: Book) -> None:
    plain = designed(book)
    longest = [designed(book, longest_run_s=value) for value in ("9 s", "12.75 s", "20 s")]
    for other in (designed(book, name="sender"), designed(book, title="Other"), *longest):
        assert key(other) == key(plain)
        shapes = [certificate.shape_of(design) for design in (plain, other)]
        for target in blueprints.TARGETS:
            (first, second) = (certificate.compiled(shape, target.id) for shape in shapes)
            assert first == second != ""


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(raw=raw_requirements())
def test_the_key_of_a_shape_is_that_of_the_same_answers_under_plain_names(raw: dict[str, Any]) -> None:
    shape = certificate.shape_of(advise(make_requirements(raw), rules.load_book()))
    assert shape.design is not None
    assert key(shape.design) == shape.key


def test_the_path_behind_a_shared_load_balancer_is_a_name(book: Book) -> None:
    component = {"title": "", "trigger": "request", "packaging": "container-image", "count": 3}
    one, other = (
        advise(make_requirements({"components": [{"id": id, **component}]}), book) for id in ("alpha", "orders")
    )
    assert any(edge.settings.get("path") for edge in one.architecture.edges)
    assert key(one) == key(other)


def test_names_with_a_common_prefix_are_distinguished(book: Book) -> None:
    raw: dict[str, Any] = {
        "components": [{"id": id, "trigger": "message", "listens_to": "news"} for id in ("a", "a-b", "a-b-c")],
        "channels": [{"id": "news", "carries": "event"}],
    }
    design = advise(make_requirements(raw), book)
    named = certificate.shape_of(design).design
    assert any("-a-b-c" in node.id for node in design.architecture.nodes)
    assert named is not None
    assert key(named) == key(design)


def test_a_graph_that_does_not_follow_from_its_requirements_is_not_proven(designs: Mapping[str, Design]) -> None:
    design = designs[STORY]
    other = replace(design, architecture=replace(design.architecture, edges=design.architecture.edges[1:]))
    assert certificate.compiled(certificate.shape_of(other), TARGET) == ""
    assert verification(plan_for(other), TARGET, "en", written(designs, passed("lint")))["status"] == "unknown"


def test_an_architecture_without_a_proof_is_decided_on_and_compiled_once(
    designs: Mapping[str, Design], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("decided again")

    shipped = written(designs, passed("lint"))
    monkeypatch.setattr("blueprints.certificate.shape.advise", fail)
    assert verification(plan_for(designs["realtime-chat"]), TARGET, "en", shipped)["status"] == "unknown"


@pytest.mark.parametrize("change", [{"waf": True}, {"uses_secrets": True}, {"packaging": "container-image"}])
def test_another_service_or_setting_is_another_shape(book: Book, change: dict[str, Any]) -> None:
    assert key(designed(book, **change)) != key(designed(book))


def test_a_shape_is_proven_up_to_the_last_passed_tier(designs: Mapping[str, Design]) -> None:
    shipped = written(designs, passed("lint"), passed("translate"))
    record = verification(plan_for(designs[STORY]), TARGET, "en", shipped)
    assert (record["status"], record["proven_up_to"]) == ("proven", "translate")
    results = {tier["id"]: tier["result"] for tier in record["tiers"]}
    assert (results["lint"], results["translate"], results["deploy"]) == ("passed", "passed", "not-run")
    assert record["tools"]["cfn-lint"]
    assert record["suppressions"]["checkov/CKV_AWS_18"]


@pytest.mark.parametrize(
    ("target", "without"),
    [("sam", {"synth"}), ("cdk-python", {"translate", "build"}), ("cdk-typescript", {"translate", "build"})],
)
def test_a_tier_for_other_targets_differs_from_a_tier_not_run(
    designs: Mapping[str, Design], target: str, without: set[str]
) -> None:
    record = verification(plan_for(designs[STORY]), target, "en", written(designs, passed("lint")))
    results = {tier["id"]: tier["result"] for tier in record["tiers"]}
    assert {id for id, result in results.items() if result == "not-for-this-target"} == without
    assert results["deploy"] == "not-run"


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "not applicable to this target"), ("ja", "このターゲットでは対象外")]
)
def test_the_page_names_it_and_separates_its_headings(lang: Any, words: str, designs: Mapping[str, Design]) -> None:
    whole = replace(passed("lint"), notes=("a note",))
    page = verification_files(plan_for(designs[STORY]), TARGET, lang, written(designs, whole))[
        "VERIFICATION.md"
    ].decode()
    assert f"| {words} |" in page
    before = [above for above, line in pairwise(page.splitlines()) if line.startswith("## ")]
    assert len(before) == 4
    assert set(before) == {""}


def test_a_tier_that_was_not_run_has_a_reason(designs: Mapping[str, Design]) -> None:
    page = verification_files(plan_for(designs[STORY]), TARGET, "en", written(designs, passed("lint")))[
        "VERIFICATION.md"
    ].decode()
    assert "| not applicable: no images |" in page
    reasons = page.partition("## Checks that were not run")[2].partition("##")[0]
    assert "Not run. The verification of this configuration did not include a deployment" in reasons
    assert "Concerns: `deploy`, `traffic`, `policy`, `delete`." in reasons
    stages = [line.split(" | ")[0].strip("| ") for line in page.splitlines() if line.endswith("| not run |")]
    assert stages
    assert all(stage in reasons for stage in stages)


def test_a_tier_that_failed_is_not_hidden(designs: Mapping[str, Design]) -> None:
    record = verification(plan_for(designs[STORY]), TARGET, "en", written(designs, passed("lint"), failed("translate")))
    assert (record["status"], record["proven_up_to"]) == ("partly", "lint")
    assert {tier["id"]: tier["result"] for tier in record["tiers"]}["translate"] == "failed"


def test_another_target_and_another_shape_are_not_proven(designs: Mapping[str, Design]) -> None:
    shipped = written(designs, passed("lint"))
    for design, target in ((designs[STORY], "cdk-python"), (designs["realtime-chat"], TARGET)):
        record = verification(plan_for(design), target, "en", shipped)
        assert (record["status"], record["proven_up_to"], record["tools"]) == ("unknown", None, {})


def test_a_changed_fragment_ends_the_proof(designs: Mapping[str, Design], monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = written(designs, passed("lint"))
    assert verification(plan_for(designs[STORY]), TARGET, "en", shipped)["status"] == "proven"
    whole = certificate.infrastructure
    monkeypatch.setattr(
        "blueprints.certificate.record.infrastructure",
        lambda files: whole({path: text.replace(b"SqsManagedSseEnabled: true", b"") for path, text in files.items()}),
    )
    record = verification(plan_for(designs[STORY]), TARGET, "ja", shipped)
    assert (record["status"], record["proven_up_to"]) == ("changed", None)
    results = {tier["id"]: tier["result"] for tier in record["tiers"]}
    assert set(results.values()) == {"not-run", "not-for-this-target", "not-for-this-project"}
    assert results["image"] == "not-for-this-project"


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_a_reworded_description_keeps_a_proof_and_a_changed_property_ends_it(
    designs: Mapping[str, Design], target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_for(designs[STORY])
    files = blueprints.targets.target(target).files(plan, "en")
    alarms = tuple(
        replace(alarm, description=Text(f'Other "words": {alarm.description.en[:40]}', "")) for alarm in plan.alarms
    )
    reworded = blueprints.targets.target(target).files(replace(plan, alarms=alarms), "en")
    assert reworded != files
    assert certificate.infrastructure(reworded) == certificate.infrastructure(files)
    louder = tuple(replace(alarm, metric=f"{alarm.metric}s") for alarm in plan.alarms)
    changed = blueprints.targets.target(target).files(replace(plan, alarms=louder), "en")
    assert certificate.infrastructure(changed) != certificate.infrastructure(files)


def test_a_run_that_differs_from_the_shipped_table_is_stale(designs: Mapping[str, Design], tmp_path: Path) -> None:
    file, projects = tmp_path / "proven.json", [project(designs)]
    writing.write(writing.table(projects, [passed("lint")]), file)
    assert json.loads(file.read_text()) == writing.table(projects, [passed("lint")])
    assert writing.stale(projects, [passed("lint")], file) == []
    assert writing.stale(projects, [failed("lint")], file) == [f"{STORY}/{TARGET}"]
    assert writing.stale(projects, [passed("lint"), passed("translate")], file) == [f"{STORY}/{TARGET}"]


def test_what_a_run_leaves_out_has_to_stand_in_the_shipped_table(designs: Mapping[str, Design], tmp_path: Path) -> None:
    file, (one,) = tmp_path / "proven.json", [project(designs)]
    lint, translate = ([tier for tier in TIERS if tier.id == id] for id in ("lint", "translate"))
    writing.write(writing.table([one], [passed("lint")]), file)
    shipped = writing.shipped_proof([one.case], [TARGET], lint, file)
    assert (shipped.stale, shipped.suppressed) == ((), {"checkov/CKV_AWS_18"})
    assert writing.shipped_proof([one.case], [TARGET], translate, file).stale == (f"{STORY}/{TARGET}",)
    assert writing.shipped_proof([one.case], ["cdk-python"], lint, file).stale == (f"{STORY}/cdk-python",)
    changed = file.read_text().replace('"infrastructure": "', '"infrastructure": "0')
    file.write_text(changed)
    assert writing.shipped_proof([one.case], [TARGET], lint, file).stale == (f"{STORY}/{TARGET}",)


def test_a_share_leaves_out_no_story(designs: Mapping[str, Design]) -> None:
    story = project(designs).case
    kinds: tuple[Kind, ...] = ("supplement", "supplement", "pairwise", "pairwise", "sampled")
    others = [replace(story, name=f"case-{number}", kind=kind) for number, kind in enumerate(kinds)]
    proven, left_out = shared_out([story, *others], 3)
    assert [case.name for case in proven] == [STORY, "case-0", "case-3"]
    assert [case.name for case in left_out] == ["case-1", "case-2", "case-4"]
    assert shared_out([story, *others], 1) == ([story, *others], [])


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_project_holds_its_certificate(lang: Any, designs: Mapping[str, Design]) -> None:
    files = blueprints.build(designs[STORY], TARGET, lang=lang, extras={})
    record, page = json.loads(files["VERIFICATION.json"]), files["VERIFICATION.md"].decode()
    assert record["target"] == TARGET
    assert len(record["not_provable_without_an_account"]) >= 3
    for text in (*record["not_provable_without_an_account"], *record["suppressions"].values()):
        assert text in page


def test_a_shape_without_a_proof_says_which_of_its_parts_were_proven(designs: Mapping[str, Design]) -> None:
    shipped = written(designs, passed("lint"), passed("translate"))
    assert verification(plan_for(designs[STORY]), TARGET, "en", shipped)["parts"] == []
    record = verification(plan_for(designs["web-application"]), TARGET, "en", shipped)
    parts = {row["part"]: row["proven_up_to"] for row in record["parts"]}
    assert parts["lambda"] == "translate"
    assert parts["cloudfront"] is None
    assert any(" " in part for part in parts)
    page = verification_files(plan_for(designs["web-application"]), TARGET, "en", shipped)["VERIFICATION.md"].decode()
    assert "| AWS Lambda | translate |" in page
    assert "| Amazon CloudFront | **not verified** |" in page


def test_a_part_of_a_project_with_a_finding_is_not_proven(designs: Mapping[str, Design]) -> None:
    shipped = written(designs, passed("lint"), failed("translate"))
    assert shipped.parts == {}


def test_a_part_is_proven_for_its_target_alone(designs: Mapping[str, Design]) -> None:
    record = verification(plan_for(designs["web-application"]), "cdk-python", "en", written(designs, passed("lint")))
    assert {row["proven_up_to"] for row in record["parts"]} == {None}


def test_a_run_of_one_case_leaves_the_results_of_the_others(
    designs: Mapping[str, Design], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "realtime-chat"
    cases = [Case(name, designs[name], plan_for(designs[name]), kind="story") for name in (STORY, other)]
    projects = [Project(case, TARGET) for case in cases]
    file = tmp_path / "proven.json"
    shipped = writing.table(projects, [Result("lint", name, TARGET) for name in (STORY, other)])
    writing.write(shipped, file)
    result = failed("lint")
    new = writing.renewed(cases, projects[:1], [result], file)
    assert new["shapes"][key(designs[other])] == shipped["shapes"][key(designs[other])]
    assert new["shapes"][key(designs[STORY])][TARGET]["failed"] == ["lint"]
    assert new["parts"].keys() < shipped["parts"].keys()
    assert writing.renewed(cases, projects[:1], [Result("lint", STORY, TARGET)], file) == shipped
    # A random case of another seed is none of the cases that there always are.
    assert writing.renewed(cases[1:], projects[:1], [Result("lint", STORY, TARGET)], file) == shipped
    # A case that is gone takes its results along, and a case whose shape has changed has none under its old shape.
    assert list(writing.renewed(cases[:1], [], [], file)["shapes"]) == [key(designs[STORY])]
    changed = designed(rules.load_book(), waf=True)
    moved = Case(STORY, changed, plan_for(changed), kind="story")
    assert writing.renewed([moved, cases[1]], [Project(moved, TARGET)], [result], file)["shapes"].keys() == {
        key(changed),
        key(designs[other]),
    }
    assert writing.with_same_tools(file)
    monkeypatch.setattr(writing, "versions", lambda: {"cfn-lint": "0"})
    assert not writing.with_same_tools(file)


def test_a_row_of_a_target_that_is_refused_today_is_stale(
    designs: Mapping[str, Design], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = project(designs).case
    file = tmp_path / "proven.json"
    writing.write(writing.table([project(designs)], [passed("lint")]), file)
    tiers = [tier for tier in TIERS if tier.id == "lint"]
    assert writing.shipped_proof([case], [TARGET], tiers, file).stale == ()
    monkeypatch.setattr("prove.certificate._compiled", lambda case, targets: (key(case.design), {}))
    assert writing.shipped_proof([case], [TARGET], tiers, file).stale_cases == {STORY}
