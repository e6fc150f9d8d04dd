"""How tests are handed out: one that ends its process fails by name, once, and what is left runs in another process."""

import subprocess
import sys
from pathlib import Path

from tests.distribution import ROOT, group

_SUITE = """
import os
import pytest

@pytest.mark.parametrize("n", range(6))
def test_one(n):
    if n == 3:
        os._exit(1)
"""
_HAND_OUT = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.distribution import FailuresAtOnce, SharedSetUp

def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(FailuresAtOnce())

def pytest_xdist_make_scheduler(config, log):
    return SharedSetUp(config, log)
"""


def test_a_test_that_ends_its_process_fails_once_and_the_others_run(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(_HAND_OUT)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -q --import-mode=importlib\n")
    (tmp_path / "test_suite.py").write_text(_SUITE)
    command = [sys.executable, "-m", "pytest", "-n2", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert "1 failed, 5 passed" in run.stdout
    assert run.stdout.count("test_suite.py::test_one[3] ended its process") == 1


def test_files_share_a_process_only_where_they_share_what_is_made_once() -> None:
    assert group("tests/blueprints/cdk/test_iam.py") == group("tests/blueprints/cdk/typescript/test_printer.py")
    assert group("tests/blueprints/cdk/test_iam.py") == "tests/blueprints/cdk"
    assert group("tests/advisor_ui/test_flows.py") == "tests/advisor_ui/test_flows.py"
