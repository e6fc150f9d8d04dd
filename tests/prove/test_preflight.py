"""`advisor preflight` in an account: with its documented policies only, and without remaining resources."""

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from click.testing import CliRunner, Result

import rules
from advisor_account.policy import change_set_policy, read_policy
from advisor_cli.main import cli
from prove import tools
from prove.emulator.process import Emulator

BUCKET = "templates-of-mine"


@pytest.fixture(scope="module")
def emulator(emulator_python: Path, cdk_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with Emulator(tmp_path_factory.mktemp("account")) as account:
        region = {"LocationConstraint": tools.OFFLINE["AWS_REGION"]}
        account.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=region)
        yield account


@pytest.fixture
def signed_in(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """As a user who may read, and as one who may also try a change set, but nothing else."""
    iam = emulator.client("iam")
    iam.create_user(UserName="architect")
    whole = json.dumps(change_set_policy()).replace("BUCKET", BUCKET)
    # The emulator does not hold this call to the path that it asks for, as AWS does.
    regions = {"Effect": "Allow", "Action": "ssm:GetParametersByPath", "Resource": "*"}
    iam.put_user_policy(
        UserName="architect",
        PolicyName="regions",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [regions]}),
    )
    iam.put_user_policy(UserName="architect", PolicyName="reading", PolicyDocument=json.dumps(read_policy()))
    iam.put_user_policy(UserName="architect", PolicyName="change-set", PolicyDocument=whole)
    key = iam.create_access_key(UserName="architect")["AccessKey"]
    settings = {
        **emulator.environment,
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    yield
    iam.delete_access_key(UserName="architect", AccessKeyId=key["AccessKeyId"])
    for name in ("reading", "regions", "change-set"):
        iam.delete_user_policy(UserName="architect", PolicyName=name)
    iam.delete_user(UserName="architect")


def run(*words: str, requirements: bytes | None = None) -> Result:
    content = requirements or rules.story_bytes("async-coupling")
    return CliRunner().invoke(cli, ["preflight", "-", "--format", "json", *words], input=content)


def states(result: Result, check: str) -> list[str]:
    return [finding["state"] for finding in json.loads(result.stdout)["findings"] if finding["check"] == check]


@pytest.mark.usefixtures("signed_in")
def test_the_documented_policies_suffice_and_no_resource_is_left(emulator: Emulator) -> None:
    result = run("--change-set", BUCKET, "--parameter", "AlarmEmail=me@example.com")
    assert states(result, "identity") == ["fine"]
    assert states(result, "change-set") == ["fine"]
    assert set(states(result, "name")) == {"fine"}
    assert "not allowed to call" not in result.stdout
    assert "Contents" not in emulator.client("s3").list_objects_v2(Bucket=BUCKET)
    stacks = emulator.client("cloudformation").list_stacks()["StackSummaries"]
    assert {stack["StackStatus"] for stack in stacks} <= {"DELETE_COMPLETE"}


@pytest.mark.usefixtures("signed_in")
def test_the_stack_in_us_east_1_needs_no_more_and_leaves_nothing(emulator: Emulator) -> None:
    site = (tools.ROOT / "tests" / "blueprints" / "requirements" / "site-waf.yaml").read_bytes()
    result = run(
        "--change-set", BUCKET, "--parameter", "AlarmEmail=me@example.com", "--stack-name", "shop", requirements=site
    )
    findings = json.loads(result.stdout)["findings"]
    edge = {(finding["check"], finding["state"]) for finding in findings if "edge/template.yaml" in finding["about"]}
    assert {("name", "fine"), ("change-set", "fine")} <= edge, result.stdout
    assert "not allowed to call" not in result.stdout
    assert "Contents" not in emulator.client("s3").list_objects_v2(Bucket=BUCKET)
    keys = {
        "aws_access_key_id": tools.OFFLINE["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": tools.OFFLINE["AWS_SECRET_ACCESS_KEY"],
    }
    client = boto3.client("cloudformation", region_name="us-east-1", endpoint_url=emulator.endpoint, **keys)
    stacks = client.list_stacks()["StackSummaries"]
    assert [stack["StackName"] for stack in stacks] == ["shop-edge-preflight"]
    assert {stack["StackStatus"] for stack in stacks} == {"DELETE_COMPLETE"}


@pytest.mark.usefixtures("signed_in")
def test_without_its_policy_each_check_says_what_is_missing(emulator: Emulator) -> None:
    emulator.client("iam").put_user_policy(
        UserName="architect",
        PolicyName="change-set",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Deny", "Action": ["s3:PutObject", "cloudformation:DescribeStacks"], "Resource": "*"}
        ]}),
    )  # fmt: skip
    result = run("--change-set", BUCKET, "--parameter", "AlarmEmail=me@example.com")
    assert result.exit_code == 1
    assert "The credentials are not allowed to call cloudformation:DescribeStacks" in result.stdout
    assert states(result, "identity") == ["fine"]
    assert states(result, "region")
