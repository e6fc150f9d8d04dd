"""The network of the plan: a new VPC with the resources that its members need, or an existing one; and its members."""

from collections.abc import Iterator
from typing import Any

from advisor.text import Text
from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.references import REF
from blueprints.cdk.lifting.registry import composite, shared
from blueprints.cdk.lifting.resource import NotLifted, Properties
from blueprints.cdk.modules import cdk, ec2, iam
from blueprints.cdk.origins import NETWORK
from blueprints.cdk.tree import THIS, Call, Do, Expr, Item, Let, Own, Ref, Statement, Value
from blueprints.naming import pascal
from blueprints.plan.network import HTTPS_PORT, Network
from blueprints.shared.network import (
    ENDPOINT_GROUP,
    FLOW_LOGS_ACTIONS,
    FLOW_LOGS_PRINCIPAL,
    FROM_VPC,
    VPC_RANGE,
    nat_zones,
)
from blueprints.stack.scope import Composite
from blueprints.traits import eks
from blueprints.values import Att

VPC = Ref("vpc")
#: Where work runs and databases stand.
PRIVATE = Ref("private_subnets")
PUBLIC = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC)
_GROUP = "AWS::EC2::SecurityGroup"
_SUBNET_IDS = Ref("subnet_ids")


@composite("network")
def network(lifter: Lifter, _composite: Composite) -> Statements:
    """The VPC in two Availability Zones with the resources that its members need, or the existing VPC."""
    if lifter.plan.network is not None:
        _publish(lifter)
        yield from _statements(lifter, lifter.plan.network)


def _publish(lifter: Lifter) -> None:
    lifter.publish("Vpc", VPC, Ref=VPC.vpc_id, CidrBlock=VPC.vpc_cidr_block)
    # The VPC's own member of this name waits for the gateway alone, and not for the route to it.
    public_selection = VPC.select_subnets(subnet_type=ec2.SubnetType.PUBLIC)
    lifter.publish("PublicDefaultRoute", public_selection.internet_connectivity_established)
    for number, subnet in enumerate(lifter.scope.subnets()):
        lifter.publish_value(subnet, Item(_SUBNET_IDS, number))
    for number, subnet in enumerate(lifter.scope.subnets(public=True)):
        lifter.publish_value(subnet, Item(VPC.public_subnets, number).subnet_id)


@shared("subnet_ids", "network", NETWORK)
def subnet_ids(lifter: Lifter) -> Iterator[Statement]:
    """The ids of the private subnets, for properties that accept no subnet selection."""
    network_plan = lifter.plan.network
    existing = network_plan is not None and network_plan.existing
    yield Let("subnet_ids", Ref("private_subnets_given") if existing else _private_selection(network_plan).subnet_ids)


def vpc(lifter: Lifter, value: Any) -> Expr:
    """Return the VPC that a value names. Raises NotLifted if it is another than the stack's."""
    if value != lifter.scope.vpc():
        raise NotLifted(f"{value!r} is not the VPC of the stack")
    return VPC


def subnets(lifter: Lifter, value: Any) -> Expr:
    """Return the selection of subnets that ids name: the private ones, or the public ones."""
    if value == lifter.scope.subnets():
        return PRIVATE
    if value == lifter.scope.subnets(public=True):
        return PUBLIC
    raise NotLifted(f"{value!r} are neither the private nor the public subnets")


def groups(lifter: Lifter, value: Any) -> list[Value]:
    """Return the security groups that ids name."""
    return [group(lifter, id) for id in value]


def group(lifter: Lifter, value: Any) -> Expr:
    """Return the security group that an id names: its `Ref` or its `GroupId`, which are the same."""
    attribute = value.attribute if isinstance(value, Att) else REF
    if attribute not in (REF, "GroupId"):
        raise NotLifted(f"{value!r} is no id of a security group")
    return lifter.construct(value, _GROUP, attribute)


