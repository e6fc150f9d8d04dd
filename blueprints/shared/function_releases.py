"""Gradual releases of functions: CodeDeploy shifts invocations to a new version, and rolls back on its alarm."""

from blueprints.plan.monitoring.release_alarms import release_alarm
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Json, Scope
from blueprints.traits.function_releases import ALIAS, ALIAS_PART, POLICY
from blueprints.values import Att, Ref, Value, joined

ROLE = "FunctionReleaseRole"
GROUP = "cloud"
PUBLISHED: Json = {"AutoPublishAlias": ALIAS, "AutoPublishAliasAllProperties": True}


def alias_of(function: str) -> Ref:
    """Return the alias of a function by the function's logical id."""
    return Ref(f"{function}{ALIAS_PART}")


def name_with_alias(function: str) -> Value:
    """Return the name by which a program invokes a function through its alias, and the dimension value of the alias in metrics."""
    return joined(Ref(function), f":{ALIAS}")


def version_of(function: str) -> Att:
    """Return the version of a function that a deployment publishes."""
    return Att(function, "Version.Version")


def gradual_release(scope: Scope, name: str) -> Json:
    """Return the properties by which a new version takes over step by step; `name` begins the name of its alarm.

    The role by which CodeDeploy does it is one for all functions.
    """
    if ROLE not in scope.resources:
        role(scope, ROLE, trust("codedeploy.amazonaws.com", confined=True), [], group=GROUP, policies=[POLICY])
    preference = {"Type": Ref("FunctionRollout"), "Alarms": [Ref(release_alarm(name))], "Role": Att(ROLE, "Arn")}
    return {**PUBLISHED, "DeploymentPreference": preference}
