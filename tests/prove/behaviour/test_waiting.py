"""The check `waiting`: no call waits longer than the program has time, in both languages, and each planted fault is found."""

from pathlib import Path

import pytest

from prove.behaviour.sdk_clients import clients_of, longest_s
from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_after, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "waiting"
CLIENT = 'boto3.resource("dynamodb", config=timeouts.CALL)'


@pytest.mark.parametrize(
    "name",
    [
        "async-coupling",
        "container-on-ec2",
        "container-web-service",
        "dynamic-web-api",
        "realtime-chat",
        "relational-web-app",
        "approval",
        "order",
    ],
)
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("name", "path", "find", "put"),
    [
        ("dynamic-web-api", "src/api/store_items.py", CLIENT, 'boto3.resource("dynamodb")'),
        ("dynamic-web-api", "src/api/timeouts.py", "read_timeout=2", "read_timeout=60"),
        ("dynamic-web-api", "src/api/timeouts.py", "connect_timeout=1", "connect_timeout=10"),
        ("dynamic-web-api", "src/api/timeouts.py", '"total_max_attempts": 2', '"total_max_attempts": 5'),
        ("dynamic-web-api", "src/api/timeouts.py", '"total_max_attempts": 2', '"max_attempts": 4'),
        ("container-on-ec2", "src/scanner/timeouts.py", "WAIT_S + 5", "WAIT_S + 5000"),
    ],
)
def test_a_client_that_waits_too_long_is_found(stories: Stories, name: str, path: str, find: str, put: str) -> None:
    assert rules_after(stories.project(name), CHECK, path, find, put) == {"outwaits-its-caller"}


def short_function(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::Function")["Timeout"] = 5


def impatient_api(resources: Resources) -> None:
    body = one_of(resources, "AWS::ApiGateway::RestApi")["Body"]
    for methods in body["paths"].values():
        methods.get("get", {}).get("x-amazon-apigateway-integration", {})["timeoutInMillis"] = 5000


def visible_soon(resources: Resources) -> None:
    for resource in resources.values():
        if resource["Type"] == "AWS::SQS::Queue":
            resource["Properties"]["VisibilityTimeout"] = 40


def killed_soon(resources: Resources) -> None:
    one_of(resources, "AWS::ECS::TaskDefinition")["ContainerDefinitions"][0]["StopTimeout"] = 20


def idle(resources: Resources) -> None:
    balancer = one_of(resources, "AWS::ElasticLoadBalancingV2::LoadBalancer")
    balancer["LoadBalancerAttributes"] = [{"Key": "idle_timeout.timeout_seconds", "Value": "5"}]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("dynamic-web-api", short_function),
        ("dynamic-web-api", impatient_api),
        ("container-on-ec2", visible_soon),
        ("container-on-ec2", killed_soon),
        ("container-web-service", idle),
    ],
)
def test_a_program_with_less_time_is_found(stories: Stories, name: str, fault: Fault) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {"outwaits-its-caller"}


PYTHON = """import boto3
import timeouts

functions = boto3.client("lambda", config=timeouts.INVOKE)


def call(item):
    return functions.invoke(FunctionName="f", Payload=item)
"""
TYPESCRIPT = """import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as timeouts from './timeouts';
const functions = new LambdaClient(timeouts.INVOKE);
export const call = () => functions.send(
  new InvokeCommand({ FunctionName: 'f' }),
);
"""
OPTIONS = """export const INVOKE = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 4000, socketTimeout: 3000, throwOnRequestTimeout: true },
};
"""


def test_calls_are_read_in_python(tmp_path: Path) -> None:
    (tmp_path / "call_f.py").write_text(PYTHON, "utf-8")
    config = 'Config(connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 2})'
    (tmp_path / "timeouts.py").write_text(f"from botocore.config import Config\nINVOKE = {config}\n", "utf-8")
    (client,) = clients_of(tmp_path)
    assert (client.name, client.longest_s, client.attempts) == ("functions", 9.0, 2)
    assert client.calls("invoke")
    assert not client.calls("receive_message")


@pytest.mark.parametrize(
    ("find", "put", "lasts"),
    [
        ("", "", 9.0),
        ("maxAttempts: 2", "maxAttempts: 1", 4.0),
        ("maxAttempts: 2,", "", 15.0),
        (", throwOnRequestTimeout: true", "", float("inf")),
        (", socketTimeout: 3000", "", float("inf")),
        ("requestTimeout: 4000, ", "", float("inf")),
    ],
)
def test_calls_are_read_in_typescript(tmp_path: Path, find: str, put: str, lasts: float) -> None:
    (tmp_path / "call-f.ts").write_text(TYPESCRIPT, "utf-8")
    (tmp_path / "timeouts.ts").write_text(OPTIONS.replace(find, put, 1) if find else OPTIONS, "utf-8")
    (client,) = clients_of(tmp_path)
    assert (client.name, client.longest_s) == ("functions", lasts)
    assert client.calls("Invoke")


def test_a_client_without_options_has_no_end_in_typescript(tmp_path: Path) -> None:
    (tmp_path / "call-f.ts").write_text(TYPESCRIPT.replace("timeouts.INVOKE", ""), "utf-8")
    assert [client.longest_s for client in clients_of(tmp_path)] == [float("inf")]


def test_the_delays_are_those_of_throttling() -> None:
    assert [longest_s(attempts, 0) for attempts in (1, 2, 3, 4)] == [0, 1, 3, 7]
