"""Claims about how functions are released, and what invokes the release."""

import re
from collections.abc import Iterator

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.references import named

_TAKEN = re.compile(r"DeploymentPreference:\s+Type: !Ref (\w+)")
_ROLLOUT = "FunctionRollout"


@claim("transform-takes-the-rollout")
def rollout(evidence: Evidence) -> Iterator[Untrue]:
    """The template before the SAM transform selects the release type with the parameter, and the remainder contains its value.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deploymentpreference.html
    (2026-11-27).
    """
    file = evidence.folder / "template.yaml"
    text = file.read_text("utf-8") if file.exists() else ""
    if f"  {_ROLLOUT}:" in text and _ROLLOUT not in _TAKEN.findall(text):
        yield _ROLLOUT, "The template asks for the parameter, and uses it nowhere."


@claim("topics-invoke-released-functions")
def subscribed(evidence: Evidence) -> Iterator[Untrue]:
    """A subscription of Lambda names the alias of a function, and its topic may invoke that alias.

    The reference of an alias is its ARN, which SNS accepts:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html (2026-11-29).
    """
    stack = evidence.stack_as_released
    aliases = {alias.id for alias in stack.of_type("AWS::Lambda::Alias")}
    allowed = {
        (topic, function)
        for permission in stack.of_type("AWS::Lambda::Permission")
        if permission.properties.get("Principal") == "sns.amazonaws.com"
        for topic in named(permission.properties.get("SourceArn"))
        for function in named(permission.properties.get("FunctionName"))
    }
    for subscription in stack.of_type("AWS::SNS::Subscription"):
        endpoints = named(subscription.properties.get("Endpoint"))
        if subscription.properties.get("Protocol") != "lambda" or not endpoints & aliases:
            continue
        topics = named(subscription.properties.get("TopicArn"))
        if not any((topic, endpoint) in allowed for topic in topics for endpoint in endpoints):
            yield subscription.id, "The topic may not invoke the alias that it is subscribed with."
