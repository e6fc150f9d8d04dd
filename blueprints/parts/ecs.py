"""Amazon ECS: one cluster per workload, a task definition per component, a service if it runs continuously."""

from advisor.architecture import Node
from blueprints import settings
from blueprints.parts.ec2 import add_instances
from blueprints.parts.ecs_express import add_express, name
from blueprints.parts.ecs_managed_instances import add_managed
from blueprints.plan import CONTAINER, Program
from blueprints.plan.monitoring.deployments import rollback_alarms
from blueprints.plan.network import APPLICATION_PORT
from blueprints.shared.arrivals import ARRIVAL_ATTRIBUTES
from blueprints.shared.cluster_capacity import ASSOCIATION, CAPACITY, GROUP
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
from blueprints.shared.load_balancing import TARGET_ATTRIBUTES
from blueprints.shared.logs import log_group
from blueprints.shared.outside_effects import EFFECT_ATTRIBUTES
from blueprints.shared.roles import role, trust
from blueprints.shared.task_scaling import add_scaling, scales
from blueprints.stack.registry import service
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import ec2, ecs_express, ecs_managed_instances
from blueprints.traits.container_stops import stop_timeout_s
from blueprints.values import Att, Ref, Value, arn, joined

CLUSTER = "Cluster"
#: New tasks start before old ones stop; where only one may run, the old one stops first.
_ONE_BESIDE_THE_OTHER = {"MinimumHealthyPercent": 100, "MaximumPercent": 200}
_ONE_AFTER_THE_OTHER = {"MinimumHealthyPercent": 0, "MaximumPercent": 100}
#: Where a stated number may work at once, old and new tasks together stay within it. A task that has been told to stop no
#: longer counts: until its stop timeout, it may still finish its message beside a new one.
_HALF_AFTER_THE_OTHER = {"MinimumHealthyPercent": 50, "MaximumPercent": 100}
#: The user that images specify, stated once more where rules look for it; on Windows, the image alone names it.
USER = "10001"
#: Engine -> what the task definition is checked against.
COMPATIBILITIES = {ec2.FARGATE: "FARGATE", ec2.EC2: "EC2", ecs_managed_instances.MANAGED: "MANAGED_INSTANCES"}


def definition_id(scope: Scope, node: Node) -> str:
    """Return the logical id of a node's task definition."""
    return f"{scope.name(node.id)}Definition"


def service_id(scope: Scope, node: Node) -> str:
    """Return the logical id of a node's ECS service."""
    return f"{scope.name(node.id)}Service"


def cluster_name(scope: Scope) -> Value:
    """Return the cluster's name: made here, or one that exists."""
    return Ref("ClusterName") if scope.has("ClusterName") else Ref(CLUSTER)


def _cluster_arn(scope: Scope, _node: Node) -> Value:
    if scope.has("ClusterName"):
        return arn("ecs", joined("cluster/", Ref("ClusterName")))
    return Att(CLUSTER, "Arn")


def _name(scope: Scope, node: Node) -> Value:
    return name(scope, node) if ecs_express.express(node) else Att(service_id(scope, node), "Name")


@service(
    "ecs",
    name=lambda scope, node: _name(scope, node),
    arn=lambda scope, node: Ref(definition_id(scope, node)),
    cluster_name=lambda scope, _node: cluster_name(scope),
    cluster_arn=_cluster_arn,
    task_definition_arn=lambda scope, node: Ref(definition_id(scope, node)),
    task_definition_family=family_of,
    task_definition_arn_without_revision=lambda scope, node: arn(
        "ecs", joined("task-definition/", family_of(scope, node))
    ),
    tasks_arn=lambda scope, _node: arn("ecs", joined("task/", cluster_name(scope))),
    task_role_arn=lambda scope, node: Att(f"{scope.name(node.id)}Role", "Arn"),
    execution_role_arn=lambda scope, node: Att(f"{scope.name(node.id)}ExecutionRole", "Arn"),
    capacity_provider=lambda scope, node: Ref(f"{scope.name(node.id)}{CAPACITY}"),
    security_group=lambda scope, node: Ref(f"{scope.name(node.id)}SecurityGroup"),
    **TARGET_ATTRIBUTES,
    **EFFECT_ATTRIBUTES,
    **ARRIVAL_ATTRIBUTES,
)
def task(scope: Scope, node: Node) -> None:
    """A task definition with its two roles, and a service around it unless it runs and ends."""
    program = scope.plan.program(node.id)
    assert program is not None
    _cluster(scope)
    if ec2.engine(node) == ec2.EC2:
        add_instances(scope, node, cluster_name(scope))
    if ec2.engine(node) == ecs_managed_instances.MANAGED:
        add_managed(scope, node, cluster_name(scope))
    id = scope.name(node.id)
    scope.mains[node.id] = definition_id(scope, node)
    log_group(scope, f"{id}Logs", node=node.id)
    statements = [*scope.statements(node.id), *_own_statements(scope, node)]
    role(scope, f"{id}Role", trust(PRINCIPAL, confined=True), statements, node=node.id)
    role(scope, f"{id}ExecutionRole", trust(PRINCIPAL, confined=True), [], node=node.id, policies=[EXECUTION_POLICY])
    scope.add(definition_id(scope, node), "AWS::ECS::TaskDefinition", _definition(scope, program), node=node.id)
    words = "ARN of the task definition"
    scope.output(f"{id}DefinitionArn", Ref(definition_id(scope, node)), words)
    if ecs_express.express(node):
        add_express(scope, node, cluster_name(scope), Ref(definition_id(scope, node)))
    elif program.run in ("service", "worker"):
        depends = [ASSOCIATION] if ec2.engine(node) == ec2.EC2 else []
        id = service_id(scope, node)
        scope.add(id, "AWS::ECS::Service", _service(scope, node), node=node.id, depends=depends)
        if scales(node):
            add_scaling(scope, node, id, cluster_name(scope))
    elif settings.by_hand(node) and not scope.architecture.entering(node.id, "run"):
        _outputs_to_run(scope, node)


