"""A second release takes the place of the first, while one of the two answers, and leaves a way back.

* ECS starts and stops tasks between `MinimumHealthyPercent`, rounded up, and `MaximumPercent`, rounded down
  (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html, read 2026-11-27).
* A lifecycle policy of ECR expires images that are in use as any other
  (https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html, read 2026-11-27).
* Changes of an HTTP API reach a stage by a deployment, which `AutoDeploy` makes
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html, read 2026-11-27).
* CloudFormation refuses to replace a resource that has a name of its own, and a name is there once in an account
  (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html, read 2026-11-27).
* An execution of a durable function goes on with the version that it began with, where it was started by one
  (https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html, read 2026-11-27).
* A disruption budget that allows none keeps every node from being drained
  (https://kubernetes.io/docs/tasks/run-application/configure-pdb/, read 2026-11-27).
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.manifests import manifests
from prove.behaviour.references import named, resource_named
from prove.behaviour.services import scalers, services
from prove.readback.stack import Resource
from prove.readback.values import references

FUNCTION, REPOSITORY, STAGE = "AWS::Lambda::Function", "AWS::ECR::Repository", "AWS::ApiGatewayV2::Stage"
TASK = "AWS::ECS::TaskDefinition"
#: The image that runs, and the one that takes its place.
LEAST_IMAGES = 2
#: Types whose name is there once in an account and a Region -> the property that holds it.
_NAMES: Mapping[str, str] = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Kinesis::Stream": "Name",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::EKS::Cluster": "Name",
    "AWS::IAM::Role": "RoleName",
    "AWS::RDS::DBCluster": "DBClusterIdentifier",
    "AWS::RDS::DBInstance": "DBInstanceIdentifier",
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield causes that prevent a second release from replacing the first."""
    yield from _revisions(evidence)
    yield from _rolling(evidence)
    for repository in evidence.stack.of_type(REPOSITORY):
        yield from _images(repository)
    yield from _stages(evidence)
    for group in evidence.stack.of_type("AWS::AutoScaling::AutoScalingGroup"):
        version = str((group.properties.get("LaunchTemplate") or {}).get("Version", ""))
        if version.isdigit():
            message = f"New hosts are made of version {version} of the launch template for good."
            yield Problem("fixed-hosts", group.id, message, group.type)
    for resource in evidence.stack.of_type(*_NAMES):
        name = resource.properties.get(_NAMES[resource.type])
        if isinstance(name, str) and name and not list(references(name)):
            message = f"It is called {name} in every stack: there is one in an account, and none replaces it."
            yield Problem("fixed-name", resource.id, message, resource.type)
    yield from _versions(evidence)
    yield from _pods(evidence)


def _rolling(evidence: Evidence) -> Iterator[Problem]:
    for service in services(evidence):
        if service.is_express:
            continue
        deployment = service.resource.properties.get("DeploymentConfiguration", {})
        standing = max(1, service.standing)
        least = math.ceil(standing * int(deployment.get("MinimumHealthyPercent", 100)) / 100)
        most = math.floor(standing * int(deployment.get("MaximumPercent", 200)) / 100)
        if most <= least:
            message = f"Of {standing} tasks {least} have to run and {most} may: none can be replaced."
            yield Problem("no-room", service.resource.id, message, service.resource.type)
        # Messages wait in their queue meanwhile.
        held = service.limit and standing == 1
        if not least and not service.is_single and not held:
            message = f"A release may stop all {standing} tasks before it starts one."
            yield Problem("stops-everything", service.resource.id, message, service.resource.type)


def _revisions(evidence: Evidence) -> Iterator[Problem]:
    """Yield services that name a family: the name stays the same, so that CloudFormation detects no change."""
    for service in evidence.stack.of_type("AWS::ECS::Service"):
        if resource_named(evidence.stack, service.properties.get("TaskDefinition"), TASK) is None:
            message = "It names no revision of a task definition, so that no release of the stack updates it."
            yield Problem("no-revision", service.id, message, service.type)


