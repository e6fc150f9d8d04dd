"""Hosts of containers: what they are made from, the group that scales them, and the capacity that they give a cluster."""

from collections.abc import Iterator
from typing import Any

from advisor.text import Text
from blueprints.cdk.context import snake
from blueprints.cdk.lifts.containers import ASSOCIATION, CAPACITY_PROVIDER, CLUSTER
from blueprints.cdk.lifts.identity import assumed
from blueprints.cdk.lifts.lifter import Lifter, Statements
from blueprints.cdk.lifts.network import group, groups, subnets
from blueprints.cdk.lifts.numbers import number
from blueprints.cdk.lifts.references import written
from blueprints.cdk.lifts.registry import lift
from blueprints.cdk.lifts.resource import NotLifted, Properties, Resource
from blueprints.cdk.modules import autoscaling, cdk, ec2, ecs, iam
from blueprints.cdk.network import VPC, private_subnets
from blueprints.cdk.tree import THIS, Call, Do, Expr, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.values import Att, Fn, Joined, MachineImage, Named, Ref

TEMPLATE = "AWS::EC2::LaunchTemplate"
PROFILE = "AWS::IAM::InstanceProfile"
_ROLE = "AWS::IAM::Role"
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_VOLUMES = {"gp3": ec2.EbsDeviceVolumeType.GP3}
_SHEBANG = "#!/bin/bash"
#: The last line of the user data, before and after the cluster's name; the capacity provider's construct writes it.
_JOINS = ("echo ECS_CLUSTER=", " >> /etc/ecs/ecs.config")
#: What CDK says of a group: updates leave the number of instances alone that was set meanwhile.
_UPDATES = {"AutoScalingScheduledAction": {"IgnoreUnmodifiedGroupSizeProperties": True}}
_DRAINED = Text(
    "ECS drains hosts by itself; else the construct would add a function that does.",
    "ホストのドレインは ECS に任せる。そうしないとコンストラクトがドレイン用の関数を追加する。",
)


@lift(PROFILE, ref="instance_profile_name", members={"Arn": "instance_profile_arn"})
def instance_profile(lifter: Lifter, resource: Resource) -> Statements:
    """The profile by which instances take a role."""
    made = iam.InstanceProfile(THIS, resource.id, role=_only_role(lifter, resource))
    yield Let(lifter.name(resource), made)


def _only_role(lifter: Lifter, profile: Resource) -> Expr:
    """Take the role of a profile, by its name."""
    roles = profile.take("Roles")
    if len(roles) != 1 or not isinstance(roles[0], Ref):
        profile.refuse("Roles", roles)
    lifter.construct(roles[0], _ROLE)
    return assumed(lifter, Att(roles[0].name, "Arn"))


def profile_in(value: Any, lifter: Lifter) -> Iterator[Resource]:
    """Give the profile whose ARN a value is."""
    if isinstance(value, Att) and value.attribute == "Arn" and lifter.is_of_type(value, PROFILE):
        yield lifter.resources[value.resource]


def role_of(lifter: Lifter, resource: Resource, properties: Properties, name: str) -> Expr:
    """Take the ARN of a profile that the construct makes by itself, and return the role in it."""
    arn = properties.take(name)
    for profile in resource.of_type(PROFILE):
        if arn == Att(profile.id, "Arn"):
            return _only_role(lifter, profile)
    properties.refuse(name, arn)
    raise AssertionError


def _profile(lifter: Lifter, template: Resource) -> Iterator[Resource]:
    data = template.properties["LaunchTemplateData"]
    return profile_in(data.get("IamInstanceProfile", {}).get("Arn"), lifter)


