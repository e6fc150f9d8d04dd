"""How long the tests of a deployed stack wait for a result: at least as long as the program may take."""

import re
from pathlib import Path

from advisor.design import Design
from blueprints import settings
from blueprints.plan import plan_for
from blueprints.project.programs.composition import codes
from blueprints.project.testing.integration_tests import LEAST_WAIT_S, cases_of


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
