"""Launch templates and instance profiles."""

from collections.abc import Iterator
from typing import Any

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.references import joined_text
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import Properties, Resource
from blueprints.cdk.lifts.compute.clusters import ASSOCIATION, CAPACITY_PROVIDER
from blueprints.cdk.lifts.network.vpc import group
from blueprints.cdk.lifts.security.identity import role_by_arn
from blueprints.cdk.modules import ec2, iam
from blueprints.cdk.tree import THIS, Call, Do, Expr, Let, Value
from blueprints.cdk.tree import Ref as Variable
from blueprints.naming import snake
from blueprints.shared.cluster_capacity import JOIN_CLUSTER, SHEBANG
from blueprints.values import Att, Fn, Joined, MachineImage, Named, Ref

TEMPLATE = "AWS::EC2::LaunchTemplate"
PROFILE = "AWS::IAM::InstanceProfile"
GROUP = "AWS::AutoScaling::AutoScalingGroup"
_ROLE = "AWS::IAM::Role"
_VOLUMES = {"gp3": ec2.EbsDeviceVolumeType.GP3}


@lift(PROFILE, ref="instance_profile_name", members={"Arn": "instance_profile_arn"})
def instance_profile(lifter: Lifter, resource: Resource) -> Statements:
    """The profile by which instances take a role."""
    construct = iam.InstanceProfile(THIS, resource.id, role=_only_role(lifter, resource))
    yield Let(lifter.name(resource), construct)


def _only_role(lifter: Lifter, profile: Resource) -> Expr:
    """Consume the role of an instance profile, by its name."""
    roles = profile.take("Roles")
    if len(roles) != 1 or not isinstance(roles[0], Ref):
        profile.refuse("Roles", roles)
    lifter.construct(roles[0], _ROLE)
    return role_by_arn(lifter, Att(roles[0].name, "Arn"))


def profile_in(value: Any, lifter: Lifter) -> Iterator[Resource]:
    """Yield the profile whose ARN a value is."""
    if isinstance(value, Att) and value.attribute == "Arn" and lifter.is_of_type(value, PROFILE):
        yield lifter.resources[value.resource]


def role_of(lifter: Lifter, resource: Resource, properties: Properties, name: str) -> Expr:
    """Consume the ARN of an instance profile that the construct creates, and return its role."""
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
    """A launch template: encrypted disk, IMDSv2, and further options."""
    data = resource.part("LaunchTemplateData")
    options: dict[str, Value] = {}
    if "InstanceType" in data:
        options["instance_type"] = ec2.InstanceType(lifter.value(data.take("InstanceType")))
    if "ImageId" in data:
        parts, variables = _image(lifter, resource, data)
        yield from variables
        options["machine_image"] = ec2.MachineImage.resolve_ssm_parameter_at_launch(joined_text(parts))
    if "IamInstanceProfile" in data:
        options["role"] = role_of(lifter, resource, data.part("IamInstanceProfile"), "Arn")
    if "SecurityGroupIds" in data:
        options["security_group"] = _only_group(lifter, data)
    if "UserData" in data:
        user_data = Variable(lifter.name(resource).removesuffix("host_template") + "user_data")
        yield Let(user_data._name, ec2.UserData.for_linux())
        yield Do(user_data.add_commands(*_commands(lifter, resource, data)))
        options["user_data"] = user_data
    options["block_devices"] = [_device(mapping) for mapping in data.parts("BlockDeviceMappings")]
    metadata = data.part("MetadataOptions")
    metadata.expect("HttpTokens", "required")
    options |= {"require_imdsv2": True, "http_put_response_hop_limit": metadata.take("HttpPutResponseHopLimit")}
    if "Monitoring" in data:
        options["detailed_monitoring"] = data.part("Monitoring").take("Enabled")
    yield Let(lifter.name(resource), ec2.LaunchTemplate(THIS, resource.id, **options))


def _image(lifter: Lifter, resource: Resource, data: Properties) -> tuple[list[Value], list[Let]]:
    """Consume the name of the image parameter, in parts, and return them with the names of some."""
    image = data.take("ImageId")
    if not isinstance(image, MachineImage):
        data.refuse("ImageId", image)
    variables: list[Let] = []
    parts: list[Value] = []
    for part in image.parameter.parts if isinstance(image.parameter, Joined) else (image.parameter,):
        parts.append(lifter.value(part))
        if isinstance(part, Named):
            name = f"{lifter.name(resource).removesuffix('template')}image_{snake(part.name)}"
            variables.append(Let(name, parts[-1]))
            parts[-1] = Variable(name)
    return parts, variables


def _only_group(lifter: Lifter, data: Properties) -> Expr:
    ids = data.take("SecurityGroupIds")
    if len(ids) != 1:
        data.refuse("SecurityGroupIds", ids)
    return group(lifter, ids[0])


def _commands(lifter: Lifter, resource: Resource, data: Properties) -> list[str]:
    """Consume the user data and return its commands.

    The line by which the host joins its cluster is left out: the construct of the capacity provider adds it.
    """
    user_data = data.take("UserData")
    text = user_data.arguments if isinstance(user_data, Fn) and user_data.name == "Base64" else None
    lines, cluster, end = text.parts if isinstance(text, Joined) and len(text.parts) == 3 else ("", "", "")
    first, *commands, last = lines.split("\n") if isinstance(lines, str) and lines else ["", ""]
    if (first, last, end) != (SHEBANG, *JOIN_CLUSTER) or cluster not in _clusters(lifter, resource):
        data.refuse("UserData", user_data)
    return commands


def _clusters(lifter: Lifter, template: Resource) -> list[Any]:
    """Return the clusters whose capacity providers have hosts that are made from a template."""
    scaled = [
        Ref(scaling_group.id)
        for scaling_group in lifter.of_type(GROUP)
        if _template_of(scaling_group) == Ref(template.id)
    ]
    providers = [Ref(provider.id) for provider in lifter.of_type(CAPACITY_PROVIDER) if _group_of(provider) in scaled]
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
