"""Planted faults: detections, survivors, and invalid faults."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.book import Book
from prove.cases import Case, stories, supplements
from prove.mutate.detection import TIERS_BY_COST, Detection, UnsoundTier, detect
from prove.mutate.faults import Edit, Fault, InvalidFault, faults, kinds
from prove.mutate.plant import Planted, plant
from prove.mutate.report import Outcome, page, summary
from prove.projects import Project
from prove.results import Finding, Result
from prove.run import Run
from prove.tiers import Tier

STORY, TARGET = "async-coupling", "cdk-python"
PROGRAM = "src/process-b/store_records.py"
TIERS = [tier for tier in TIERS_BY_COST if tier.id in ("lint", "units")]


@pytest.fixture(scope="module")
def cases(book: Book) -> list[Case]:
    return [*stories(book), *supplements(book)]


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Projects of a run that goes on meanwhile stay as they are."""
    monkeypatch.setattr("prove.projects.OUT", tmp_path_factory.getbasetemp() / "planted")


def fault(id: str, find: str, put: str, file: str = PROGRAM, survives: str = "") -> Fault:
    return Fault(
        id,
        "programs",
        STORY,
        target=TARGET,
        what="Something is done.",
        edits=(Edit(file, find, put=put),),
        survives=survives,
    )


UNUSED = fault("unused", "import os\n", "import math\nimport os\n")
TWICE = fault("twice", ', ConditionExpression="attribute_not_exists(pk)"', "")
SURVIVING = fault("told", "# ", "# Our ", "README.md")


@pytest.mark.usefixtures("project_python", "node_modules", "cdk_python")
@pytest.mark.usefixtures("project_python")
def test_the_first_tier_detects_a_fault_and_other_faults_survive(cases: list[Case]) -> None:
    planned_faults = (UNUSED, TWICE, SURVIVING)
    detections = list(detect(plant(planned_faults, cases), TIERS))
    assert [(detection.fault.id, detection.tier) for detection in detections] == [
        ("unused", "lint"),
        ("twice", "units"),
    ]
    assert (detections[0].finding.tool, detections[0].finding.rule) == ("ruff", "F401")
    outcome = Outcome(planned_faults, tuple(detections))
    assert outcome.survivors == (SURVIVING,)
    assert list(outcome.problems()) == [
        "programs: told survives, and nothing says why",
        "66.7% of the faults are detected: less than 95%",
    ]
    assert "2 of 3 faults are detected (66.7%)." in summary(outcome)
    assert "| async-coupling/cdk-python | Something is done. | lint: ruff F401 |" in page(outcome, {"programs": "P"})


def test_survivors_need_reasons_and_reasons_need_survivors() -> None:
    excused = replace(SURVIVING, survives="No program reads it.")
    detected = tuple(replace(UNUSED, id=f"unused-{number}") for number in range(19))
    detections = tuple(
        Detection(detected_fault, "lint", Finding("lint", detected_fault.id, TARGET, place="", message="m"))
        for detected_fault in detected
    )
    assert list(Outcome((*detected, excused), detections).problems()) == []
    late_detection = Detection(excused, "units", Finding("units", excused.id, TARGET, place="", message="m"))
    assert list(Outcome((*detected, excused), (*detections, late_detection)).problems()) == [
        "programs: told is caught by units: its excuse has to go"
    ]


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Edit(PROGRAM, "import os", put="import os"), "nothing in .* would change"),
        (Edit(PROGRAM, "import oss"), "has no 'import oss'"),
        (Edit(PROGRAM, "import os", after="table.put_item"), "has no 'import os' behind 'table.put_item'"),
        (Edit(PROGRAM, "import os", until="import math"), "has no 'import math'"),
        (Edit("src/process-b/nothing.py", "import os"), "has no src/process-b/nothing.py"),
    ],
)
def test_an_edit_without_effect_is_an_invalid_fault(cases: list[Case], edit: Edit, why: str) -> None:
    with pytest.raises(InvalidFault, match=f"^useless: .*{why}"):
        plant([replace(UNUSED, id="useless", edits=(edit,))], cases)


