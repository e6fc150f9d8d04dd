"""How long the tests of a deployed stack wait for a result: at least as long as the program may take."""

import re
from pathlib import Path

import pytest
import yaml

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints import settings
from blueprints.plan import plan_for
from blueprints.project.programs.composition import codes
from blueprints.project.testing.integration_cases import LEAST_WAIT_S, cases_of
from blueprints.project.testing.integration_tests import deployed_files


def test_a_test_waits_for_the_longest_run_of_its_program(designs: dict[str, Design]) -> None:
    waited = 0
    for design in designs.values():
        plan = plan_for(design)
        programs = codes(plan)
        cases = {case.name: case for case in cases_of(plan, programs)}
        for code in programs:
            case = cases.get(code.id.replace("-", "_"))
            if case is not None and case.kind == "execution":
                assert case.wait_s > settings.number(code.plan.node, "timeout_s")
                waited += case.wait_s > LEAST_WAIT_S
    assert waited


def test_the_release_has_the_time_that_its_tests_wait(projects: dict[str, Path]) -> None:
    for project in projects.values():
        waits = [int(wait) for wait in re.findall(r"wait_s=(\d+)", (project / "integration/test_stack.py").read_text())]
        (minutes,) = re.findall(r"timeout-minutes: (\d+)", (project / ".github/workflows/deploy.yml").read_text())
        assert int(minutes) == 360 or int(minutes) * 60 > max(waits, default=0)


def test_a_run_that_waits_for_a_callback_is_answered_twice_and_succeeds(book: Book) -> None:
    raw = yaml.safe_load(Path("prove/cases/supplements/callback.yaml").read_text("utf-8"))
    plan = plan_for(advise(make_requirements(raw), book))
    (case,) = (one for one in cases_of(plan, codes(plan)) if one.waits)
    assert (case.answered_at, case.secret) == ("VerdictApiUrl", "VerdictSigningSecretArn")
    files = dict(deployed_files(plan, codes(plan), typescript=False))
    test = files["integration/test_stack.py"].decode().partition("def test_order_completes_an_execution")[2]
    steps = ("start_execution(", '"OrderStateMachineCallbacksName"', "webhook(", "[200, 200]", '"SUCCEEDED"')
    places = [test.index(step) for step in steps]
    assert places == sorted(places)


@pytest.mark.parametrize(("name", "stopped"), [("approval", "stop_execution("), ("durable", "stop_durable_execution(")])
def test_a_run_that_waits_for_an_approval_has_an_open_request(name: str, stopped: str, book: Book) -> None:
    raw = yaml.safe_load(Path(f"prove/cases/supplements/{name}.yaml").read_text("utf-8"))
    plan = plan_for(advise(make_requirements(raw), book))
    (case,) = (one for one in cases_of(plan, codes(plan)) if one.waits)
    test = dict(deployed_files(plan, codes(plan), typescript=False))["integration/test_stack.py"].decode()
    waiting = test.partition(f"def test_{case.name}_completes_a")[2]
    assert '"ApprovalsTableName"' in waiting
    assert waiting.index("eventually(lambda: record_of(") < waiting.index(stopped)
    assert '"task_token"' in test


def test_a_run_that_waits_for_an_approval_is_polled_where_no_test_reads_its_result(book: Book) -> None:
    raw = {
        "components": [
            {"id": "api", "trigger": "request", "authentication": "sign-up", "writes": ["data"], "publishes": ["jobs"]},
            {"id": "pay", "trigger": "message", "listens_to": "jobs", "waits_for": ["person"], "wait_s": 172800, "steps": 2,
             "retries": True, "reads": ["data"], "writes": ["data"]},
        ],
        "channels": [{"id": "jobs", "carries": "work"}],
        "stores": [{"id": "data", "access": "relational", "pins": {"store": "rds"}}],
    }  # fmt: skip
    plan = plan_for(advise(make_requirements(raw), book))
    assert not any(case.seen for case in cases_of(plan, codes(plan)))
    test = dict(deployed_files(plan, codes(plan), typescript=False))["integration/test_stack.py"].decode()
    assert "assert eventually(lambda: record_of(" in test
    assert "def eventually(" in test
