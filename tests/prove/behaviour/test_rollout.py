"""The check `rollout`: what keeps a new version of a function from taking over step by step is found."""

import pytest

from tests.prove.behaviour.planting import Fault, Resources, id_of, one_of, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK = "rollout"
FUNCTION, GROUP = "AWS::Lambda::Function", "AWS::CodeDeploy::DeploymentGroup"


@pytest.mark.parametrize("name", ["dynamic-web-api", "realtime-chat", "approval", "durable", "web-application"])
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


def replaced_for_all(resources: Resources) -> None:
    del resources[id_of(resources, "AWS::Lambda::Alias", "ApiFunction")]["UpdatePolicy"]


def at_once(resources: Resources) -> None:
    one_of(resources, GROUP)["DeploymentConfigName"] = "CodeDeployDefault.LambdaAllAtOnce"


def unwatched(resources: Resources) -> None:
    del one_of(resources, GROUP)["AlarmConfiguration"]


def watched_as_a_whole(resources: Resources) -> None:
    alarms = one_of(resources, GROUP)["AlarmConfiguration"]["Alarms"]
    alarms[0]["Name"] = {"Ref": id_of(resources, "AWS::CloudWatch::Alarm", "ApiFunctionErrorsAlarm")}


def share_of_the_whole(resources: Resources) -> None:
    """The invocations are those of all versions, of which a tenth are of the new one."""
    metric = one_of(resources, "AWS::CloudWatch::Alarm", "ApiFunctionNewVersionErrorsAlarm")["Metrics"][1]["MetricStat"]
    metric["Metric"]["Dimensions"] = metric["Metric"]["Dimensions"][:1]


def disabled(resources: Resources) -> None:
    one_of(resources, GROUP)["AlarmConfiguration"]["Enabled"] = False


def goes_on(resources: Resources) -> None:
    one_of(resources, GROUP)["AutoRollbackConfiguration"]["Events"] = ["DEPLOYMENT_FAILURE"]


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (replaced_for_all, "not-gradual"),
        (at_once, "all-at-once"),
        (unwatched, "release-unwatched"),
        (watched_as_a_whole, "release-unwatched"),
        (share_of_the_whole, "release-unwatched"),
        (disabled, "release-unwatched"),
        (goes_on, "no-rollback"),
    ],
)
def test_a_fault_of_a_release_is_found(stories: Stories, fault: Fault, rule: str) -> None:
    assert rules_with(stories.project("dynamic-web-api"), CHECK, fault) == {rule}


def unqualified(type: str, property: str, part: str = "") -> Fault:
    """Return what lets a caller name a function without its alias."""

    def plant(resources: Resources) -> None:
        function = id_of(resources, FUNCTION, part)
        caller = next(
            resource["Properties"]
            for resource in resources.values()
            if resource["Type"] == type and f"{function}Alias" in str(resource["Properties"].get(property))
        )
        caller[property] = {"Fn::GetAtt": [function, "Arn"]}

    return plant


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("web-application", unqualified("AWS::ApiGatewayV2::Integration", "IntegrationUri")),
        ("web-application", unqualified("AWS::Lambda::Permission", "FunctionName")),
        ("mass-messages", unqualified("AWS::Lambda::EventSourceMapping", "FunctionName")),
    ],
)
def test_a_caller_that_goes_past_the_alias_is_found(stories: Stories, name: str, fault: Fault) -> None:
    assert rules_with(stories.project(name), CHECK, fault) == {"past-the-alias"}


def test_calls_are_read_through_aliases(stories: Stories) -> None:
    evidence = stories.project("dynamic-web-api").evidence
    aliases = [resource.id for resource in evidence.stack.of_type("AWS::Lambda::Alias")]
    apis = str([dict(api.properties) for api in evidence.stack.of_type("AWS::ApiGateway::RestApi")])
    assert aliases
    assert all(f"${{{alias}}}" not in apis for alias in aliases)
    assert "${ApiFunction.Arn}" in apis
