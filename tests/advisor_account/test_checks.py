"""Each check against an account whose answers are written down: what is fine, what would block, what was not answered."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError, SSOTokenLoadError

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import EMPTY
from advisor_account.data import table
from advisor_account.names import check_names, resolve
from advisor_account.outcome import Outcome, Unanswered
from advisor_account.quotas import Need, check_quotas, quota_needs
from advisor_account.regions import check_resource_types, check_services
from advisor_account.session import Account, open_account
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.sam.translation import translate_template, types_of
from tests.advisor_account.scripted import NUMBER, REGION, Script, scripted

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
VPCS = {"service": "vpc", "code": "L-F678F1CE", "name": {"en": "VPCs", "ja": "VPC"},
        "count": {"client": "ec2", "operation": "describe_vpcs", "list": "Vpcs"}}  # fmt: skip
CONCURRENCY = {"service": "lambda", "code": "L-B99A9384", "name": {"en": "Concurrency", "ja": "同時実行"}}
USAGE = {
    "MetricNamespace": "AWS/Usage",
    "MetricName": "ConcurrentExecutions",
    "MetricDimensions": {"Service": "Lambda"},
    "MetricStatisticRecommendation": "Maximum",
}


def quota(value: float, **more: Any) -> dict[str, Any]:
    return {"Quota": {"Value": value, "Adjustable": True, **more}}


def asked(script: Script, row: Mapping[str, Any], amount: float) -> Outcome:
    (found,) = check_quotas(script.account, [Need(row, amount, "count", EMPTY)], NOW)
    return found


@pytest.mark.parametrize(("there", "state"), [(3, "fine"), (4, "fine"), (5, "blocked")])
def test_a_quota_holds_what_is_there_and_what_is_needed(there: int, state: str) -> None:
    with scripted() as script:
        script.answer(
            "service-quotas", "get_service_quota", quota(5), {"ServiceCode": "vpc", "QuotaCode": "L-F678F1CE"}
        )
        script.answer("ec2", "describe_vpcs", {"Vpcs": [{"VpcId": f"vpc-{n}"} for n in range(there)]})
        found = asked(script, VPCS, 1)
    assert found.state == state
    assert found.words.en.startswith(f"Takes 1, besides {there} in use; the quota is 5.")
    assert ("Request an increase before you deploy." in found.words.en) == (state == "blocked")
    assert found.source.endswith("/services/vpc/quotas/L-F678F1CE")


@pytest.mark.parametrize(("peak", "state"), [(850.0, "fine"), (851.0, "blocked")])
def test_the_use_that_aws_publishes_counts(peak: float, state: str) -> None:
    with scripted() as script:
        script.answer("service-quotas", "get_service_quota", quota(1000, UsageMetric=USAGE))
        points = [{"Timestamp": NOW, "Maximum": 12.0}, {"Timestamp": NOW, "Maximum": peak}]
        script.answer("cloudwatch", "get_metric_statistics", {"Datapoints": points})
        assert asked(script, CONCURRENCY, 150).state == state


def test_a_rate_is_counted_over_its_period() -> None:
    usage = {**USAGE, "MetricStatisticRecommendation": "Sum"}
    with scripted() as script:
        period = {"PeriodValue": 1, "PeriodUnit": "SECOND"}
        script.answer("service-quotas", "get_service_quota", quota(100, UsageMetric=usage, Period=period))
        script.answer("cloudwatch", "get_metric_statistics", {"Datapoints": [{"Timestamp": NOW, "Sum": 300 * 60.0}]})
        found = asked(script, CONCURRENCY, 41)
    assert found.state == "blocked"
    assert "besides 60 in use" in found.words.en


def test_where_no_quota_is_applied_the_default_holds() -> None:
    with scripted() as script:
        script.refuse("service-quotas", "get_service_quota", "NoSuchResourceException")
        script.answer("service-quotas", "get_aws_default_service_quota", quota(1000))
        assert asked(script, CONCURRENCY, 1000).state == "fine"


def test_what_is_in_use_may_stay_unknown_and_the_rest_is_kept() -> None:
    with scripted() as script:
        script.answer("service-quotas", "get_service_quota", quota(5))
        script.refuse("ec2", "describe_vpcs", "UnauthorizedOperation")
        found = asked(script, VPCS, 1)
        assert found.state == "unknown"
        assert "the quota is 5" in found.words.en
        assert "ec2:DescribeVpcs" in found.words.en
        script.answer("service-quotas", "get_service_quota", quota(0))
        script.refuse("ec2", "describe_vpcs", "UnauthorizedOperation")
        assert asked(script, VPCS, 1).state == "blocked"


FAULTS = {
    "AccessDeniedException": "not allowed to call servicequotas:GetServiceQuota",
    "ExpiredTokenException": "The session has expired (servicequotas:GetServiceQuota)",
    "UnrecognizedClientException": "AWS does not accept these credentials in ap-northeast-1",
    "TooManyRequestsException": "throttled servicequotas:GetServiceQuota because of too many calls",
    "ServiceException": "AWS answered servicequotas:GetServiceQuota with ServiceException: It broke",
}


@pytest.mark.parametrize(("code", "words"), FAULTS.items())
def test_each_fault_is_a_sentence_of_its_own(code: str, words: str) -> None:
    with scripted() as script:
        script.refuse("service-quotas", "get_service_quota", code, "It broke")
        found = asked(script, VPCS, 1)
    assert found.state == "unknown"
    assert words in found.words.en
    assert any(ord(letter) > 0x3000 for letter in found.words.ja)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoCredentialsError(), "There are no credentials"),
        (SSOTokenLoadError(error_msg="gone"), "sign in again"),
        (
            EndpointConnectionError(endpoint_url="https://x"),
            "the Region does not exist, or this network has no route to it",
        ),
    ],
)
def test_each_fault_before_aws_is_a_sentence_too(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account(boto3.Session(), REGION)

    class Client:
        def get_caller_identity(self) -> None:
            raise error

    monkeypatch.setattr(account, "client", lambda service: Client())
    with pytest.raises(Unanswered) as found:
        account.call("sts", "get_caller_identity")
    assert words in found.value.text.en


def test_a_profile_that_is_not_there_and_a_region_that_nobody_names_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unanswered, match='there is no profile "nobody"'):
        open_account("nobody", None, "")
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(Unanswered, match="No Region is specified"):
        open_account(None, None, "")
    assert open_account(None, None, "eu-west-1").region == "eu-west-1"
    assert open_account(None, "us-east-1", "eu-west-1").region == "us-east-1"


def parameters(*services: str) -> dict[str, Any]:
    return {"Parameters": [{"Name": f"/x/{one}", "Value": one} for one in services]}


def test_a_region_is_held_against_the_services_that_aws_lists() -> None:
    types = ["AWS::Lambda::Function", "AWS::Pipes::Pipe", "AWS::CloudFormation::WaitConditionHandle"]
    with scripted() as script:
        script.answer("ssm", "get_parameters_by_path", parameters("lambda", "pipes", "sqs"))
        script.answer("ssm", "get_parameters_by_path", parameters("lambda"))
        script.answer("ssm", "get_parameters_by_path", parameters())
        script.refuse("ssm", "get_parameters_by_path", "AccessDeniedException")
        found = [one for _ in range(4) for one in check_services(script.account, types)]
    assert [one.state for one in found] == ["fine", "blocked", "unknown", "unknown"]
    assert "ap-northeast-1: pipes." in found[1].words.en


def test_the_shipped_table_knows_which_types_a_region_lacks() -> None:
    assert [one.state for one in check_resource_types(["AWS::Lambda::Function", "AWS::Pipes::Pipe"], REGION)] == [
        "fine"
    ]
    (lacking,) = check_resource_types(["AWS::Lambda::Function", "AWS::Pipes::Pipe"], "us-gov-east-1")
    assert (lacking.state, lacking.about.en) == ("warned", "AWS::Pipes::Pipe")
    (nowhere,) = check_resource_types(["AWS::Lambda::Function"], "xx-nowhere-1")
    assert nowhere.state == "unknown"
    (strange,) = check_resource_types(["AWS::Lambda::Functions"], REGION)
    assert strange.state == "unknown"


TEMPLATE = {
    "Resources": {
        "A": {"Type": "AWS::StepFunctions::StateMachine",
              "Properties": {"StateMachineName": {"Fn::Sub": "${AWS::StackName}-report"}}},
        "B": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}},
        "C": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "D": {"Type": "AWS::EKS::Cluster", "Properties": {"Name": {"Ref": "AWS::StackName"}}},
    }
}  # fmt: skip
MACHINE = {"stateMachineArn": "a", "type": "STANDARD", "creationDate": NOW}


def test_names_that_are_taken_block_a_deployment() -> None:
    with scripted() as script:
        script.refuse("cloudformation", "describe_stacks", "ValidationError", "Stack with id shop does not exist")
        script.answer("stepfunctions", "list_state_machines", {"stateMachines": [{**MACHINE, "name": "shop-report"}]})
        urls = {"QueueUrls": [f"https://sqs/{NUMBER}/orders-of-others"]}
        script.answer("sqs", "list_queues", urls, {"QueueNamePrefix": "orders"})
        script.refuse("eks", "list_clusters", "AccessDeniedException")
        found = list(check_names(script.account, TEMPLATE, "shop", NUMBER))
    assert [(one.about.en, one.state) for one in found] == [
        ("Stack shop", "fine"),
        ("AWS::StepFunctions::StateMachine shop-report", "blocked"),
        ("AWS::SQS::Queue orders", "fine"),
        ("AWS::EKS::Cluster shop", "unknown"),
    ]


def test_a_stack_of_the_name_is_told_of() -> None:
    stack = {"StackName": "shop", "CreationTime": NOW, "StackStatus": "CREATE_COMPLETE"}
    with scripted() as script:
        script.answer("cloudformation", "describe_stacks", {"Stacks": [stack]})
        (found,) = check_names(script.account, {"Resources": {}}, "shop", NUMBER)
    assert found.state == "warned"


def test_a_name_that_only_a_deployment_knows_is_not_asked_for() -> None:
    given = {"AWS::StackName": "shop"}
    assert resolve({"Fn::Sub": "${AWS::StackName}-${Environment}"}, given) is None
    assert resolve({"Ref": "Environment"}, given) is None
    assert resolve({"Fn::Join": ["", ["a"]]}, given) is None
    assert resolve(None, given) is None


@pytest.mark.parametrize("story", rules.STORIES)
def test_every_type_and_name_of_a_story_is_in_the_tables(story: str, designs: Mapping[str, Design]) -> None:
    template = translate_template(
        sam.files(plan_for(designs[story]), "en"), REGION, code="s3://bucket/code.zip", image="image:1"
    )
    services = table("services.yaml")["services"]
    for type in types_of(template):
        assert type in table("regions.json")["missing"], f"run .ci/regions.py: {type}"
        assert type.split("::")[1] in services, f"advisor_account/services.yaml: {type}"
    given = {"AWS::StackName": "s", "AWS::Region": REGION, "AWS::AccountId": NUMBER}
    unique = {"AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi"}
    for resource in template["Resources"].values():
        named = {k: v for k, v in resource.get("Properties", {}).items() if k in _own_names(resource["Type"])}
        if any(resolve(v, given) for v in named.values()) and resource["Type"] not in unique:
            assert resource["Type"] in table("names.yaml")["names"], (
                f"advisor_account/names.yaml: {resource['Type']} {named}"
            )


def _own_names(type: str) -> set[str]:
    """The properties by which CloudFormation's schema tells resources of a type apart, if they are names."""
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, type).schema
    identifier = schema.get("primaryIdentifier", [])
    return {one.rpartition("/")[2] for one in identifier} if len(identifier) == 1 else set()


