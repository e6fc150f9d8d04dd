"""How tests are handed to several processes: in groups that share what takes long to make, the longest groups first.

pytest-xdist's own `--dist=loadgroup` is not used: it writes a group into a test's private `_nodeid`, which pytest 9.2 no
longer reads, so that every test was a group of its own and every process made all that tests share.
"""

import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent


@cache
def group(file: str) -> str:
    """Return the group of a test file, both from the root: the outermost folder in `tests` whose conftest makes something
    for a whole session, or itself. Where a conftest makes all of it for each file, the files need not wait for each other."""
    above = [folder for folder in (ROOT / file).parents if TESTS in folder.parents]
    shared = [folder for folder in above if _is_shared(folder / "conftest.py")]
    return str(shared[-1].relative_to(ROOT)) if shared else file


@cache
def _is_shared(conftest: Path) -> bool:
    return conftest.exists() and 'scope="session"' in conftest.read_text("utf-8")


def group_of(nodeid: str) -> str:
    """Return the group of a test."""
    return group(nodeid.partition("::")[0])


def longest_first(items: list[pytest.Item], tools: Collection[pytest.Item]) -> None:
    """Sort tests by group: first the groups with tests that start tools, then the largest, so that all processes end together."""
    size: dict[str, int] = {}
    for item in items:
        size[group_of(item.nodeid)] = size.get(group_of(item.nodeid), 0) + 1
    slow = {group_of(item.nodeid) for item in tools}
    items.sort(
        key=lambda item: (group_of(item.nodeid) not in slow, -size[group_of(item.nodeid)], group_of(item.nodeid))
    )


class SharedSetUp(LoadScopeScheduling):  # type: ignore[misc]
    """Runs each group in one process, in the order in which tests were collected."""

    def __init__(self, config: pytest.Config, log: object) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)

    def remove_node(self, node: WorkerController) -> str | None:
        """Give away what a process that died has left, but not the test that ended it: it would end the next one too."""
        crashed = super().remove_node(node)
        for unit in self.workqueue.values():
            if crashed in unit:
                unit[crashed] = True
        return cast(str | None, crashed)


class FailuresAtOnce:
    """Writes which test failed as soon as it did: a run that is cut off writes no summary."""

    @pytest.hookimpl(trylast=True)  # after the dots
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            sys.stdout.write(f" {report.nodeid} {report.when}\n")
            sys.stdout.flush()

    def pytest_handlecrashitem(self, crashitem: str) -> None:
        sys.stdout.write(f" {crashitem} ended its process\n")
        sys.stdout.flush()