def _images(repository: Resource) -> Iterator[Problem]:
    text = (repository.properties.get("LifecyclePolicy") or {}).get("LifecyclePolicyText", "{}")
    for rule in (json.loads(text) if isinstance(text, str) else text).get("rules", ()):
        selection = rule["selection"]
        tagged = selection["tagStatus"] != "untagged"
        if tagged and selection["countType"] == "imageCountMoreThan" and int(selection["countNumber"]) < LEAST_IMAGES:
            message = f"It keeps {selection['countNumber']} image: the one that runs expires when the next is pushed."
            yield Problem("image-expires", repository.id, message, REPOSITORY)


def _stages(evidence: Evidence) -> Iterator[Problem]:
    deployments = evidence.stack.of_type("AWS::ApiGatewayV2::Deployment")
    for stage in evidence.stack.of_type(STAGE):
        apis = named(stage.properties["ApiId"])
        deployed = any(apis & named(one.properties["ApiId"]) for one in deployments)
        if str(stage.properties.get("AutoDeploy", "false")).lower() != "true" and not deployed:
            yield Problem("not-deployed", stage.id, "No deployment brings the routes of a release to the stage.", STAGE)


def _versions(evidence: Evidence) -> Iterator[Problem]:
    """Yield unversioned starts of a durable function, and aliases that a settings change does not move."""
    stack = evidence.stack_as_released
    durable = {function.id for function in stack.of_type(FUNCTION) if function.properties.get("DurableConfig")}
    for function in stack.of_type(FUNCTION):
        for name, value in (function.properties.get("Environment", {}).get("Variables") or {}).items():
            if durable & named(value):
                message = f"{name} names no version: a sleeping execution goes on with the program of a later release."
                yield Problem("unversioned", function.id, message, FUNCTION)
    for rule in stack.of_type("AWS::Events::Rule"):
        if any(durable & named(target.get("Arn")) for target in rule.properties.get("Targets", ())):
            yield Problem("unversioned", rule.id, "It starts a durable function by no version.", rule.type)
    for id, definition in _source(evidence).items():
        settings = definition.get("Properties", {})
        if "AutoPublishAlias" in settings and settings.get("AutoPublishAliasAllProperties") is not True:
            message = "A release that changes its settings alone publishes no version, and the alias stays behind."
            yield Problem("unpublished", id, message, definition["Type"])


class _Tags(yaml.SafeLoader):
    """YAML with the short functions of CloudFormation, of which the names are not needed here."""


_Tags.add_multi_constructor("!", lambda loader, suffix, node: suffix)


def _source(evidence: Evidence) -> dict[str, Any]:
    """Return the resources of a SAM template before its transform, which leaves nothing of how a version is published."""
    file = evidence.folder / "template.yaml"
    if not file.exists():
        return {}
    template: dict[str, Any] = yaml.load(file.read_text("utf-8"), _Tags)
    resources: dict[str, Any] = template["Resources"]
    return resources


def _pods(evidence: Evidence) -> Iterator[Problem]:
    for manifest in manifests(evidence):
        name, spec = str(manifest["metadata"]["name"]), manifest.get("spec", {})
        if manifest["kind"] == "PodDisruptionBudget":
            none = str(spec.get("maxUnavailable", "")) in ("0", "0%") or str(spec.get("minAvailable", "")) == "100%"
            if none:
                yield Problem("no-disruption", f"kubernetes: {name}", "No pod may go, so that no node can be drained.")
        # One pod that keeps state may have no other beside it, not even while it is replaced.
        many = any(scaler.component.id == name and scaler.most > 1 for scaler in scalers(evidence))
        limited = any(
            scaler.component.id == name and scaler.component.answer("most_at_once") for scaler in scalers(evidence)
        )
        recreated = manifest["kind"] == "Deployment" and spec.get("strategy", {}).get("type") == "Recreate"
        if many and recreated and not limited:
            message = "A release ends all pods before it starts one."
            yield Problem("stops-everything", f"kubernetes: {name}", message)
