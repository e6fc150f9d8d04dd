"""Records of a stream or a bus are lines in the objects of a data lake."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.sam_projects import write_project

LAKE = {"kind": "data-lake"}
RECORDS = {"carries": "records", "destinations": [LAKE]}
EVENTS = {"carries": "event", "fan_out": 2, "routing": True, "destinations": [LAKE]}


def run_together(resources: dict[str, Any]) -> None:
    for one in resources.values():
        if one["Type"] == "AWS::KinesisFirehose::DeliveryStream":
            one["Properties"]["ExtendedS3DestinationConfiguration"].pop("ProcessingConfiguration", None)


def project(channel: dict[str, Any], listeners: int) -> dict[str, Any]:
    listening = {"trigger": "stream" if channel is RECORDS else "event", "listens_to": "c"}
    components = [{"id": f"l{at}", **listening} for at in range(listeners)]
    return {
        "components": [{"id": "s", "trigger": "request", "publishes": ["c"]}, *components],
        "channels": [{"id": "c", **channel}],
    }


@pytest.mark.parametrize(
    ("channel", "listeners", "rules"),
    [(RECORDS, 1, {"records-run-together"}), (EVENTS, 2, {"records-run-together"}), (RECORDS, 0, set())],
    ids=["stream", "bus", "lines of a program"],
)
def test_records_on_one_line_are_found(
    channel: dict[str, Any], listeners: int, rules: set[str], tmp_path: Path
) -> None:
    written = write_project(project(channel, listeners), tmp_path / "project")
    assert written.rules_found_by("lines") == set()
    written.plant(run_together)
    assert written.rules_found_by("lines") == rules
