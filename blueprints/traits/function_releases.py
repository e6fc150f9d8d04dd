"""Gradual releases of functions through an alias that callers invoke.

Lambda sends some of the invocations of the alias to the new version, and CodeDeploy all of them some minutes later, or
none where the new version failed meanwhile (https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html,
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html, read 2026-11-27).
"""

from advisor.architecture import Node
from blueprints import settings

ALIAS = "live"
#: How the alias is called within the names of what is made for a function: SAM's transform calls it so.
ALIAS_PART = f"Alias{ALIAS}"
#: The policy by which CodeDeploy moves an alias and reads alarms, and nothing else.
POLICY = "service-role/AWSCodeDeployRoleForLambdaLimited"
DURABLE, MANAGED = "lambda-durable", "lambda-managed-instances"


def published(node: Node) -> bool:
    """Return whether a function is invoked by its alias; Managed Instances publish a version of their own by themselves."""
    return node.service == "lambda" and settings.word(node, "variant") != MANAGED


def shifted(node: Node) -> bool:
    """Return whether invocations move to a new version step by step.

    Those of a durable function do not: an execution runs for days, and keeps the version that it began with.
    """
    return published(node) and settings.word(node, "variant") != DURABLE
