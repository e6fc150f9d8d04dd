"""A new version of a function is released gradually and rolled back on failure.

* If an alias has two versions, Lambda sends some invocations to each. CodeDeploy shifts the alias during a stack
  update, and shifts it back if an alarm of its deployment group goes into ALARM
  (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html,
  https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-groups-configure-advanced-options.html, read
  2026-11-27).
* A caller that invokes the function without the alias gets the newest code at once.
* Executions of durable functions keep their version, and Lambda publishes a version of its own for Managed Instances
  (https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-version-publishing.html, read 2026-11-27).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.aliases import ALIAS, GROUP, VERSION, functions_by_alias
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.metric_math import on_single_metrics
from prove.behaviour.references import ids_in, named
from prove.readback import Stack
from prove.readback.stack import Resource
from prove.readback.values import texts

FUNCTION, URL, ALARM = "AWS::Lambda::Function", "AWS::Lambda::Url", "AWS::CloudWatch::Alarm"
#: Types that invoke functions, or let others invoke them.
_CALLERS = (
    "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Authorizer",
    "AWS::AppSync::DataSource", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::Events::Rule", "AWS::IAM::Role",
    "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Permission", "AWS::Pipes::Pipe", "AWS::S3::Bucket",
    "AWS::SNS::Subscription", "AWS::Scheduler::Schedule", "AWS::StepFunctions::StateMachine", URL,
)  # fmt: skip
_ON_ALARM = "DEPLOYMENT_STOP_ON_ALARM"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield functions without gradual releases, with callers that bypass the alias, or without an alarm for the rollback."""
    stack = evidence.stack_as_released
    moved = {alias.id: _group(stack, alias) for alias in stack.of_type(ALIAS)}
    gradual = {function for alias, function in functions_by_alias(stack).items() if moved[alias] is not None}
    for function in stack.of_type(FUNCTION):
        kept = "DurableConfig" in function.properties or "CapacityProviderConfig" in function.properties
        if not kept and function.id not in gradual and _is_invoked(evidence.stack, function):
            yield Problem("not-gradual", function.id, "A release replaces it for all callers at once.", FUNCTION)
    for caller in stack.of_type(*_CALLERS, FUNCTION):
        if past := sorted(gradual & set(_unqualified(caller))):
            message = f"It goes past the alias of {', '.join(past)}: a release reaches it at once."
            yield Problem("past-the-alias", caller.id, message, caller.type)
    for group in filter(None, moved.values()):
        yield from _group_problems(stack, group)


def _group(stack: Stack, alias: Resource) -> Resource | None:
    """Return the group of deployments that moves an alias."""
    policy = alias.update_policies.get("UpdatePolicy")
    update = policy.get("CodeDeployLambdaAliasUpdate", {}) if isinstance(policy, dict) else {}
    ids = ids_in(update.get("DeploymentGroupName"))
    return next((stack.resources[id] for id in ids if id in stack.resources), None)


def _is_invoked(stack: Stack, function: Resource) -> bool:
    """Return whether anything in the template invokes a function, so that callers have to be protected."""
    callers = stack.of_type(*(type for type in _CALLERS if type != "AWS::IAM::Role"))
    return any(function.id in named(dict(caller.properties)) for caller in callers)


def _unqualified(caller: Resource) -> Iterator[str]:
    """Yield references to functions that callers use without the alias."""
    properties = dict(caller.properties)
    if caller.type == FUNCTION:
        variables = (properties.get("Environment") or {}).get("Variables") or {}
        values = [value for value in variables.values() if isinstance(value, str)]
        yield from (id for value in values if value.endswith("}") for id in ids_in(value))
        return
    if caller.type == URL and properties.get("Qualifier"):
        return
    if caller.type == "AWS::IAM::Role":
        allowed = [one for one in properties.get("Statements", ()) if "lambda:InvokeFunction" in one.get("Action", ())]
        properties = {"Statements": [one["Resource"] for one in allowed]}
    yield from (id for text in texts(properties) for id in ids_in(text))


def _group_problems(stack: Stack, group: Resource) -> Iterator[Problem]:
    """Yield why a group of deployments does not take a failing version back."""
    if str(group.properties.get("DeploymentConfigName")).endswith("AllAtOnce"):
        yield Problem("all-at-once", group.id, "Every invocation gets the new version at once.", GROUP)
    rollback = group.properties.get("AutoRollbackConfiguration") or {}
    if not _enabled(rollback, default="false") or _ON_ALARM not in rollback.get("Events", ()):
        yield Problem("no-rollback", group.id, "An alarm does not take the release back.", GROUP)
    watching = group.properties.get("AlarmConfiguration") or {}
    ids = [id for alarm in watching.get("Alarms", ()) for id in ids_in(alarm.get("Name"))]
    alarms = [stack.resources[id] for id in ids if id in stack.resources and stack.resources[id].type == ALARM]
    if not _enabled(watching, default="true") or not any(_of_version(stack, alarm) for alarm in alarms):
        message = "None of its alarms counts the errors of the new version."
        yield Problem("release-unwatched", group.id, message, GROUP)


def _enabled(settings: Mapping[str, Any], *, default: str) -> bool:
    return str(settings.get("Enabled", default)).lower() == "true"


def _of_version(stack: Stack, alarm: Resource) -> bool:
    """Return whether an alarm counts the errors of the version that a release publishes, and nothing of another."""
    values = [(one.properties.get("Dimensions") or {}).get("ExecutedVersion") for one in on_single_metrics(alarm)]
    named_by = [[id for id in ids_in(value) if id in stack.resources] for value in values]
    versions = all(any(stack.resources[id].type == VERSION for id in ids) for ids in named_by)
    return versions and any(one.properties.get("MetricName") == "Errors" for one in on_single_metrics(alarm))