@lift(
    TEMPLATE,
    ref="launch_template_id",
    members={"LatestVersionNumber": "latest_version_number"},
    absorbs=(_profile,),
)
def launch_template(lifter: Lifter, resource: Resource) -> Statements:
    """What instances are made from: an encrypted disk, metadata for sessions only, and what else is asked for."""
    data = resource.part("LaunchTemplateData")
    options: dict[str, Value] = {}
    if "InstanceType" in data:
        options["instance_type"] = ec2.InstanceType(lifter.value(data.take("InstanceType")))
    if "ImageId" in data:
        parts, named = _image(lifter, resource, data)
        yield from named
        options["machine_image"] = ec2.MachineImage.resolve_ssm_parameter_at_launch(written(parts))
    if "IamInstanceProfile" in data:
        options["role"] = role_of(lifter, resource, data.part("IamInstanceProfile"), "Arn")
    if "SecurityGroupIds" in data:
        options["security_group"] = _only_group(lifter, data)
    if "UserData" in data:
        named = Variable(lifter.name(resource).removesuffix("host_template") + "user_data")
        yield Let(named._name, ec2.UserData.for_linux())
        yield Do(named.add_commands(*_commands(lifter, resource, data)))
        options["user_data"] = named
    options["block_devices"] = [_device(one) for one in data.parts("BlockDeviceMappings")]
    metadata = data.part("MetadataOptions")
    metadata.expect("HttpTokens", "required")
    options |= {"require_imdsv2": True, "http_put_response_hop_limit": metadata.take("HttpPutResponseHopLimit")}
    if "Monitoring" in data:
        options["detailed_monitoring"] = data.part("Monitoring").take("Enabled")
    yield Let(lifter.name(resource), ec2.LaunchTemplate(THIS, resource.id, **options))


def _image(lifter: Lifter, resource: Resource, data: Properties) -> tuple[list[Value], list[Let]]:
    """Take the name of the parameter that holds the image, in parts, and return them with the names given to some."""
    image = data.take("ImageId")
    if not isinstance(image, MachineImage):
        data.refuse("ImageId", image)
    given: list[Let] = []
    parts: list[Value] = []
    for part in image.parameter.parts if isinstance(image.parameter, Joined) else (image.parameter,):
        parts.append(lifter.value(part))
        if isinstance(part, Named):
            name = f"{lifter.name(resource).removesuffix('template')}image_{snake(part.name)}"
            given.append(Let(name, parts[-1]))
            parts[-1] = Variable(name)
    return parts, given


def _only_group(lifter: Lifter, data: Properties) -> Expr:
    ids = data.take("SecurityGroupIds")
    if len(ids) != 1:
        data.refuse("SecurityGroupIds", ids)
    return group(lifter, ids[0])


def _commands(lifter: Lifter, resource: Resource, data: Properties) -> list[str]:
    """Take the user data and return its commands, without the line by which the host joins its cluster."""
    written = data.take("UserData")
    text = written.arguments if isinstance(written, Fn) and written.name == "Base64" else None
    parts = text.parts if isinstance(text, Joined) else ()
    if len(parts) != 3 or not isinstance(parts[0], str):
        data.refuse("UserData", written)
    first, *commands, last = parts[0].split("\n")
    if (first, last, parts[2]) != (_SHEBANG, *_JOINS) or parts[1] not in _clusters(lifter, resource):
        data.refuse("UserData", written)
    return commands


def _clusters(lifter: Lifter, template: Resource) -> list[Any]:
    """Return the clusters whose capacity providers have hosts that are made from a template."""
    scaled = [Ref(one.id) for one in lifter.of_type(_GROUP) if _template_of(one) == Ref(template.id)]
    providers = [Ref(one.id) for one in lifter.of_type(CAPACITY_PROVIDER) if _group_of(one) in scaled]
    return [
        association.properties["Cluster"]
        for association in lifter.of_type(ASSOCIATION)
        for provider in association.properties["CapacityProviders"]
        if provider in providers
    ]


def _template_of(group: Resource) -> Any:
    return group.properties["LaunchTemplate"]["LaunchTemplateId"]


def _group_of(provider: Resource) -> Any:
    return provider.properties.get("AutoScalingGroupProvider", {}).get("AutoScalingGroupArn")


def _device(mapping: Properties) -> Call:
    disk = mapping.part("Ebs")
    volume = ec2.BlockDeviceVolume.ebs(
        disk.take("VolumeSize"),
        encrypted=disk.take("Encrypted"),
        delete_on_termination=disk.take("DeleteOnTermination"),
        volume_type=disk.choose("VolumeType", _VOLUMES),
    )
    return ec2.BlockDevice(device_name=mapping.take("DeviceName"), volume=volume)