def _own_statements(scope: Scope, node: Node) -> list[Json]:
    """Return the statements for task scale-in protection, if the task must not be interrupted."""
    if not settings.number(node, "protected_s"):
        return []
    actions = ("ecs:GetTaskProtection", "ecs:UpdateTaskProtection")
    return [allow("ProtectTasks", actions, [scope.of(node.id, "tasks-arn", "/*")])]


def _outputs_to_run(scope: Scope, node: Node) -> None:
    """Add the outputs for `aws ecs run-task`: the cluster, and the network configuration."""
    first, second = scope.subnets()
    group = scope.of(node.id, "security-group")
    network = joined(
        "awsvpcConfiguration={subnets=[", first, ",", second, "],securityGroups=[", group, "],assignPublicIp=DISABLED}"
    )
    words = "Network configuration for ecs run-task"
    scope.output(f"{scope.name(node.id)}Network", network, words)
    scope.output("EcsClusterName", cluster_name(scope), "Name of the ECS cluster")
    if "CapacityProviderStrategy" in launch_type(scope, node):
        words = "Capacity provider of the tasks"
        scope.output(f"{scope.name(node.id)}Capacity", scope.of(node.id, "capacity-provider"), words)


def _cluster(scope: Scope) -> None:
    """Add the workload's one cluster, unless it exists or is there already."""
    if scope.has("ClusterName") or CLUSTER in scope.resources:
        return
    properties = {"ClusterSettings": [{"Name": "containerInsights", "Value": "enhanced"}]}
    scope.add(CLUSTER, "AWS::ECS::Cluster", properties, group=GROUP)
    scope.output("EcsClusterName", Ref(CLUSTER), "Name of the ECS cluster")


