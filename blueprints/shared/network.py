"""The network of a template: a VPC in two Availability Zones, and a security group per member."""

from advisor.architecture.balancing import is_shared
from blueprints import settings
from blueprints.parameters.network import CLOUDFRONT_ADDRESSES
from blueprints.plan.network import HTTPS_PORT, Network, Passage
from blueprints.shared.logs import log_group
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Json, Scope
from blueprints.traits import cloudfront, traits_of
from blueprints.traits import eks as eks_traits
from blueprints.values import REGION, Att, Fn, Ref, Value, joined, stack_name

GROUP = "vpc"
VPC_RANGE = "10.20.0.0/16"
_PRIVATE = ("10.20.0.0/20", "10.20.16.0/20")
_PUBLIC = ("10.20.32.0/22", "10.20.36.0/22")
#: The letters of the two zones in the names of resources.
_ZONES = ("A", "B")
ANYWHERE = "0.0.0.0/0"
#: Description of the security group of interface endpoints, and of rules for addresses of the VPC.
ENDPOINT_GROUP, FROM_VPC = "VPC endpoints", "From the VPC"
FLOW_LOGS_PRINCIPAL = "vpc-flow-logs.amazonaws.com"
FLOW_LOGS_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
#: A security group without egress rules lets everything out; nothing can match this one.
NO_EGRESS: list[Json] = [
    {
        "IpProtocol": "icmp",
        "FromPort": 252,
        "ToPort": 86,
        "CidrIp": "255.255.255.255/32",
        "Description": "No outbound traffic",
    }
]


def endpoint_service(name: str) -> Value:
    """Return the service name of a VPC endpoint, such as `com.amazonaws.<region>.sqs`."""
    return joined("com.amazonaws.", REGION, f".{name}")


def add_network(scope: Scope) -> None:
    """Add the VPC (unless it exists) and the security groups of its members."""
    network = scope.plan.network
    if network is None:
        return
    with scope.composite("network"):
        if not network.existing:
            _vpc(scope)
            _subnets(scope, network)
            _flow_logs(scope)
            _gateways(scope, network)
    _groups(scope, network)
    with scope.composite("network"):
        if not network.existing:
            _interfaces(scope, network)


def _vpc(scope: Scope) -> None:
    properties = {
        "CidrBlock": VPC_RANGE,
        "EnableDnsHostnames": True,
        "EnableDnsSupport": True,
        "Tags": [{"Key": "Name", "Value": Ref("AWS::StackName")}],
    }
    scope.add("Vpc", "AWS::EC2::VPC", properties, group=GROUP)


def _subnets(scope: Scope, network: Network) -> None:
    if network.public:
        scope.add("InternetGateway", "AWS::EC2::InternetGateway", {}, group=GROUP)
        attached = {"VpcId": Ref("Vpc"), "InternetGatewayId": Ref("InternetGateway")}
        scope.add("InternetGatewayAttachment", "AWS::EC2::VPCGatewayAttachment", attached, group=GROUP)
        _tier(scope, "Public", _PUBLIC, "kubernetes.io/role/elb")
        route = {"GatewayId": Ref("InternetGateway")}
        _default_route(scope, "Public", route, depends="InternetGatewayAttachment")
    zones = _private_zones(network)
    _tier(scope, "Private", _PRIVATE, "kubernetes.io/role/internal-elb", zones)
    if network.nat:
        for zone, nat_zone in zip(zones, nat_zones(network), strict=True):
            _nat(scope, network, nat_zone)
            _default_route(scope, f"Private{zone}", {"NatGatewayId": Ref(f"NatGateway{nat_zone}")})


def _private_zones(network: Network) -> tuple[str, ...]:
    """Return the letters of the zones that have private route tables of their own; a single one without a letter."""
    return _ZONES if network.nat_per_zone else ("",)


def nat_zones(network: Network) -> tuple[str, ...]:
    """Return the zones in the names of the NAT gateways. With a fixed address, the name stays when a second zone is added."""
    return tuple(zone or (_ZONES[0] if network.fixed_address else "") for zone in _private_zones(network))


def outgoing_address(nat_zone: str) -> str:
    """Return the name of the output with the fixed address of a NAT gateway."""
    return f"OutgoingAddress{nat_zone}"