def test_a_fault_of_an_unknown_project_is_invalid(cases: list[Case]) -> None:
    with pytest.raises(InvalidFault, match="no project nowhere/cdk-python"):
        plant([replace(UNUSED, story="nowhere")], cases)


@pytest.mark.usefixtures("project_python")
def test_a_finding_without_a_fault_is_not_a_detection(cases: list[Case]) -> None:
    (planted,) = plant([UNUSED], cases)
    with pytest.raises(UnsoundTier, match="lint finds something without any fault"):
        list(detect([replace(planted, control=planted.project)], TIERS))


def test_what_was_found_on_a_busy_machine_is_found_again(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    (planted,) = plant([UNUSED], cases)
    control, mutant = planted.control.case.name, planted.project.case.name
    found = [{control: "slow", mutant: "slow"}, {mutant: "a name that nothing uses"}]

    def run(tiers: Sequence[Tier], projects: Sequence[Project]) -> Run:
        results = [Result("lint", case, TARGET, findings=(finding(case, said),)) for case, said in found.pop(0).items()]
        return Run(tuple(results), ())

    monkeypatch.setattr("prove.mutate.detection.prove", run)
    (detection,) = detect([planted], TIERS[:1])
    assert detection.finding.message == "a name that nothing uses"
    assert found == []


def finding(case: str, message: str) -> Finding:
    return Finding("lint", case, TARGET, "src/app.py", message)


def test_the_project_to_compare_with_is_processed_too(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    projects_by_tier: dict[str, set[str]] = {}

    def record(tiers: Sequence[Tier], projects: Sequence[Project]) -> Run:
        projects_by_tier[tiers[0].id] = {str(project) for project in tiers[0].of(projects)}
        return Run((), ())

    monkeypatch.setattr("prove.mutate.detection.prove", record)
    sam_fault = replace(SURVIVING, target="sam")
    assert (
        list(detect(plant([sam_fault], cases), [tier for tier in TIERS_BY_COST if tier.id in ("translate", "synth")]))
        == []
    )
    assert projects_by_tier == {"translate": {f"{STORY}/sam", "told/sam"}, "synth": {f"{STORY}/cdk-python"}}


def test_an_edit_applies_at_the_first_match_after_another() -> None:
    text = "a: 1\nb:\n  a: 2\n  c: 3\n"
    assert Edit("f", "a: ", put="d: ", after="b:").apply(text) == "a: 1\nb:\n  d: 2\n  c: 3\n"
    assert Edit("f", "b:", until="  c").apply(text) == "a: 1\n  c: 3\n"


def test_every_fault_can_be_planted_and_leaves_its_control_unchanged(cases: list[Case]) -> None:
    assert len(faults()) >= 40
    assert len(kinds()) >= 12
    for planted in plant(faults(), cases):
        assert planted.fault.what.endswith("."), planted.fault.id
        changed = set(differing(planted))
        assert changed - {"app.py"} == {edit.file for edit in planted.fault.edits} - {"app.py"}, planted.fault.id


def differing(planted: Planted) -> Iterator[str]:
    for file in sorted(planted.project.folder.rglob("*")):
        path = file.relative_to(planted.project.folder)
        if file.is_file() and file.read_bytes() != (planted.control.folder / path).read_bytes():
            yield str(path)


def test_two_copies_of_a_cdk_app_are_two_stacks(cases: list[Case]) -> None:
    (planted,) = plant([TWICE], cases)
    assert '    "Twice",\n' in app(planted.project)
    assert '    "AsynchronousCoupling",\n' in app(planted.control)


def app(project: Project) -> str:
    return Path(project.folder, "app.py").read_text("utf-8")