def placement(lifter: Lifter, properties: Properties, subnets_key: str, groups_key: str) -> dict[str, Value]:
    """Consume the subnets and security groups of a resource and return them as construct options."""
    return {
        "vpc": VPC,
        "vpc_subnets": subnets(lifter, properties.take(subnets_key)),
        "security_groups": groups(lifter, properties.take(groups_key)),
    }


def private_subnets(lifter: Lifter) -> Value:
    """Return the private subnets themselves, for constructs that take no selection."""
    return _private_selection(lifter.plan.network).subnets


def _private_selection(network_plan: Network | None) -> Call:
    inner = network_plan is None or not (network_plan.nat or network_plan.existing)
    kind = ec2.SubnetType.PRIVATE_ISOLATED if inner else ec2.SubnetType.PRIVATE_WITH_EGRESS
    selected: Call = VPC.select_subnets(subnet_type=kind)
    return selected


def _statements(lifter: Lifter, network_plan: Network) -> Iterator[Statement]:
    """Make the VPC, or name the one that exists, with its private subnets, flow logs and gateways."""
    yield from _existing(lifter) if network_plan.existing else _vpc(lifter, network_plan)
    if network_plan.interfaces and not network_plan.existing:
        yield from _interfaces(network_plan)


def _existing(lifter: Lifter) -> Iterator[Statement]:
    # Only what is asked for: a load balancer before pods of an existing cluster stands in public subnets alone.
    parameters = {parameter.id for parameter in lifter.plan.parameters}
    kinds = [kind for kind in ("private", "public") if f"{kind.capitalize()}SubnetIds" in parameters]
    options: dict[str, Value] = {"vpc_id": Ref("vpc_id").value_as_string}
    options["availability_zones"] = [cdk.Fn.select(number, cdk.Fn.get_azs()) for number in (0, 1)]
    for kind in kinds:
        ids = Ref(f"{kind}_subnet_ids").value_as_list
        yield Let(f"{kind}_subnets_given", [cdk.Fn.select(number, ids) for number in (0, 1)])
        options[f"{kind}_subnet_ids"] = Ref(f"{kind}_subnets_given")
    yield Let("vpc", ec2.Vpc.from_vpc_attributes(THIS, "Vpc", **options))
    if "private" in kinds:
        yield _private(ec2.SubnetType.PRIVATE_WITH_EGRESS)


def _private(kind: Value) -> Let:
    return Let("private_subnets", ec2.SubnetSelection(subnet_type=kind))


def _vpc(lifter: Lifter, network_plan: Network) -> Iterator[Statement]:
    kind = ec2.SubnetType.PRIVATE_WITH_EGRESS if network_plan.nat else ec2.SubnetType.PRIVATE_ISOLATED
    subnets = [ec2.SubnetConfiguration(name="Private", subnet_type=kind, cidr_mask=20)]
    if network_plan.public:
        public: dict[str, Value] = {"subnet_type": ec2.SubnetType.PUBLIC, "map_public_ip_on_launch": False}
        subnets.append(ec2.SubnetConfiguration(name="Public", cidr_mask=22, **public))
    addresses: dict[str, Value] = {}
    if network_plan.fixed_address:
        yield from _addresses(lifter, network_plan)
        given = [Ref(_address(zone)).attr_allocation_id for zone in nat_zones(network_plan)]
        addresses["nat_gateway_provider"] = ec2.NatProvider.gateway(eip_allocation_ids=list(given))
    construct = ec2.Vpc(
        THIS,
        "Vpc",
        ip_addresses=ec2.IpAddresses.cidr(VPC_RANGE),
        max_azs=2,
        nat_gateways=network_plan.nat + network_plan.nat_per_zone,
        **addresses,
        subnet_configuration=list(subnets),
        restrict_default_security_group=False,
    )
    why = Text(
        "The rules of the default security group, which is not used, stay: the CDK would add a Lambda function to remove them.",
        "使用しないデフォルトのセキュリティグループのルールは削除しません（削除すると、CDK がそのための Lambda 関数を追加するため）。",
    )
    yield Let("vpc", construct, why)
    yield _private(kind)
    if eks.TRAITS.nodes(lifter.plan.architecture):
        yield from _load_balancer_tags(network_plan)
    yield from _flow_logs(lifter)
    for name in network_plan.gateways:
        service = getattr(ec2.GatewayVpcEndpointAwsService, name.upper())
        yield Do(VPC.add_gateway_endpoint(f"{pascal(name)}Endpoint", service=service, subnets=[PRIVATE]))