def test_needs_are_the_budgets_and_the_number_of_resources(designs: Mapping[str, Design]) -> None:
    plan = plan_for(designs["web-application"])
    template = translate_template(sam.files(plan, "en"), REGION, code="s3://bucket/code.zip", image="image:1")
    found = {need.row["code"]: need.amount for need in quota_needs(plan.architecture, template)}
    budgets = [b.have for e in plan.architecture.edges for b in e.budgets if b.source == "lambda-concurrency-default"]
    assert found["L-B99A9384"] == sum(budgets) > 0
    assert found["L-F678F1CE"] == 1
    assert found["L-DC2B2D3D"] == sum(r["Type"] == "AWS::S3::Bucket" for r in template["Resources"].values())


def test_every_call_of_the_tables_is_one_that_botocore_knows() -> None:
    session = boto3.Session(region_name=REGION)
    rows = [row["count"] for row in table("quotas.yaml")["quotas"] if "count" in row]
    for row in (*rows, *table("names.yaml")["names"].values()):
        client = session.client(row["client"])
        operation = client.meta.method_to_api_mapping[row["operation"]]
        shape = client.meta.service_model.operation_model(operation)
        asked = {*row.get("arguments", {}), *([row["prefix"]] if "prefix" in row else [])}
        assert asked <= set(shape.input_shape.members if shape.input_shape else ())
        assert row["list"].split("[")[0] in shape.output_shape.members


def test_every_quota_rests_on_a_fact_of_the_book_or_on_types() -> None:
    book = rules.load_book()
    for row in table("quotas.yaml")["quotas"]:
        assert ("fact" in row) != ("types" in row)
        assert row.get("fact", "lambda-concurrency-default") in book.facts
        assert set(row.get("types", ())) <= set(table("regions.json")["missing"])


def test_services_and_workers_on_fargate_are_added_up(book: Book) -> None:
    pins = {"compute": "ecs", "engine": "fargate"}
    shops = [
        {"id": id, "trigger": "request", "pins": pins, "typical_run_s": 1, "rate_peak_rps": peak}
        for id, peak in (("shop", 50), ("hall", 40))
    ]
    design = advise(make_requirements({"components": shops}), book)
    found = {need.row["code"]: need.amount for need in quota_needs(design.architecture, {"Resources": {}})}
    assert found["L-3032A538"] == 8.5
