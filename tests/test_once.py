"""Each function on the way from a file to an output runs once per request: a command, or a run of the page."""

import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import streamlit as st
import yaml
from click.testing import CliRunner

import blueprints
import rules
from advisor.advise import advise
from advisor.design.outcome import Comparison, outcome_of
from advisor.design.unused import unused_answers
from advisor.explanation.engine import explain
from advisor.graph_builder import connect
from advisor.requirements import make_requirements
from advisor.requirements.reading import dump
from advisor.sensitivity.analysis import analyse_verdict
from advisor.verdict import decide_workload
from advisor_bundle import project_zip
from advisor_bundle.archive import zip_bytes
from advisor_cli.main import cli
from blueprints import sam
from blueprints.cdk import python, typescript
from blueprints.certificate import record, shape_of
from blueprints.certificate.shape import decided
from blueprints.certificate.table import shipped
from blueprints.permissions import permissions
from blueprints.plan import plan_for, plan_to_draw
from blueprints.project import project_files
from blueprints.stack.assembly import stack_of
from renderers.layout import arrange
from tests.advisor_ui.page import opened, ran

STEPS: tuple[Callable[..., Any], ...] = (
    decide_workload, explain, connect, advise, analyse_verdict, plan_for, plan_to_draw, arrange, blueprints.Target.stack, blueprints.Target.check,
    stack_of, sam.printed, python.printed, typescript.printed, project_files, permissions, zip_bytes, unused_answers,
)  # fmt: skip
COMPILED = {"plan_for": 1, "stack": 1, "stack_of": 1, "printed": 1}
#: A picture shows what the stack of the project holds, whatever the target and language.
DRAWN = {"arrange": 1, "stack_of": 1}
#: The decision, as JSON, text or record with its appendix, says which answers change nothing.
COMPARED = {"unused_answers": 1}
PACKED = {"project_files": 1, "permissions": 1, "zip_bytes": 1, "analyse_verdict": 1} | COMPARED
DECIDED = {"decide_workload": 1, "explain": 1, "connect": 1, "advise": 1}
#: Answers to which no certificate belongs: four stores of three kinds.
UNPROVEN = {
    "components": [{"id": "api", "trigger": "request", "reads": ["a", "b"], "writes": ["c", "d"]}],
    "stores": [
        {"id": "a", "access": "key-value"}, {"id": "b", "access": "objects"},
        {"id": "c", "access": "key-value"}, {"id": "d", "access": "objects"},
    ],
}  # fmt: skip