def _tier(scope: Scope, kind: str, ranges: tuple[str, str], tag: str, zones: tuple[str, ...] = ("",)) -> None:
    group = f"{kind.lower()}-subnet"
    for zone in zones:
        scope.add(f"{kind}{zone}Routes", "AWS::EC2::RouteTable", {"VpcId": Ref("Vpc")}, group=group)
    tags = [{"Key": "Name", "Value": stack_name(kind.lower())}]
    if eks_traits.TRAITS.nodes(scope.architecture):
        tags.append({"Key": tag, "Value": "1"})
    for index, (letter, cidr) in enumerate(zip(_ZONES, ranges, strict=True)):
        id = f"{kind}Subnet{letter}"
        placed = {"CidrBlock": cidr, "AvailabilityZone": Fn("Select", [index, Fn("GetAZs", "")])}
        properties = {"VpcId": Ref("Vpc"), **placed, "Tags": tags}
        scope.add(id, "AWS::EC2::Subnet", properties, group=group)
        routes = f"{kind}{letter if letter in zones else ''}Routes"
        associated = {"SubnetId": Ref(id), "RouteTableId": Ref(routes)}
        scope.add(f"{id}Routes", "AWS::EC2::SubnetRouteTableAssociation", associated, group=group)


def _default_route(scope: Scope, kind: str, target: Json, depends: str | None = None) -> None:
    properties = {"RouteTableId": Ref(f"{kind}Routes"), "DestinationCidrBlock": ANYWHERE, **target}
    depended = [depends] if depends else []
    group = "public-subnet" if kind == "Public" else "private-subnet"
    scope.add(f"{kind}DefaultRoute", "AWS::EC2::Route", properties, group=group, depends=depended)


def _nat(scope: Scope, network: Network, zone: str) -> None:
    """Add a NAT gateway: that of a zone, or the only one, in the first zone."""
    owner = network.nat_node
    group = None if owner else GROUP
    address = {"Domain": "vpc"}
    depends = ["InternetGatewayAttachment"]
    scope.add(f"NatAddress{zone}", "AWS::EC2::EIP", address, node=owner, group=group, depends=depends)
    subnet = Ref(f"PublicSubnet{zone or _ZONES[0]}")
    properties = {"AllocationId": Att(f"NatAddress{zone}", "AllocationId"), "SubnetId": subnet}
    scope.add(f"NatGateway{zone}", "AWS::EC2::NatGateway", properties, node=owner, group=group)
    if network.fixed_address:
        words = f"Fixed IP address of calls to other systems, zone {zone}"
        scope.output(outgoing_address(zone), Ref(f"NatAddress{zone}"), words)


def _flow_logs(scope: Scope) -> None:
    """Log rejected and accepted connections. The role may write to this log group only."""
    log_group(scope, "FlowLogsGroup", group=GROUP)
    writes = {
        "Sid": "WriteFlowLogs",
        "Effect": "Allow",
        "Action": FLOW_LOGS_ACTIONS,
        "Resource": Att("FlowLogsGroup", "Arn"),
    }
    arn = role(scope, "FlowLogsRole", trust(FLOW_LOGS_PRINCIPAL, confined=True), [writes], group=GROUP)
    properties = {
        "ResourceType": "VPC",
        "ResourceId": Ref("Vpc"),
        "TrafficType": "ALL",
        "LogGroupName": Ref("FlowLogsGroup"),
        "DeliverLogsPermissionArn": arn,
    }
    scope.add("FlowLogs", "AWS::EC2::FlowLog", properties, group=GROUP)


def _gateways(scope: Scope, network: Network) -> None:
    for name in network.gateways:
        properties = {
            "VpcId": Ref("Vpc"),
            "ServiceName": endpoint_service(name),
            "VpcEndpointType": "Gateway",
            "RouteTableIds": [Ref(f"Private{zone}Routes") for zone in _private_zones(network)],
        }
        scope.add(f"{_endpoint(name)}Endpoint", "AWS::EC2::VPCEndpoint", properties, group=GROUP)


def _endpoint(name: str) -> str:
    return "".join(part.title() for part in name.replace("-", ".").split("."))


def group_id(scope: Scope, node: str) -> str:
    """Return the logical id of a member's security group."""
    return f"{scope.name(node)}SecurityGroup"


def _groups(scope: Scope, network: Network) -> None:
    for member in network.members:
        rules = [_ingress(scope, network, p) for p in network.passages if p.target == member and not _apart(scope, p)]
        properties: Json = {"GroupDescription": f"Security group of {scope.name(member)}", "VpcId": scope.vpc()}
        # Callers of several programs behind one load balancer. Of two equal rules, one is made, and removed with either:
        # https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1534 (read 2026-12-01)
        rules = [rule for number, rule in enumerate(rules) if rule not in rules[:number]] + _plain_http(scope, member)
        if rules:
            properties["SecurityGroupIngress"] = rules
        properties["SecurityGroupEgress"] = _egress(scope, member)
        scope.add(group_id(scope, member), "AWS::EC2::SecurityGroup", properties, node=member)
    for passage in network.passages:
        if _apart(scope, passage):
            rule = {"GroupId": Att(group_id(scope, passage.target), "GroupId"), **_ingress(scope, network, passage)}
            id = f"{scope.name(str(passage.source))}To{scope.name(passage.target)}{passage.port}Ingress"
            scope.add(id, "AWS::EC2::SecurityGroupIngress", rule, node=passage.target, edge=passage.edge)
        _egress_rule(scope, network, passage)


