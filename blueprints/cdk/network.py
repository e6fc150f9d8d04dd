"""The network: one VPC in two zones, or one that exists, and a security group for each node that runs in it."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.cdk.context import Context, allow
from blueprints.cdk.modules import cdk, ec2, iam
from blueprints.cdk.observability import log_group_named
from blueprints.cdk.tree import THIS, Call, Do, Item, Let, Ref, Statement, Value
from blueprints.names import pascal
from blueprints.network import HTTPS_PORT, Network, Passage
from blueprints.shared.network import VPC_RANGE
from blueprints.traits import eks as eks_traits
from blueprints.traits import traits_of

VPC = Ref("vpc")
#: Where work runs and databases stand.
PRIVATE = Ref("private_subnets")
PUBLIC = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PUBLIC)


def placement(context: Context, node: Node) -> dict[str, Value]:
    """Return the options that place a node's work in the private subnets with its own security group."""
    return {"vpc": VPC, "vpc_subnets": PRIVATE, "security_groups": [context.ref(node.id, "SecurityGroup")]}


def network(context: Context) -> Iterator[Statement]:
    """Make the network of the plan, when something runs in one."""
    planned = context.plan.network
    if planned is None:
        return
    yield from vpc(context, planned)
    for member in planned.members:
        yield from _security_group(context, planned, member)
    yield from _rules(context, planned)
    if planned.interfaces:
        yield from interfaces(planned)


def vpc(context: Context, planned: Network) -> Iterator[Statement]:
    """Make the VPC, or name the one that exists, with its private subnets, flow logs and gateways."""
    yield from _existing(context) if planned.existing else _made(context, planned)


def _existing(context: Context) -> Iterator[Statement]:
    # Only what is asked for: a load balancer before pods of an existing cluster stands in public subnets alone.
    asked = {parameter.id for parameter in context.plan.parameters}
    kinds = [kind for kind in ("private", "public") if f"{kind.capitalize()}SubnetIds" in asked]
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


def private_subnet_ids(context: Context) -> Iterator[Statement]:
    """Name the ids of the private subnets, for resources that take no selection."""
    planned = context.plan.network
    if planned is not None and planned.existing:
        yield Let("subnet_ids", Ref("private_subnets_given"))
        return
    yield Let("subnet_ids", _selected(planned).subnet_ids)


def private_subnets(context: Context) -> Value:
    """Return the private subnets themselves, for constructs that take no selection."""
    return _selected(context.plan.network).subnets


def _selected(planned: Network | None) -> Call:
    inner = planned is None or not (planned.nat or planned.existing)
    kind = ec2.SubnetType.PRIVATE_ISOLATED if inner else ec2.SubnetType.PRIVATE_WITH_EGRESS
    selected: Call = VPC.select_subnets(subnet_type=kind)
    return selected


def _made(context: Context, planned: Network) -> Iterator[Statement]:
    kind = ec2.SubnetType.PRIVATE_WITH_EGRESS if planned.nat else ec2.SubnetType.PRIVATE_ISOLATED
    subnets = [ec2.SubnetConfiguration(name="Private", subnet_type=kind, cidr_mask=20)]
    if planned.public:
        public: dict[str, Value] = {"subnet_type": ec2.SubnetType.PUBLIC, "map_public_ip_on_launch": False}
        subnets.append(ec2.SubnetConfiguration(name="Public", cidr_mask=22, **public))
    made = ec2.Vpc(
        THIS,
        "Vpc",
        ip_addresses=ec2.IpAddresses.cidr(VPC_RANGE),
        max_azs=2,
        nat_gateways=1 if planned.nat else 0,
        subnet_configuration=list(subnets),
        restrict_default_security_group=False,
    )
    why = Text(
        "Restricting the default security group would take a function of its own; nothing here uses that group.",
        "デフォルトのセキュリティグループを制限するには専用の関数が必要になる。ここでは使わない。",
    )
    yield Let("vpc", made, why)
    yield _private(kind)
    if eks_traits.TRAITS.nodes(context.architecture):
        yield from _found_by_balancers(planned)
    yield from _flow_logs(context)
    for name in planned.gateways:
        service = getattr(ec2.GatewayVpcEndpointAwsService, name.upper())
        yield Do(VPC.add_gateway_endpoint(f"{pascal(name)}Endpoint", service=service, subnets=[PRIVATE]))


