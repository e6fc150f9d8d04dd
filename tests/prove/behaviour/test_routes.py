"""Deliveries by the template: a filter policy lets a message pass by the attribute that its publisher sets."""

import json
from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.evidence import Evidence
from prove.behaviour.running.cloud import Json, Sent
from prove.behaviour.running.system import System
from tests.prove.behaviour.planting import Resources
from tests.prove.behaviour.sam_projects import WrittenProject, write_project

DESIGN: dict[str, Any] = {
    "components": [
        {"id": "booking", "trigger": "request", "reads": ["bookings"], "writes": ["bookings"], "publishes": ["events"]},
        {"id": "room", "trigger": "message", "listens_to": "events", "writes": ["rooms"]},
        {"id": "price", "trigger": "message", "listens_to": "events", "writes": ["prices"]},
    ],
    "channels": [{"id": "events", "carries": "event", "ordering": "per-key", "routing": True}],
    "stores": [{"id": id, "access": "key-value"} for id in ("bookings", "rooms", "prices")],
}


@pytest.fixture
def project(tmp_path: Path) -> WrittenProject:
    return write_project(DESIGN, tmp_path / "project")


def consumers(evidence: Evidence, attributes: Json) -> set[str]:
    """Return the components whose queue receives a message of the program `booking`."""
    fresh = Evidence(evidence.folder, evidence.template_file, evidence.built, evidence.target)
    routes = System(fresh).routes
    topic = fresh.stack.of_type("AWS::SNS::Topic")[0]
    arrived = list(routes.of(Sent("booking", topic.id, json.dumps({"id": "item-1"}), "", attributes)))
    return {name for name in ("Room", "Price") for arrival in arrived if name in arrival.resource}


def of_type(type: str) -> Json:
    return {"type": {"DataType": "String", "StringValue": type}}


def test_every_consumer_receives_each_type_until_its_owner_removes_it(project: WrittenProject) -> None:
    assert consumers(project.evidence, of_type("booking.removed")) == {"Room", "Price"}

    def removed(resources: Resources) -> None:
        (properties,) = (one["Properties"] for id, one in resources.items() if "Subscription" in id and "Room" in id)
        properties["FilterPolicy"] = {"type": ["booking.created"]}

    project.plant(removed)
    assert consumers(project.evidence, of_type("booking.removed")) == {"Price"}
    assert consumers(project.evidence, of_type("booking.created")) == {"Room", "Price"}


def test_a_message_without_a_type_reaches_no_subscription_with_a_filter(project: WrittenProject) -> None:
    assert consumers(project.evidence, {}) == set()
