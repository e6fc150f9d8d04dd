"""Service auto scaling of ECS: the bounds of a service's tasks, and the policy that they follow."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import duration
from blueprints.cdk.lifting.registry import lift, plain
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.clusters import CLUSTER
from blueprints.cdk.lifts.compute.services import LISTENER, LISTENER_RULE, SERVICE, TARGET_GROUP
from blueprints.cdk.tree import Do, Let, Value
from blueprints.shared.task_scaling import ALARM, CPU, DIMENSION, POLICY, REQUESTS, TARGET
from blueprints.values import Att, Ref, joined

_EXPRESSION = Text(
    "An L1 construct: the L2 construct does not support metric math.",
    "L1 コンストラクトを使います。L2 コンストラクトは Metric Math に対応していません。",
)
_OWN_ALARM = Text(
    "An L1 construct: the L2 construct StepScalingPolicy creates an alarm that has no option for missing data.",
    "L1 コンストラクトを使います。L2 の StepScalingPolicy が作成するアラームでは、欠落データの扱いを指定できません。",
)
plain(
    ALARM,
    Text(
        "An L1 construct: the action of the alarm is a scaling policy that is an L1 construct.",
        "L1 コンストラクトを使います。アラームのアクションが、L1 コンストラクトのスケーリングポリシーです。",
    ),
)


@lift(TARGET, ref="scalable_target_ref.resource_id")
def scalable_target(lifter: Lifter, resource: Resource) -> Statements:
    """The bounds of a service's number of tasks."""
    resource.expect("ServiceNamespace", "ecs")
    resource.expect("ScalableDimension", DIMENSION)
    service = _service(lifter, resource)
    bounds = {"min_capacity": resource.take("MinCapacity"), "max_capacity": resource.take("MaxCapacity")}
    yield Let(lifter.name(resource), lifter.ref(service).auto_scale_task_count(**bounds))


def _service(lifter: Lifter, resource: Resource) -> Resource:
    """Return the service that a target names by its cluster and its name, as the construct does by itself."""
    named = resource.take("ResourceId")
    for service in lifter.of_type(SERVICE):
        if named == joined("service/", service.properties["Cluster"], "/", Att(service.id, "Name")):
            lifter.construct(service.properties["Cluster"], CLUSTER)
            return service
    resource.refuse("ResourceId", named)
    raise AssertionError


@lift(POLICY, ref="ref", partly=True)
def scaling_policy(lifter: Lifter, resource: Resource) -> Statements:
    """A policy that keeps a metric of the service at a target."""
    tracking = resource.properties.get("TargetTrackingScalingPolicyConfiguration", {})
    why = _EXPRESSION if "CustomizedMetricSpecification" in tracking else None if tracking else _OWN_ALARM
    if why:
        for statement in lifter.as_l1(resource):
            yield replace(statement, why=why) if isinstance(statement, Let) else statement
        return
    resource.expect("PolicyType", "TargetTrackingScaling")
    target = lifter.construct(resource.take("ScalingTargetId"), TARGET)
    name, configuration = resource.take("PolicyName"), resource.part("TargetTrackingScalingPolicyConfiguration")
    options = {
        "policy_name": name,
        "scale_in_cooldown": duration(configuration.take("ScaleInCooldown")),
        "scale_out_cooldown": duration(configuration.take("ScaleOutCooldown")),
    }
    value, metric = configuration.take("TargetValue"), configuration.part("PredefinedMetricSpecification")
    if metric.choose("PredefinedMetricType", {CPU: True, REQUESTS: False}):
        yield Do(target.scale_on_cpu_utilization(resource.id, target_utilization_percent=value, **options))
        return
    group = _target_group(lifter, metric)
    yield Do(target.scale_on_request_count(resource.id, requests_per_target=value, target_group=group, **options))


def _target_group(lifter: Lifter, metric: Properties) -> Value:
    """Return the target group of a label, which the construct makes of the group and of its listener's load balancer."""
    label = metric.take("ResourceLabel")
    for balancer, actions in _forwarded(lifter):
        for action in actions:
            group = action.get("TargetGroupArn")
            if isinstance(group, Ref) and label == _label(balancer, group):
                return lifter.construct(group, TARGET_GROUP)
    metric.refuse("ResourceLabel", label)
    return None


def _forwarded(lifter: Lifter) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each load balancer with the actions of one of its listeners or rules."""
    for listener in lifter.of_type(LISTENER):
        yield listener.properties["LoadBalancerArn"], listener.properties["DefaultActions"]
    for rule in lifter.of_type(LISTENER_RULE):
        listener = lifter.resources[rule.properties["ListenerArn"].name]
        yield listener.properties["LoadBalancerArn"], rule.properties["Actions"]


def _label(balancer: Any, group: Ref) -> Any:
    named = Att(balancer.name, "LoadBalancerFullName") if isinstance(balancer, Ref) else balancer
    return joined(named, "/", Att(group.name, "TargetGroupFullName"))