def together(*parts: dict[str, int]) -> dict[str, int]:
    """Return how often each step is called by several parts of a request."""
    return dict(sum(map(Counter, parts), Counter[str]()))


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count how often each step is called, by whatever name and in whatever thread."""
    names = {step.__code__: step.__name__ for step in STEPS}
    others = {outcome_of.__code__, Comparison.differs_with.__code__}
    calls: Counter[str] = Counter()

    def called(frame: FrameType, event: str, _: object) -> None:
        # With another answer, it is another design that is decided.
        other = frame.f_back is not None and frame.f_back.f_code in others
        if event == "call" and frame.f_code in names and not other:
            calls[names[frame.f_code]] += 1

    threading.setprofile(called)
    sys.setprofile(called)
    try:
        yield calls
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]


def forget_proven() -> None:
    """Compile again what certificates are compared with, whatever ran before."""
    for cache in (decided, record._plan, record._compiled):
        cache.cache_clear()


def command(*arguments: str, stdin: bytes) -> dict[str, int]:
    with counted() as calls:
        result = CliRunner().invoke(cli, [*arguments], input=stdin)
    assert result.exit_code == 0, result.output
    return dict(calls)


@pytest.mark.parametrize(
    ("arguments", "also"),
    [
        (["decide", "-"], {"analyse_verdict": 1} | COMPARED),
        (["decide", "-", "--proof"], {"analyse_verdict": 1} | COMPARED),
        (["decide", "-", "--format", "text"], {"analyse_verdict": 1} | COMPARED),
        (["draw", "-", "-o", "{folder}/x.svg"], {"plan_to_draw": 1} | DRAWN),
        (["adr", "-", "-o", "{folder}/x.md"], {"analyse_verdict": 1, "plan_for": 1}),
        (["adr", "-", "-o", "{folder}/x.md", "--full"], {"analyse_verdict": 1, "plan_for": 1} | COMPARED),
        (["iam", "-"], {"plan_for": 1, "stack_of": 1, "permissions": 1}),
        (["next", "-"], {}),
        (["why-not", "-", "ecs"], {}),
    ],
)
def test_a_command_decides_once(arguments: list[str], also: dict[str, int], tmp_path: Path) -> None:
    filled = [argument.format(folder=tmp_path) for argument in arguments]
    assert command(*filled, stdin=rules.story_bytes("scheduled-batch")) == DECIDED | also


@pytest.mark.parametrize("target", [one.id for one in blueprints.TARGETS])
def test_a_project_is_decided_on_planned_and_compiled_once(target: str, tmp_path: Path) -> None:
    out = str(tmp_path / "x.zip")
    calls = command("blueprint", "-", "--target", target, "-o", out, stdin=dump(UNPROVEN))
    assert calls == together(DECIDED, COMPILED, DRAWN, PACKED, {"stack_of": 1})  # how close it comes to the quota


@pytest.mark.parametrize("target", [one.id for one in blueprints.TARGETS])
def test_a_zip_of_a_design_is_planned_and_compiled_once(target: str) -> None:
    design = advise(make_requirements(UNPROVEN), rules.load_book())
    with counted() as calls:
        project_zip(design, target, "en")
    assert calls == together(COMPILED, DRAWN, PACKED)


def test_only_a_certificate_compiles_again_under_plain_names_and_it_does_so_once(tmp_path: Path) -> None:
    """What the shape comes to in this version has to be what was proven; see docs/adr/0015."""
    forget_proven()
    story = rules.story_bytes("scheduled-batch")
    proven = shipped().find(shape_of(advise(rules.load_story("scheduled-batch"), rules.load_book())).key, "sam")
    times = 2 if proven else 1
    calls = command("blueprint", "-", "--target", "sam", "-o", str(tmp_path / "x.zip"), stdin=story)
    assert calls == together(dict.fromkeys(DECIDED | COMPILED, times), DRAWN, PACKED, {"stack_of": 1})


def test_a_further_zip_of_a_certified_shape_is_planned_and_compiled_once() -> None:
    """What a shape comes to is worked out once, whatever names and language the next download has."""
    raw = rules.story_bytes("scheduled-batch").decode()
    first, other = (
        advise(make_requirements(yaml.safe_load(text)), rules.load_book())
        for text in (raw, raw.replace("sales", "orders"))
    )
    project_zip(first, "sam", "en")
    with counted() as calls:
        project_zip(other, "sam", "ja")
    assert calls == together(COMPILED, DRAWN, PACKED)


def test_answers_without_a_certificate_have_none() -> None:
    assert shape_of(advise(make_requirements(UNPROVEN), rules.load_book())).key not in shipped().shapes


def test_a_run_of_the_page_decides_once_and_the_next_one_not_at_all() -> None:
    st.cache_resource.clear()
    with counted() as first:
        page = opened(s="scheduled-batch", lang="en")
    assert first == DECIDED | {"analyse_verdict": 1, "plan_to_draw": 1} | DRAWN
    with counted() as again:
        ran(page)
    assert again == {}


def test_the_page_draws_a_design_in_another_language_without_planning_again() -> None:
    st.cache_resource.clear()
    opened(s="scheduled-batch", lang="en")
    with counted() as calls:
        opened(s="scheduled-batch", lang="ja")
    assert calls == {"arrange": 1}


def test_the_page_plans_once_for_all_that_can_be_taken_away_and_asks_each_target_once() -> None:
    st.cache_resource.clear()
    forget_proven()
    page = opened(s="scheduled-batch", lang="en")
    page.session_state["tab"] = "take"
    with counted() as first:
        ran(page)
    # What is proven of a project is said at its button: each project is compiled under plain names for that.
    proven = DECIDED | {"stack": len(blueprints.TARGETS), "printed": len(blueprints.TARGETS)}
    assembled = len([one for one in blueprints.TARGETS if one.id.startswith("cdk")])
    # Of each target it is asked whether the stack fits, and how close it comes to the quota.
    asked = len(blueprints.TARGETS)
    assert first == {"plan_for": 2, "check": asked, "stack_of": 2 * asked + 2 * assembled, **proven}
    with counted() as again:
        ran(page)
    assert again == {}
