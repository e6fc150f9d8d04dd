"""A run that sends one message instead of one for each item, and ids that the next run repeats, are found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

_STORES = [{"id": "accounts", "access": "key-value"}, {"id": "done", "access": "key-value"}]
_PAY = {"id": "pay", "listens_to": "payouts", "longest_run_s": 5, "writes": ["done"]}
_RUN: dict[str, Any] = {
    "id": "settle",
    "trigger": "schedule",
    "schedule_expression": "cron(0 3 * * ? *)",
    "time_zone": "UTC",
    "longest_run_s": 20,
    "reads": ["accounts"],
    "publishes": ["payouts"],
}


def project(folder: Path, rate: float, **component: Any) -> WrittenProject:
    """Write a project whose nightly run publishes on a channel with a stated rate."""
    channel = {"id": "payouts", "carries": "work", "ordering": "per-key", "rate_average_rps": rate}
    asked = {"schema": 2, "components": [{**_RUN, **component}, _PAY], "channels": [channel], "stores": _STORES}
    return write_project(asked, folder / "project")


@pytest.mark.parametrize("component", [{}, {"parallel_items": 3, "combined_result": True, "retries": True}])
def test_a_run_that_sends_no_message_for_each_item_is_found(component: dict[str, Any], tmp_path: Path) -> None:
    written = project(tmp_path, 20, **component)
    assert written.rules_found_by("contracts") == set()
    found = rules_after(
        written, "contracts", "src/settle/batches.py", "rejected = put(batch)", "rejected = put(batch[:1])"
    )
    assert found == {"items-not-told"}
    service, path = (written.evidence.folder / "src/settle/service.py").read_text("utf-8"), "src/settle/service.py"
    run = "run" if component else "run_id"
    prefix = f"{{quote({run}, safe='')}}:"
    assert prefix in service
    assert rules_after(written, "contracts", path, prefix, "") == {"run-taken-for-another"}


@pytest.mark.parametrize("component", [{}, {"parallel_items": 3, "combined_result": True, "retries": True}])
def test_a_channel_that_carries_a_message_a_day_gets_one_for_each_run(
    component: dict[str, Any], tmp_path: Path
) -> None:
    written = project(tmp_path, 1 / 86400, **component)
    assert not (written.evidence.folder / "src/settle/batches.py").exists()
    assert written.rules_found_by("contracts") == set()