def _addresses(lifter: Lifter, network_plan: Network) -> Iterator[Statement]:
    """Allocate the addresses of the NAT gateways, which other systems allow."""
    for zone in nat_zones(network_plan):
        id = f"NatAddress{zone}"
        yield Let(_address(zone), ec2.CfnEIP(THIS, id, domain="vpc"))
        lifter.publish(id, Ref=Ref(_address(zone)).ref)


def _address(zone: str) -> str:
    return f"nat_address_{zone.lower()}"


def _load_balancer_tags(network_plan: Network) -> Iterator[Statement]:
    """Tag the subnets in which Kubernetes may create load balancers."""
    private = "private_subnets" if network_plan.nat else "isolated_subnets"
    tiers = [(private, "internal-elb")] + [("public_subnets", "elb")] * network_plan.public
    for tier, role in tiers:
        for number in (0, 1):
            subnet = Item(getattr(VPC, tier), number)
            only: dict[str, Value] = {"include_resource_types": ["AWS::EC2::Subnet"]}
            yield Do(cdk.Tags.of(subnet).add(f"kubernetes.io/role/{role}", "1", **only))


def _flow_logs(lifter: Lifter) -> Iterator[Statement]:
    options: dict[str, Value] = {"retention_days": Ref("log_retention_days")}
    options["removal_policy"] = cdk.RemovalPolicy.DESTROY
    if lifter.plan.own_keys:
        options["encryption_key"] = Ref("data_key")
    yield Let("flow_logs_group", Own("log_group", "LogGroup")(THIS, "FlowLogsGroup", **options))
    group = Ref("flow_logs_group")
    confined = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
    role = iam.Role(
        THIS,
        "FlowLogsRole",
        assumed_by=iam.ServicePrincipal(FLOW_LOGS_PRINCIPAL, conditions=confined),
        inline_policies={
            "connections": iam.PolicyDocument(
                statements=[
                    iam.PolicyStatement(sid="WriteFlowLogs", actions=FLOW_LOGS_ACTIONS, resources=[group.log_group_arn])
                ]
            )
        },
    )
    yield Let("flow_logs_role", role)
    destination = ec2.FlowLogDestination.to_cloud_watch_logs(group, Ref("flow_logs_role").without_policy_updates())
    vpc = ec2.FlowLogResourceType.from_vpc(VPC)
    yield Do(ec2.FlowLog(THIS, "FlowLogs", resource_type=vpc, destination=destination))


def _interfaces(network_plan: Network) -> Iterator[Statement]:
    """Make the endpoints by which members reach AWS without the internet, behind a group of their own."""
    group = ec2.SecurityGroup(
        THIS, "EndpointSecurityGroup", vpc=VPC, description=ENDPOINT_GROUP, allow_all_outbound=False
    )
    yield Let("endpoint_security_group", group)
    vpc_peer = ec2.Peer.ipv4(VPC.vpc_cidr_block)
    yield Do(Ref("endpoint_security_group").add_ingress_rule(vpc_peer, ec2.Port.tcp(HTTPS_PORT), FROM_VPC))
    for name in network_plan.interfaces:
        yield Do(VPC.add_interface_endpoint(f"{pascal(name)}Endpoint", **_interface(name)))


def _interface(name: str) -> dict[str, Value]:
    service: Call = ec2.InterfaceVpcEndpointAwsService(name)
    groups = [Ref("endpoint_security_group")]
    return {"service": service, "subnets": PRIVATE, "security_groups": list(groups), "open": False}