def _found_by_balancers(planned: Network) -> Iterator[Statement]:
    """Say to Kubernetes in which subnets it may put load balancers."""
    private = "private_subnets" if planned.nat else "isolated_subnets"
    tiers = [(private, "internal-elb")] + [("public_subnets", "elb")] * planned.public
    for tier, role in tiers:
        for number in (0, 1):
            subnet = Item(getattr(VPC, tier), number)
            only: dict[str, Value] = {"include_resource_types": ["AWS::EC2::Subnet"]}
            yield Do(cdk.Tags.of(subnet).add(f"kubernetes.io/role/{role}", "1", **only))


def _flow_logs(context: Context) -> Iterator[Statement]:
    yield log_group_named(context, "FlowLogsGroup")
    group = Ref("flow_logs_group")
    actions = ("logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams")
    confined = {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
    role = iam.Role(
        THIS,
        "FlowLogsRole",
        assumed_by=iam.ServicePrincipal("vpc-flow-logs.amazonaws.com", conditions=confined),
        inline_policies={
            "connections": iam.PolicyDocument(statements=[allow("WriteFlowLogs", actions, [group.log_group_arn])])
        },
    )
    yield Let("flow_logs_role", role)
    to = ec2.FlowLogDestination.to_cloud_watch_logs(group, Ref("flow_logs_role").without_policy_updates())
    vpc = ec2.FlowLogResourceType.from_vpc(VPC)
    yield Do(ec2.FlowLog(THIS, "FlowLogs", resource_type=vpc, destination=to))


def _security_group(context: Context, planned: Network, member: str) -> Iterator[Statement]:
    options: dict[str, Value] = {"vpc": VPC, "description": f"Traffic of {context.id(member)}"}
    group = ec2.SecurityGroup(THIS, context.id(member, "SecurityGroup"), **options, allow_all_outbound=False)
    yield Let(context.name(member, "SecurityGroup"), group)
    traits = traits_of(context.node(member).service)
    if traits.only_answers:
        return
    made = context.ref(member, "SecurityGroup")
    if not traits.pools:
        yield Do(made.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(HTTPS_PORT), "AWS and partners"))


def _rules(context: Context, planned: Network) -> Iterator[Statement]:
    """Let in what the connections need: callers at load balancers, and from member to member."""
    for passage in planned.passages:
        group = context.ref(passage.target, "SecurityGroup")
        peer: Value = ec2.Peer.any_ipv4()
        words = "callers"
        # Who is no member comes from outside, as any caller does.
        if passage.within:
            peer, words = ec2.Peer.ipv4(_range(context)), "the VPC"
        elif passage.source in planned.members:
            peer, words = context.ref(str(passage.source), "SecurityGroup"), f"from {context.id(str(passage.source))}"
            yield from _outward(context, passage)
        yield Do(group.add_ingress_rule(peer, getattr(ec2.Port, passage.protocol)(passage.port), words))
    for member in planned.members:
        if traits_of(context.node(member).service).load_balancer == "application":
            group = context.ref(member, "SecurityGroup")
            yield Do(group.add_ingress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(80), "callers, to be redirected"))


def _range(context: Context) -> Value:
    return context.parameter("VpcCidr") if context.has("VpcCidr") else VPC.vpc_cidr_block


def _outward(context: Context, passage: Passage) -> Iterator[Statement]:
    """Let a member reach another; all reach what speaks HTTPS."""
    if (passage.port, passage.protocol) != (HTTPS_PORT, "tcp"):
        group, peer = (context.ref(str(id), "SecurityGroup") for id in (passage.source, passage.target))
        port = getattr(ec2.Port, passage.protocol)(passage.port)
        yield Do(group.add_egress_rule(peer, port, f"to {context.id(passage.target)}"))


def interfaces(planned: Network) -> Iterator[Statement]:
    """Make the endpoints by which members reach AWS without the internet, behind a group of their own."""
    group = ec2.SecurityGroup(
        THIS, "EndpointSecurityGroup", vpc=VPC, description="VPC endpoints", allow_all_outbound=False
    )
    yield Let("endpoint_security_group", group)
    inside = ec2.Peer.ipv4(VPC.vpc_cidr_block)
    yield Do(Ref("endpoint_security_group").add_ingress_rule(inside, ec2.Port.tcp(HTTPS_PORT), "the VPC"))
    for name in planned.interfaces:
        yield Do(VPC.add_interface_endpoint(f"{pascal(name)}Endpoint", **_interface(name)))


def _interface(name: str) -> dict[str, Value]:
    service: Call = ec2.InterfaceVpcEndpointAwsService(name)
    groups = [Ref("endpoint_security_group")]
    return {"service": service, "subnets": PRIVATE, "security_groups": list(groups), "open": False}
