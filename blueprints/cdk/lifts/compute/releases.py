"""The aliases that functions are invoked by, and how CodeDeploy moves them to a new version."""

from collections.abc import Iterator
from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Resource
from blueprints.cdk.lifting.short_forms import ROLLED_BACK
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import codedeploy, lambda_
from blueprints.cdk.tree import THIS, Expr, Let
from blueprints.values import Att, Ref

FUNCTION = "AWS::Lambda::Function"
ALIAS = "AWS::Lambda::Alias"
GROUP = "AWS::CodeDeploy::DeploymentGroup"
_VERSION = "AWS::Lambda::Version"
_APPLICATION = "AWS::CodeDeploy::Application"
_WHY_VERSIONS = Text(
    "An execution runs to its end on the version with which it started, so old versions are retained.",
    "実行は開始時のバージョンで最後まで動作するため、古いバージョンを保持します。",
)
_WHY_ALIAS = Text(
    "Callers invoke the alias. CodeDeploy shifts it to a new version; old versions are retained for rollback.",
    "呼び出し元はエイリアスを呼び出します。CodeDeploy がエイリアスを新しいバージョンに切り替え、古いバージョンはロールバック用に保持します。",
)


def is_invoked(lifter: Lifter, value: Any) -> bool:
    """Return whether a value invokes a function of the stack: its ARN, or its alias."""
    return lifter.is_of_type(value, FUNCTION) or lifter.is_of_type(value, ALIAS)


def invoked(lifter: Lifter, value: Any, attribute: str = "Arn") -> Expr:
    """Return the construct that a value invokes: an alias, or the function that has this attribute."""
    if lifter.is_of_type(value, ALIAS):
        return lifter.construct(value, ALIAS)
    return lifter.construct(value, FUNCTION, attribute)


def names_of(value: Ref | Att) -> tuple[Ref | Att, ...]:
    """Return the forms in which a permission can name a function: an alias, a name or an ARN."""
    return (value,) if isinstance(value, Ref) else (Ref(value.resource), value)


def uri_names(lifter: Lifter) -> Iterator[Ref | Att]:
    """Yield the targets that API Gateway URIs invoke: each alias and each function."""
    yield from (Ref(alias.id) for alias in lifter.of_type(ALIAS))
    yield from (Att(function.id, "Arn") for function in lifter.of_type(FUNCTION))


def _group(lifter: Lifter, alias: Resource) -> Iterator[Resource]:
    """Yield the group of deployments that moves an alias."""
    name = f"{getattr(alias.properties.get('FunctionName'), 'name', '')}DeploymentGroup"
    yield from (group for group in lifter.of_type(GROUP) if group.id == name)


@lift(ALIAS, ref="function_arn", absorbs=(_group,))
def alias(lifter: Lifter, resource: Resource) -> Statements:
    """A function alias with its CodeDeploy deployment group."""
    function_name = resource.take("FunctionName")
    function = lifter.construct(function_name, FUNCTION)
    version = resource.take("FunctionVersion")
    versions = lifter.resources[function_name.name].of_type(_VERSION)
    if version not in [Att(version_resource.id, "Version") for version_resource in versions]:
        resource.refuse("FunctionVersion", version)
    groups = resource.of_type(GROUP)
    construct = lambda_.Alias(THIS, resource.id, alias_name=resource.take("Name"), version=function.current_version)
    yield Let(lifter.name(resource), construct, _WHY_ALIAS if groups else _WHY_VERSIONS)
    for group in groups:
        application = group.take("ApplicationName")
        moved = {"ApplicationName": application, "DeploymentGroupName": Ref(group.id)}
        policies = resource.policies()
        if policies != {"UpdatePolicy": {"CodeDeployLambdaAliasUpdate": moved}}:
            resource.refuse("UpdatePolicy", policies)
        yield _deployment_group(lifter, resource, group, application)


def _deployment_group(lifter: Lifter, alias: Resource, group: Resource, application: Any) -> Let:
    """Return the deployment group; monitoring adds its alarms."""
    events = group.part("AutoRollbackConfiguration")
    events.expect("Enabled", True)
    events.expect("Events", ROLLED_BACK)
    style = group.part("DeploymentStyle")
    style.expect("DeploymentType", "BLUE_GREEN")
    style.expect("DeploymentOption", "WITH_TRAFFIC_CONTROL")
    watched = group.part("AlarmConfiguration")
    watched.expect("Enabled", True)
    watched.take("Alarms")
    config = codedeploy.LambdaDeploymentConfig.from_lambda_deployment_config_name(
        THIS, f"{group.id}Config", lifter.value(group.take("DeploymentConfigName"))
    )
    construct = codedeploy.LambdaDeploymentGroup(
        THIS,
        group.id,
        application=lifter.construct(application, _APPLICATION),
        alias=lifter.ref(alias),
        deployment_config=config,
        role=role_by_arn(lifter, group.take("ServiceRoleArn")),
        auto_rollback=codedeploy.AutoRollbackConfig(
            failed_deployment=True, stopped_deployment=True, deployment_in_alarm=True
        ),
    )
    return Let(lifter.name(group), construct)


@lift(_APPLICATION, ref="application_name")
def application(lifter: Lifter, resource: Resource) -> Statements:
    """The CodeDeploy application of all functions."""
    resource.expect("ComputePlatform", "Lambda")
    yield Let(lifter.name(resource), codedeploy.LambdaApplication(THIS, resource.id))
