"""README says how the work of a failed execution is done again, and what identifies the items of a run."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.project.documents.readme_sections.executions import Machine, machines

_FILES = {"id": "files", "access": "objects"}
_WORK = {"id": "work", "longest_run_s": 5, "reads": ["files"]}


def _design(book: Book, **answers: Any) -> Any:
    return advise(make_requirements({"components": [{**_WORK, **answers}], "stores": [_FILES]}), book)


def _readme(design: Any, lang: Any) -> str:
    return blueprints.build(design, "sam", lang=lang, extras={})["README.md"].decode()


def test_the_combined_result_of_a_run_names_the_failed_items(book: Book) -> None:
    design = _design(book, trigger="schedule", parallel_items=20000, combined_result=True)
    (machine,) = machines(plan_for(design))
    assert machine == Machine(machine.name, named=False, combined=True, listed=True, runs=("function",), fails=True)
    for lang, words in (
        ("en", "`failed_ids` contains the IDs of the first 100"),
        ("ja", "`failed_ids` は最初の 100 件の ID"),
    ):
        readme = _readme(design, lang)
        assert words in readme
        assert f"`{machine.name}Results`" in readme
        assert 'start-execution --state-machine-arn "$MACHINE"' in readme


def test_only_a_program_that_starts_work_names_its_executions(book: Book) -> None:
    (machine,) = machines(plan_for(_design(book, trigger="schedule", steps=3)))
    assert (machine.named, machine.combined) == (False, False)


def test_work_that_people_approve_has_steps_of_its_own(book: Book) -> None:
    assert machines(plan_for(_design(book, trigger="schedule", steps=3, human_approval=True))) == []


def test_items_of_a_message_are_known_by_their_ids_in_all_runs(book: Book) -> None:
    many = {"parallel_items": 20, "steps": 2, "reads": []}
    design = _design(book, trigger="request", **many)
    for lang, words in (("en", "identifies its work within one run"), ("ja", "1 回の実行の中でその処理を識別します")):
        assert words in _readme(design, lang)
    for other in (many, {"parallel_items": 20000}):
        assert "identifies its work within one run" not in _readme(_design(book, trigger="schedule", **other), "en")


def test_a_duplicate_may_compensate_what_another_execution_has_done(book: Book) -> None:
    assert "the failed one records" in _readme(_design(book, trigger="schedule", steps=2, compensation=True), "en")
    assert "the failed one records" not in _readme(_design(book, trigger="schedule", steps=2), "en")


def test_a_duplicate_compensates_nothing_after_an_approval(book: Book) -> None:
    asked = {"trigger": "schedule", "steps": 3, "compensation": True, "human_approval": True}
    assert "the failed one records" not in _readme(_design(book, **asked), "en")
    readme = _readme(_design(book, **asked, steps_before_approval=2), "en")
    assert "this concerns only failures before the approval" in readme


def test_a_map_over_a_bucket_says_that_it_takes_all_objects(book: Book) -> None:
    design = _design(book, trigger="schedule", parallel_items=20000)
    for lang, words in (
        ("en", "including those that earlier runs have processed"),
        ("ja", "以前の実行で処理したオブジェクトも対象"),
    ):
        assert words in _readme(design, lang)
        assert '`{"prefix": "incoming/2026-11/"}`' in _readme(design, lang)
    assert "incoming/" not in _readme(_design(book, trigger="schedule", parallel_items=20), "en")


_CONTAINER = {"longest_run_s": "40 min", "packaging": "container-image"}


@pytest.mark.parametrize(
    ("answers", "kind", "ja"),
    [
        ({"longest_run_s": "40 s"}, "function", "関数"),
        (_CONTAINER, "task", "タスク"),
        ({**_CONTAINER, "job_queue": True, "pins": {"compute": "batch"}}, "job", "ジョブ"),
    ],
)
def test_a_program_continues_runs_of_what_is_deployed(answers: dict[str, Any], kind: str, ja: str, book: Book) -> None:
    """Tasks and jobs are run by their families: each execution runs what is deployed, whatever release started it."""
    jobs = {"id": "jobs", "trigger": "on-demand", "steps": 3, **answers}
    intake = {"id": "intake", "trigger": "request", "authentication": "sign-up", "calls": ["jobs"]}
    design = advise(make_requirements({"components": [intake, jobs]}), book)
    (machine,) = machines(plan_for(design))
    assert (machine.named, machine.runs) == (True, (kind,))
    readme = _readme(design, "en")
    assert "the program redrives it. If" in readme
    assert f"A redrive runs the currently deployed version of the {kind}s." in readme
    assert f"{ja}のバージョンは、現在デプロイされているものになります" in _readme(design, "ja")


def test_a_workflow_of_functions_and_tasks_says_both(book: Book) -> None:
    score = {"id": "score", "longest_run_s": "20 s"}
    convert = {"id": "convert", **_CONTAINER}
    flow = {"id": "flow", "trigger": "schedule", "steps": 2, "calls": ["score", "convert"]}
    design = advise(make_requirements({"components": [flow, score, convert]}), book)
    assert "the currently deployed version of the functions and tasks." in _readme(design, "en")
    assert "関数、タスクのバージョンは、現在" in _readme(design, "ja")