def _definition(scope: Scope, program: Program) -> Json:
    node, id = program.node, scope.name(program.node.id)
    on_hosts = ec2.on_instances(node)
    properties: Json = {
        "Family": family(program),
        "RequiresCompatibilities": [COMPATIBILITIES[ec2.engine(node)]],
        "NetworkMode": "awsvpc",
        "Cpu": str(settings.number(node, "cpu_units")),
        "Memory": str(settings.number(node, "task_memory_mib")),
        # Hosts of one's own have the instruction set of their instance type.
        **({} if ec2.engine(node) == ec2.EC2 else {"RuntimePlatform": platform(node)}),
        "TaskRoleArn": Att(f"{id}Role", "Arn"),
        "ExecutionRoleArn": Att(f"{id}ExecutionRole", "Arn"),
        "ContainerDefinitions": [_container(scope, program)],
    }
    if not ec2.windows(node):
        properties["Volumes"] = [{"Name": "tmp"}]
    disk_gib = -(-settings.number(node, "disk_mib") // 1024)
    if not on_hosts and disk_gib > 20:
        properties["EphemeralStorage"] = {"SizeInGiB": min(200, disk_gib)}
    return properties


def _container(scope: Scope, program: Program) -> Json:
    node = program.node
    container: Json = {
        "Name": ecs_express.CONTAINER if ecs_express.express(node) else CONTAINER,
        "Image": image(program),
        "Essential": True,
        "Memory": settings.number(node, "task_memory_mib"),
        **({} if ec2.windows(node) else {"User": USER, **_read_only_root()}),
        "StopTimeout": stop_timeout_s(node),
        "LogConfiguration": log_configuration(scope, program),
        **environment(scope, program),
    }
    if program.run == "service":
        named = {"Name": ecs_express.PORT} if ecs_express.express(node) else {}
        container["PortMappings"] = [{**named, "ContainerPort": APPLICATION_PORT, "Protocol": "tcp"}]
    if program.run == "worker":
        container["HealthCheck"] = _turning(node)
    if ec2.gpu(node):
        container["ResourceRequirements"] = [{"Type": "GPU", "Value": "1"}]
    if settings.flag(node, "privileged") and ec2.on_instances(node):
        container["Privileged"] = True
    return container


def _turning(node: Node) -> Json:
    """Return the health check of a loop: unhealthy if the last run started longer ago than the longest one takes."""
    oldest_s = settings.hung_s(node)
    command = ["CMD-SHELL", f'test -n "$(find /tmp/alive -mmin -{-(-oldest_s // 60)})"']
    if ec2.windows(node):
        check = f"import os, time; assert time.time() - os.stat('/tmp/alive').st_mtime < {oldest_s}"
        command = ["CMD", "python", "-c", check]
    return {"Command": command, "Interval": 60, "Timeout": 5, "Retries": 3, "StartPeriod": 60}


def _read_only_root() -> Json:
    """A read-only root file system with a writable /tmp; Windows containers have no such setting."""
    return {
        "ReadonlyRootFilesystem": True,
        "MountPoints": [{"SourceVolume": "tmp", "ContainerPath": "/tmp", "ReadOnly": False}],
        "LinuxParameters": {"InitProcessEnabled": True},
    }


def _service(scope: Scope, node: Node) -> Json:
    group = Ref(f"{scope.name(node.id)}SecurityGroup")
    properties: Json = {
        "Cluster": cluster_name(scope),
        "TaskDefinition": Ref(definition_id(scope, node)),
        # What scales has no number here: each deployment would set it back.
        **({} if scales(node) else {"DesiredCount": max(1, settings.number(node, "desired_count"))}),
        "DeploymentConfiguration": {
            "DeploymentCircuitBreaker": {"Enable": True, "Rollback": True},
            **_replacing(node),
        },
        "NetworkConfiguration": {
            "AwsvpcConfiguration": {
                "Subnets": scope.subnets(),
                "SecurityGroups": [group],
                "AssignPublicIp": "DISABLED",
            }
        },
        "EnableECSManagedTags": True,
        "PropagateTags": "SERVICE",
    }
    if ec2.on_instances(node):
        strategy = {"CapacityProvider": Ref(f"{scope.name(node.id)}{CAPACITY}"), "Weight": 1}
        properties["CapacityProviderStrategy"] = [strategy]
        # Hosts of EC2 have no public address; awsvpc tasks take none either.
        del properties["NetworkConfiguration"]["AwsvpcConfiguration"]["AssignPublicIp"]
    else:
        properties["LaunchType"] = "FARGATE"
        properties["PlatformVersion"] = "LATEST"
    return properties


def _replacing(node: Node) -> Json:
    """Return how many tasks may run while a release replaces them."""
    single, limited = settings.number(node, "most_tasks") == 1, settings.flag(node, "limits_work")
    if limited and settings.number(node, "desired_count") > 1:
        return _HALF_AFTER_THE_OTHER
    # Half of a single task is one task, which could not be replaced.
    return _ONE_AFTER_THE_OTHER if single or limited else _ONE_BESIDE_THE_OTHER


def roll_back_on_alarms(scope: Scope) -> None:
    """Roll back a deployment of a service when the alarms for its responses or messages go off."""
    for node in scope.architecture.of_service("ecs"):
        id = service_id(scope, node)
        alarms = rollback_alarms(scope.architecture, scope.plan.alarms, node.id)
        # ECS Express Mode deploys by a way of its own.
        if id in scope.resources and alarms and not ecs_express.express(node):
            names = [Ref(alarm.name) for alarm in alarms]
            scope.properties(id)["DeploymentConfiguration"]["Alarms"] = {
                "AlarmNames": names,
                "Enable": True,
                "Rollback": True,
            }


def join_target_group(scope: Scope, node: Node, group: str, listener: str) -> None:
    """Register the tasks of a node with a target group that a listener uses."""
    id = service_id(scope, node)
    if id not in scope.resources:
        return
    balanced = {"ContainerName": CONTAINER, "ContainerPort": APPLICATION_PORT, "TargetGroupArn": Ref(group)}
    scope.properties(id).update(LoadBalancers=[balanced], HealthCheckGracePeriodSeconds=60)
    scope.wait(id, [listener])


def launch_type(scope: Scope, node: Node) -> Json:
    """Return the placement of a task: Fargate, or its capacity provider."""
    if not ec2.on_instances(node):
        return {"LaunchType": "FARGATE"}
    provider = {"CapacityProvider": scope.of(node.id, "capacity-provider"), "Weight": 1}
    return {"CapacityProviderStrategy": [provider]}


def task_network(scope: Scope, node: Node) -> Json:
    """Return the network configuration of a task in the format of Scheduler, rules and pipes."""
    group = scope.of(node.id, "security-group")
    return {
        "AwsvpcConfiguration": {"Subnets": scope.subnets(), "SecurityGroups": [group], "AssignPublicIp": "DISABLED"}
    }
