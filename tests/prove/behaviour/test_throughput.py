"""The check of throughput: each planted fault of mappings, streams, APIs, tables and databases is found."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour import loaded_designs as designs
from tests.prove.behaviour.sam_projects import write_project
from tests.prove.behaviour.test_capacity import Resources, of_type

MAPPING = "AWS::Lambda::EventSourceMapping"


def found(answers: dict[str, Any], folder: Path, fault: Callable[[Resources], None]) -> set[str]:
    written = write_project(answers, folder / "project")
    assert written.rules_found_by("throughput") == set()
    written.plant(fault)
    return written.rules_found_by("throughput")


def unbounded(resources: Resources) -> None:
    del of_type(resources, MAPPING)["ScalingConfig"]


def whole_account(resources: Resources) -> None:
    of_type(resources, MAPPING)["ScalingConfig"]["MaximumConcurrency"] = 1000


def narrow(resources: Resources) -> None:
    of_type(resources, MAPPING)["ScalingConfig"]["MaximumConcurrency"] = 40


@pytest.mark.parametrize(
    ("fault", "rules"),
    [(unbounded, {"account-taken"}), (whole_account, {"account-taken"}), (narrow, {"narrow-mapping"})],
)
def test_faults_of_a_mapping_are_found(fault: Callable[[Resources], None], rules: set[str], tmp_path: Path) -> None:
    assert found(designs.short_messages(), tmp_path, fault) == rules


def one_reader(resources: Resources) -> None:
    del of_type(resources, MAPPING)["ParallelizationFactor"]


def two_shards(resources: Resources) -> None:
    of_type(resources, "AWS::Kinesis::Stream")["ShardCount"] = 1


@pytest.mark.parametrize(
    ("fault", "rules"), [(one_reader, {"narrow-stream"}), (two_shards, {"narrow-stream", "few-shards"})]
)
def test_faults_of_a_stream_are_found(fault: Callable[[Resources], None], rules: set[str], tmp_path: Path) -> None:
    assert found(designs.stream(), tmp_path, fault) == rules


def throttled(resources: Resources) -> None:
    of_type(resources, "AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]["ThrottlingRateLimit"] = 5999


def cold(resources: Resources) -> None:
    del of_type(resources, "AWS::DynamoDB::Table")["WarmThroughput"]


@pytest.mark.parametrize(("fault", "rule"), [(throttled, "throttled"), (cold, "cold-table")])
def test_faults_of_an_api_and_its_table_are_found(
    fault: Callable[[Resources], None], rule: str, tmp_path: Path
) -> None:
    assert found(designs.api(), tmp_path, fault) == {rule}


def many_tasks(resources: Resources) -> None:
    of_type(resources, "AWS::ApplicationAutoScaling::ScalableTarget")["MaxCapacity"] = 200


def test_more_connections_than_a_database_takes_are_found(tmp_path: Path) -> None:
    answers = designs.relational(packaging="container-image", pins={"compute": "ecs", "entry": "alb"})
    answers["stores"][0]["pins"] = {"store": "rds"}
    assert found(answers, tmp_path, many_tasks) == {"few-connections"}


def test_messages_leave_callers_their_share_of_the_account(tmp_path: Path) -> None:
    written = write_project(designs.messages_beside_callers(), tmp_path / "project")
    assert written.rules_found_by("throughput") == set()

    def all_but_a_hundred(resources: Resources) -> None:
        of_type(resources, MAPPING)["ScalingConfig"]["MaximumConcurrency"] = 900

    written.plant(all_but_a_hundred)
    assert written.rules_found_by("throughput") == {"account-taken"}


def test_queues_that_together_take_the_account_are_found(tmp_path: Path) -> None:
    """Each of three mappings leaves other functions some concurrency, and all of them together do not."""

    def as_if_alone(resources: Resources) -> None:
        for resource in resources.values():
            if resource["Type"] == MAPPING:
                resource["Properties"]["ScalingConfig"]["MaximumConcurrency"] = 720

    assert found(designs.consumers_of_events(), tmp_path, as_if_alone) == {"account-taken"}


def test_a_limit_that_loses_against_the_average_is_found(tmp_path: Path) -> None:
    def too_few(resources: Resources) -> None:
        of_type(resources, MAPPING)["ScalingConfig"]["MaximumConcurrency"] = 49

    assert found(designs.messages_in_small_numbers(), tmp_path, too_few) == {"narrow-mapping"}


def test_a_database_without_room_for_its_data_is_found(tmp_path: Path) -> None:
    answers = designs.relational(packaging="container-image", pins={"compute": "ecs", "entry": "alb"})
    answers["stores"][0] |= {"pins": {"store": "rds"}, "volume_bytes": "900 GiB"}

    def as_small_as_always(resources: Resources) -> None:
        assert of_type(resources, "AWS::RDS::DBInstance")["AllocatedStorage"] == "1125"
        of_type(resources, "AWS::RDS::DBInstance")["AllocatedStorage"] = "100"

    assert found(answers, tmp_path, as_small_as_always) == {"small-storage"}


def test_a_stream_that_begins_too_small_for_its_readers_is_found(tmp_path: Path) -> None:
    answers = designs.stream(typical_run_s="0.001 s")
    answers["channels"][0] |= {"rate_average_rps": "1500/s", "rate_peak_rps": "4000/s", "message_bytes": "2 KiB"}
    answers["components"] += [{**answers["components"][0], "id": name} for name in ("second", "third")]

    def on_demand(resources: Resources) -> None:
        stream = of_type(resources, "AWS::Kinesis::Stream")
        stream["StreamModeDetails"] = {"StreamMode": "ON_DEMAND"}
        del stream["ShardCount"]

    assert found(answers, tmp_path, on_demand) == {"few-shards"}


def faster_calls(resources: Resources) -> None:
    of_type(resources, "AWS::Events::ApiDestination")["InvocationRateLimitPerSecond"] = 50


def unthrottled(resources: Resources) -> None:
    del of_type(resources, "AWS::SNS::Subscription")["DeliveryPolicy"]


@pytest.mark.parametrize(("fault", "service"), [(faster_calls, "eventbridge-bus"), (unthrottled, "sns")])
def test_calls_faster_than_a_destination_accepts_are_found(
    fault: Callable[[Resources], None], service: str, tmp_path: Path
) -> None:
    assert found(designs.partner(service), tmp_path, fault) == {"destination-overrun"}