def _apart(scope: Scope, passage: Passage) -> bool:
    """Whether ingress rules are separate resources, because a service may call another one behind the same load balancer."""
    return passage.source is not None and is_shared(scope.architecture.node(passage.target))


def _ingress(scope: Scope, network: Network, passage: Passage) -> Json:
    """Allow ingress from another member, or from any address: callers that are no member come from outside the VPC."""
    ports = {"IpProtocol": passage.protocol, "FromPort": passage.port, "ToPort": passage.port}
    if passage.within:
        return {**ports, "CidrIp": Ref("VpcCidr") if network.existing else VPC_RANGE, "Description": FROM_VPC}
    if passage.source not in network.members:
        return {**ports, **_callers(scope, passage.target)}
    group = Att(group_id(scope, passage.source), "GroupId")
    return {**ports, "SourceSecurityGroupId": group, "Description": f"From {scope.name(passage.source)}"}


def _callers(scope: Scope, member: str) -> Json:
    """Return where the requests to a load balancer come from: anywhere, CloudFront, or the network that a private one serves."""
    if cloudfront.delivered(scope.architecture, member) is not None:
        return {"SourcePrefixListId": Ref(CLOUDFRONT_ADDRESSES.id), "Description": "From CloudFront"}
    private = settings.flag(scope.architecture.node(member), "private")
    return {"CidrIp": Ref("CallerCidr") if private else ANYWHERE, "Description": "From callers"}


def _plain_http(scope: Scope, member: str) -> list[Json]:
    """A load balancer also listens on plain HTTP, which it redirects to HTTPS, unless only CloudFront calls it."""
    if traits_of(scope.architecture.node(member).service).load_balancer != "application":
        return []
    if cloudfront.delivered(scope.architecture, member) is not None:
        return []
    plain = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, **_callers(scope, member)}
    return [{**plain, "Description": "From callers, for the redirect to HTTPS"}]


def _egress(scope: Scope, member: str) -> list[Json]:
    """Egress of a member outside the VPC; rules to other members are resources of their own (see `_egress_rule`)."""
    traits = traits_of(scope.architecture.node(member).service)
    if traits.only_answers or traits.pools:
        return NO_EGRESS
    https = {"IpProtocol": "tcp", "FromPort": HTTPS_PORT, "ToPort": HTTPS_PORT, "CidrIp": ANYWHERE}
    return [{**https, "Description": "HTTPS to AWS services and partners"}]


def _egress_rule(scope: Scope, network: Network, passage: Passage) -> None:
    """Allow egress from a member to another, as a resource of its own: the two groups refer to each other."""
    if passage.source not in network.members or (passage.port, passage.protocol) == (HTTPS_PORT, "tcp"):
        return
    target = scope.name(passage.target)
    properties = {
        "GroupId": Att(group_id(scope, passage.source), "GroupId"),
        "IpProtocol": passage.protocol,
        "FromPort": passage.port,
        "ToPort": passage.port,
        "DestinationSecurityGroupId": Att(group_id(scope, passage.target), "GroupId"),
        "Description": f"To {target}",
    }
    id = f"{scope.name(passage.source)}To{target}{passage.port}Egress"
    if id not in scope.resources:
        scope.add(id, "AWS::EC2::SecurityGroupEgress", properties, node=passage.source, edge=passage.edge)


def _interfaces(scope: Scope, network: Network) -> None:
    if not network.interfaces:
        return
    ingress = {
        "IpProtocol": "tcp",
        "FromPort": HTTPS_PORT,
        "ToPort": HTTPS_PORT,
        "CidrIp": VPC_RANGE,
        "Description": FROM_VPC,
    }
    group = {
        "GroupDescription": ENDPOINT_GROUP,
        "VpcId": Ref("Vpc"),
        "SecurityGroupIngress": [ingress],
        "SecurityGroupEgress": NO_EGRESS,
    }
    scope.add("EndpointSecurityGroup", "AWS::EC2::SecurityGroup", group, group=GROUP)
    for name in network.interfaces:
        interface_endpoint(scope, f"{_endpoint(name)}Endpoint", name, "EndpointSecurityGroup")


def interface_endpoint(scope: Scope, id: str, service: str, group: str) -> None:
    """Add an interface endpoint in the private subnets, behind a security group."""
    properties = {
        "VpcId": scope.vpc(),
        "ServiceName": endpoint_service(service),
        "VpcEndpointType": "Interface",
        "PrivateDnsEnabled": True,
        "SubnetIds": scope.subnets(),
        "SecurityGroupIds": [Ref(group)],
    }
    scope.add(id, "AWS::EC2::VPCEndpoint", properties, group=GROUP)
