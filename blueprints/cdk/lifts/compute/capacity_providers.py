"""Capacity providers of ECS clusters, and the Auto Scaling groups of their hosts."""

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.numbers import number
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import NotLifted, Properties, Resource
from blueprints.cdk.lifts.compute.clusters import ASSOCIATION, CAPACITY_PROVIDER, CLUSTER
from blueprints.cdk.lifts.compute.launch_templates import GROUP, PROFILE, TEMPLATE
from blueprints.cdk.lifts.network.vpc import VPC, groups, private_subnets, subnets
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import autoscaling, cdk, ec2, ecs
from blueprints.cdk.tree import THIS, Call, Do, Let, Value
from blueprints.shared.cluster_capacity import GPU_ACCELERATORS, GROUP_UPDATE_POLICY
from blueprints.values import Att, Ref

_DRAINED = Text(
    "ECS drains the instances (managed draining). Otherwise, the construct would add a Lambda function for this.",
    "インスタンスのドレインは ECS が行います（マネージドドレイン）。無効にすると、コンストラクトがドレイン用の Lambda 関数を追加します。",
)


@lift(GROUP, ref="auto_scaling_group_name")
def scaling_group(lifter: Lifter, resource: Resource) -> Statements:
    """A group of instances in the private subnets, made from the newest version of a template."""
    if resource.policies() != {"UpdatePolicy": GROUP_UPDATE_POLICY}:
        raise NotLifted(f"{resource.where} has another UpdatePolicy than CDK gives a group")
    chosen = subnets(lifter, resource.take("VPCZoneIdentifier"))
    template = resource.part("LaunchTemplate")
    id = template.take("LaunchTemplateId")
    launch_template = lifter.construct(id, TEMPLATE)
    template.expect("Version", Att(id.name, "LatestVersionNumber"))
    construct = autoscaling.AutoScalingGroup(
        THIS,
        resource.id,
        vpc=VPC,
        vpc_subnets=chosen,
        launch_template=launch_template,
        min_capacity=number(resource, "MinSize"),
        max_capacity=number(resource, "MaxSize"),
        new_instances_protected_from_scale_in=resource.take("NewInstancesProtectedFromScaleIn"),
    )
    yield Let(lifter.name(resource), construct)


@lift(CAPACITY_PROVIDER, ref="capacity_provider_name")
def capacity_provider(lifter: Lifter, resource: Resource) -> Statements:
    """A capacity provider: an Auto Scaling group, or ECS Managed Instances."""
    if "ManagedInstancesProvider" in resource:
        yield from _managed(lifter, resource)
        return
    provider = resource.part("AutoScalingGroupProvider")
    scaling = provider.part("ManagedScaling")
    scaling.expect("Status", "ENABLED")
    scaling.expect("TargetCapacity", 100)
    enabled = {"ENABLED": True, "DISABLED": False}
    construct = ecs.AsgCapacityProvider(
        THIS,
        resource.id,
        auto_scaling_group=lifter.construct(provider.take("AutoScalingGroupArn"), GROUP),
        enable_managed_termination_protection=provider.choose("ManagedTerminationProtection", enabled),
        enable_managed_draining=provider.choose("ManagedDraining", enabled),
    )
    yield Let(lifter.name(resource), construct, _DRAINED)
    for association in lifter.of_type(ASSOCIATION):
        if Ref(resource.id) in association.properties["CapacityProviders"]:
            cluster = lifter.construct(association.properties["Cluster"], CLUSTER)
            yield Do(cluster.add_asg_capacity_provider(lifter.ref(resource)))


def _managed(lifter: Lifter, resource: Resource) -> Statements:
    provider = resource.part("ManagedInstancesProvider")
    launched = provider.part("InstanceLaunchTemplate")
    network = launched.part("NetworkConfiguration")
    subnet_ids = network.take("Subnets")
    if subnet_ids != lifter.scope.subnets():
        network.refuse("Subnets", subnet_ids)
    options: dict[str, Value] = {}
    if "StorageConfiguration" in launched:
        size = launched.part("StorageConfiguration").take("StorageSizeGiB")
        options["task_volume_storage"] = cdk.Size.gibibytes(size)
    tags = {"CAPACITY_PROVIDER": ecs.PropagateManagedInstancesTags.CAPACITY_PROVIDER}
    construct = ecs.ManagedInstancesCapacityProvider(
        THIS,
        resource.id,
        infrastructure_role=role_by_arn(lifter, provider.take("InfrastructureRoleArn")),
        ec2_instance_profile=lifter.construct(launched.take("Ec2InstanceProfileArn"), PROFILE, "Arn"),
        subnets=private_subnets(lifter),
        security_groups=groups(lifter, network.take("SecurityGroups")),
        instance_requirements=_requirements(launched.part("InstanceRequirements")),
        propagate_tags=provider.choose("PropagateTags", tags),
        **options,
    )
    yield Let(lifter.name(resource), construct)
    cluster_value = resource.take("ClusterName")
    cluster, this = lifter.construct(cluster_value, CLUSTER), lifter.ref(resource)
    is_in_stack = lifter.is_of_type(cluster_value, CLUSTER)
    yield Do(cluster.add_managed_instances_capacity_provider(this) if is_in_stack else this.bind(cluster))


def _requirements(requirements: Properties) -> Call:
    options: dict[str, Value] = {
        "v_cpu_count_min": requirements.part("VCpuCount").take("Min"),
        "memory_min": cdk.Size.mebibytes(requirements.part("MemoryMiB").take("Min")),
    }
    if "AcceleratorCount" in requirements:
        for name, value in GPU_ACCELERATORS.items():
            requirements.expect(name, value)
        options |= {
            "accelerator_types": [ec2.AcceleratorType.GPU],
            "accelerator_manufacturers": [ec2.AcceleratorManufacturer.NVIDIA],
            "accelerator_count_min": requirements.part("AcceleratorCount").take("Min"),
        }
    return ec2.InstanceRequirementsConfig(**options)
