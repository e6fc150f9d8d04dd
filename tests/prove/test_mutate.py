"""Planted faults: what catches one is told, what survives is told, and what is no fault is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.book import Book
from prove.cases import Case, stories
from prove.mutate.detection import TIERS_BY_COST, Detection, UnsoundTier, detect
from prove.mutate.faults import Edit, Fault, InvalidFault, faults, kinds
from prove.mutate.plant import Planted, plant
from prove.mutate.report import Outcome, page, summary
from prove.projects import Project
from prove.results import Finding
from prove.run import Run
from prove.tiers import Tier

STORY, TARGET = "async-coupling", "cdk-python"
PROGRAM = "src/process-b/store_records.py"
TIERS = [tier for tier in TIERS_BY_COST if tier.id in ("lint", "units")]


@pytest.fixture(scope="module")
def cases(book: Book) -> list[Case]:
    return list(stories(book))


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
TOLD = fault("told", "# ", "# Our ", "README.md")


@pytest.mark.usefixtures("project_python", "node_modules", "cdk_python")
@pytest.mark.usefixtures("project_python")
def test_each_fault_is_told_with_the_first_tier_that_finds_it_and_the_rest_survives(cases: list[Case]) -> None:
    wanted = (UNUSED, TWICE, TOLD)
    catches = list(detect(plant(wanted, cases), TIERS))
    assert [(one.fault.id, one.tier) for one in catches] == [("unused", "lint"), ("twice", "units")]
    assert (catches[0].finding.tool, catches[0].finding.rule) == ("ruff", "F401")
    found = Outcome(wanted, tuple(catches))
    assert found.survivors == (TOLD,)
    assert list(found.problems()) == [
        "programs: told survives, and nothing says why",
        "66.7% of the faults are caught: less than 95%",
    ]
    assert "2 of 3 faults are caught (66.7%)." in summary(found)
    assert "| async-coupling/cdk-python | Something is done. | lint: ruff F401 |" in page(found, {"programs": "P"})


def test_a_survivor_needs_a_reason_and_a_reason_a_survivor() -> None:
    excused = replace(TOLD, survives="No program reads it.")
    many = tuple(replace(UNUSED, id=f"unused-{number}") for number in range(19))
    catches = tuple(Detection(one, "lint", Finding("lint", one.id, TARGET, place="", message="m")) for one in many)
    assert list(Outcome((*many, excused), catches).problems()) == []
    late = Detection(excused, "units", Finding("units", excused.id, TARGET, place="", message="m"))
    assert list(Outcome((*many, excused), (*catches, late)).problems()) == [
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
def test_what_changes_nothing_is_no_fault(cases: list[Case], edit: Edit, why: str) -> None:
    with pytest.raises(InvalidFault, match=f"^useless: .*{why}"):
        plant([replace(UNUSED, id="useless", edits=(edit,))], cases)


def test_a_fault_of_a_project_that_is_not_there_is_refused(cases: list[Case]) -> None:
    with pytest.raises(InvalidFault, match="no project nowhere/cdk-python"):
        plant([replace(UNUSED, story="nowhere")], cases)


@pytest.mark.usefixtures("project_python")
def test_what_is_found_without_a_fault_too_is_no_catch(cases: list[Case]) -> None:
    (one,) = plant([UNUSED], cases)
    with pytest.raises(UnsoundTier, match="lint finds something without any fault"):
        list(detect([replace(one, control=one.project)], TIERS))


def test_what_a_fault_is_compared_with_is_made_too(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}

    def record(tiers: Sequence[Tier], projects: Sequence[Project]) -> Run:
        asked[tiers[0].id] = {str(project) for project in tiers[0].of(projects)}
        return Run((), ())

    monkeypatch.setattr("prove.mutate.detection.prove", record)
    one = replace(TOLD, target="sam")
    assert (
        list(detect(plant([one], cases), [tier for tier in TIERS_BY_COST if tier.id in ("translate", "synth")])) == []
    )
    assert asked == {"translate": {f"{STORY}/sam", "told/sam"}, "synth": {f"{STORY}/cdk-python"}}


def test_an_edit_takes_the_first_place_behind_another() -> None:
    text = "a: 1\nb:\n  a: 2\n  c: 3\n"
    assert Edit("f", "a: ", put="d: ", after="b:").apply(text) == "a: 1\nb:\n  d: 2\n  c: 3\n"
    assert Edit("f", "b:", until="  c").apply(text) == "a: 1\n  c: 3\n"


def test_every_fault_can_be_planted_and_leaves_the_project_without_it_alone(cases: list[Case]) -> None:
    assert len(faults()) >= 40
    assert len(kinds()) >= 12
    for one in plant(faults(), cases):
        assert one.fault.what.endswith("."), one.fault.id
        changed = set(differing(one))
        assert changed - {"app.py"} == {edit.file for edit in one.fault.edits} - {"app.py"}, one.fault.id


def differing(one: Planted) -> Iterator[str]:
    for file in sorted(one.project.folder.rglob("*")):
        path = file.relative_to(one.project.folder)
        if file.is_file() and file.read_bytes() != (one.control.folder / path).read_bytes():
            yield str(path)


def test_two_copies_of_a_cdk_app_are_two_stacks(cases: list[Case]) -> None:
    (one,) = plant([TWICE], cases)
    assert '    "Twice",\n' in app(one.project)
    assert '    "AsynchronousCoupling",\n' in app(one.control)


def app(project: Project) -> str:
    return Path(project.folder, "app.py").read_text("utf-8")