@lift(_GROUP, ref="auto_scaling_group_name")
def scaling_group(lifter: Lifter, resource: Resource) -> Statements:
    """A group of instances in the private subnets, made from the newest version of a template."""
    if resource.policies() != {"UpdatePolicy": _UPDATES}:
        raise NotLifted(f"{resource.where} has another UpdatePolicy than CDK gives a group")
    chosen = subnets(lifter, resource.take("VPCZoneIdentifier"))
    template = resource.part("LaunchTemplate")
    id = template.take("LaunchTemplateId")
    made_from = lifter.construct(id, TEMPLATE)
    template.expect("Version", Att(id.name, "LatestVersionNumber"))
    made = autoscaling.AutoScalingGroup(
        THIS,
        resource.id,
        vpc=VPC,
        vpc_subnets=chosen,
        launch_template=made_from,
        min_capacity=number(resource, "MinSize"),
        max_capacity=number(resource, "MaxSize"),
        new_instances_protected_from_scale_in=resource.take("NewInstancesProtectedFromScaleIn"),
    )
    yield Let(lifter.name(resource), made)


@lift(CAPACITY_PROVIDER, ref="capacity_provider_name")
def capacity_provider(lifter: Lifter, resource: Resource) -> Statements:
    """What gives a cluster hosts: a group of instances, or instances that ECS starts and replaces by itself."""
    if "ManagedInstancesProvider" in resource:
        yield from _managed(lifter, resource)
        return
    provider = resource.part("AutoScalingGroupProvider")
    scaling = provider.part("ManagedScaling")
    scaling.expect("Status", "ENABLED")
    scaling.expect("TargetCapacity", 100)
    enabled = {"ENABLED": True, "DISABLED": False}
    made = ecs.AsgCapacityProvider(
        THIS,
        resource.id,
        auto_scaling_group=lifter.construct(provider.take("AutoScalingGroupArn"), _GROUP),
        enable_managed_termination_protection=provider.choose("ManagedTerminationProtection", enabled),
        enable_managed_draining=provider.choose("ManagedDraining", enabled),
    )
    yield Let(lifter.name(resource), made, _DRAINED)
    for association in lifter.of_type(ASSOCIATION):
        if Ref(resource.id) in association.properties["CapacityProviders"]:
            cluster = lifter.construct(association.properties["Cluster"], CLUSTER)
            yield Do(cluster.add_asg_capacity_provider(lifter.ref(resource)))


def _managed(lifter: Lifter, resource: Resource) -> Statements:
    provider = resource.part("ManagedInstancesProvider")
    launched = provider.part("InstanceLaunchTemplate")
    network = launched.part("NetworkConfiguration")
    placed = network.take("Subnets")
    if placed != lifter.scope.subnets():
        network.refuse("Subnets", placed)
    tags = {"CAPACITY_PROVIDER": ecs.PropagateManagedInstancesTags.CAPACITY_PROVIDER}
    made = ecs.ManagedInstancesCapacityProvider(
        THIS,
        resource.id,
        infrastructure_role=assumed(lifter, provider.take("InfrastructureRoleArn")),
        ec2_instance_profile=lifter.construct(launched.take("Ec2InstanceProfileArn"), PROFILE, "Arn"),
        subnets=private_subnets(lifter.context),
        security_groups=groups(lifter, network.take("SecurityGroups")),
        instance_requirements=_requirements(launched.part("InstanceRequirements")),
        propagate_tags=provider.choose("PropagateTags", tags),
    )
    yield Let(lifter.name(resource), made)
    named = resource.take("ClusterName")
    cluster, this = lifter.construct(named, CLUSTER), lifter.ref(resource)
    made_here = lifter.is_of_type(named, CLUSTER)
    yield Do(cluster.add_managed_instances_capacity_provider(this) if made_here else this.bind(cluster))


def _requirements(needed: Properties) -> Call:
    options: dict[str, Value] = {
        "v_cpu_count_min": needed.part("VCpuCount").take("Min"),
        "memory_min": cdk.Size.mebibytes(needed.part("MemoryMiB").take("Min")),
    }
    if "AcceleratorCount" in needed:
        needed.expect("AcceleratorTypes", ["gpu"])
        needed.expect("AcceleratorManufacturers", ["nvidia"])
        options |= {
            "accelerator_types": [ec2.AcceleratorType.GPU],
            "accelerator_manufacturers": [ec2.AcceleratorManufacturer.NVIDIA],
            "accelerator_count_min": needed.part("AcceleratorCount").take("Min"),
        }
    return ec2.InstanceRequirementsConfig(**options)
