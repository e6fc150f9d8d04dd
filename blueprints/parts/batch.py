"""Jobs on AWS Batch: a compute environment that scales to zero, a job queue and a job definition."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.plan import Program
from blueprints.shared.arrivals import ARRIVAL_ATTRIBUTES
from blueprints.shared.containers import (
    EXECUTION_POLICY,
    PRINCIPAL,
    environment,
    family,
    family_of,
    image,
    log_configuration,
    platform,
)
from blueprints.shared.failed_work import record_failures
from blueprints.shared.logs import log_group
from blueprints.shared.outside_effects import EFFECT_ATTRIBUTES
from blueprints.shared.roles import role, trust
from blueprints.stack.registry import connection, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import batch, ec2
from blueprints.values import Att, Ref, arn, joined


@service(
    "batch",
    arn=lambda scope, node: Ref(f"{scope.name(node.id)}Definition"),
    job_definition_name=family_of,
    job_definition_arn_without_revision=lambda scope, node: arn(
        "batch", joined("job-definition/", family_of(scope, node))
    ),
    job_queue_arn=lambda scope, node: Ref(f"{scope.name(node.id)}Queue"),
    jobs_arn=lambda _scope, _node: arn("batch", "job"),
    any=lambda _scope, _node: "*",
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
    **EFFECT_ATTRIBUTES,
    **ARRIVAL_ATTRIBUTES,
)
def job_definition(scope: Scope, node: Node) -> None:
    """A job definition with its two roles, a job queue and its compute environment."""
    program = scope.plan.program(node.id)
    assert program is not None
    id = scope.name(node.id)
    scope.mains[node.id] = f"{id}Definition"
    log_group(scope, f"{id}Logs", node=node.id)
    role(scope, f"{id}Role", trust(PRINCIPAL, confined=True), scope.statements(node.id), node=node.id)
    role(scope, f"{id}ExecutionRole", trust(PRINCIPAL, confined=True), [], node=node.id, policies=[EXECUTION_POLICY])
    scope.add(f"{id}Definition", "AWS::Batch::JobDefinition", _definition(scope, program), node=node.id)
    if batch.on_hosts(node):
        _hosts(scope, node)
    environment: Json = {
        "Type": "MANAGED",
        "State": "ENABLED",
        "ReplaceComputeEnvironment": False,
        "ComputeResources": _resources(scope, node),
    }
    scope.add(f"{id}Environment", "AWS::Batch::ComputeEnvironment", environment, node=node.id)
    queue = {
        "Priority": batch.QUEUE_PRIORITY,
        "State": "ENABLED",
        "ComputeEnvironmentOrder": [{"Order": 1, "ComputeEnvironment": Ref(f"{id}Environment")}],
    }
    scope.add(f"{id}Queue", "AWS::Batch::JobQueue", queue, node=node.id)
    scope.output(f"{id}QueueArn", Ref(f"{id}Queue"), "ARN of the job queue")
    words = "ARN of the job definition"
    scope.output(f"{id}DefinitionArn", Ref(f"{id}Definition"), words)


@connection(["batch"], "dead-letter", ["dead-letter-queue"])
def failed_jobs(scope: Scope, edge: Edge) -> None:
    """Record the failed jobs of the queue: nobody waits for their results.

    https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html (read 2026-11-30)
    """
    detail: Json = {"status": ["FAILED"], "jobQueue": [scope.of(edge.source, "job-queue-arn")]}
    record_failures(scope, edge, "aws.batch", "Batch Job State Change", detail)


def _definition(scope: Scope, program: Program) -> Json:
    node = program.node
    return {
        "Type": "container",
        "JobDefinitionName": family(program),
        "PlatformCapabilities": ["EC2" if batch.on_hosts(node) else "FARGATE"],
        "PropagateTags": True,
        "RetryStrategy": batch.retry_strategy(scope.architecture, node),
        "Timeout": {"AttemptDurationSeconds": batch.timeout_s(node)},
        "ContainerProperties": _container(scope, program),
    }


def _container(scope: Scope, program: Program) -> Json:
    node, id = program.node, scope.name(program.node.id)
    requirements = {"MEMORY": str(settings.number(node, "task_memory_mib")), "VCPU": batch.vcpus(node)}
    if settings.flag(node, "gpu"):
        requirements["GPU"] = "1"
    container: Json = {
        "Image": image(program),
        "JobRoleArn": Att(f"{id}Role", "Arn"),
        "ExecutionRoleArn": Att(f"{id}ExecutionRole", "Arn"),
        "ResourceRequirements": [{"Type": type, "Value": value} for type, value in requirements.items()],
        **({} if ec2.windows(node) else {"LinuxParameters": {"InitProcessEnabled": True}}),
        "LogConfiguration": log_configuration(scope, program),
        **environment(scope, program),
    }
    if batch.on_hosts(node):
        return {**container, **({"Privileged": True} if settings.flag(node, "privileged") else {})}
    return container | _on_fargate(node)


def _on_fargate(node: Node) -> Json:
    properties: Json = {
        "FargatePlatformConfiguration": {"PlatformVersion": "LATEST"},
        "NetworkConfiguration": {"AssignPublicIp": "DISABLED"},
        "RuntimePlatform": platform(node),
    }
    disk_gib = -(-settings.number(node, "disk_mib") // 1024)
    if disk_gib > 20:
        properties["EphemeralStorage"] = {"SizeInGiB": min(200, disk_gib)}
    return properties


def _resources(scope: Scope, node: Node) -> Json:
    id = scope.name(node.id)
    properties: Json = {
        "Type": "FARGATE_SPOT" if batch.on_spot(node) else "FARGATE",
        "MaxvCpus": batch.most_vcpus(node),
        "Subnets": scope.subnets(),
        "SecurityGroupIds": [Ref(f"{id}SecurityGroup")],
    }
    if not batch.on_hosts(node):
        return properties
    gpu = settings.flag(node, "gpu")
    return properties | {
        "Type": "SPOT" if batch.on_spot(node) else "EC2",
        "AllocationStrategy": "SPOT_PRICE_CAPACITY_OPTIMIZED" if batch.on_spot(node) else "BEST_FIT_PROGRESSIVE",
        "MinvCpus": 0,
        "InstanceRole": Att(f"{id}HostProfile", "Arn"),
        "InstanceTypes": batch.instance_types(node),
        "Ec2Configuration": [{"ImageType": batch.GPU_IMAGE if gpu else batch.IMAGE}],
        "LaunchTemplate": {
            "LaunchTemplateId": Ref(f"{id}HostTemplate"),
            "Version": Att(f"{id}HostTemplate", "LatestVersionNumber"),
        },
    }


def _hosts(scope: Scope, node: Node) -> None:
    """The instance role and the launch template, with IMDSv2 and an encrypted volume for the files of all jobs on a host."""
    id = scope.name(node.id)
    role(scope, f"{id}HostRole", trust("ec2.amazonaws.com"), [], node=node.id, policies=ec2.HOST_POLICIES)
    profile = {"Roles": [Ref(f"{id}HostRole")]}
    scope.add(f"{id}HostProfile", "AWS::IAM::InstanceProfile", profile, node=node.id)
    disk = {"Encrypted": True, "VolumeType": "gp3", "VolumeSize": batch.disk_gib(node), "DeleteOnTermination": True}
    data = {
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 1},
        "Monitoring": {"Enabled": True},
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": disk}],
    }
    scope.add(f"{id}HostTemplate", "AWS::EC2::LaunchTemplate", {"LaunchTemplateData": data}, node=node.id)
