"""Security groups with their ingress and egress rules."""

from blueprints.cdk.lifting.lifter import InSection, Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import NotLifted, Properties, Resource
from blueprints.cdk.lifts.network.vpc import VPC, group, vpc
from blueprints.cdk.modules import ec2
from blueprints.cdk.tree import THIS, Do, Expr, Let, Statement, Value
from blueprints.shared.network import ANYWHERE, NO_EGRESS, VPC_RANGE

_TYPE = "AWS::EC2::SecurityGroup"
_IN = "AWS::EC2::SecurityGroupIngress"
_OUT = "AWS::EC2::SecurityGroupEgress"


@lift(
    _TYPE,
    ref="security_group_id",
    members={"GroupId": "security_group_id"},
    absorbs=(naming(_OUT, "GroupId"), naming(_IN, "GroupId")),
)
def security_group(lifter: Lifter, resource: Resource) -> Statements:
    """A security group whose egress is limited to its rules."""
    network = lifter.plan.network
    member = network is not None and resource.owner.get("node") in network.members
    for statement in _statements(lifter, resource):
        yield InSection("network", statement) if member else statement


def _statements(lifter: Lifter, resource: Resource) -> list[Statement]:
    options: dict[str, Value] = {"vpc": vpc(lifter, resource.take("VpcId"))}
    options["description"] = resource.take("GroupDescription")
    construct = ec2.SecurityGroup(THIS, resource.id, **options, allow_all_outbound=False)
    statements: list[Statement] = [Let(lifter.name(resource), construct)]
    this = lifter.ref(resource)
    egress = resource.parts("SecurityGroupEgress")
    if not egress and not resource.of_type(_OUT):
        resource.refuse("SecurityGroupEgress", None)  # In CloudFormation, that allows all egress.
    statements += [Do(this.add_egress_rule(*_rule(lifter, rule))) for rule in egress if not rule.is_all(NO_EGRESS[0])]
    statements += [Do(this.add_ingress_rule(*_rule(lifter, rule))) for rule in resource.parts("SecurityGroupIngress")]
    for type, add in ((_OUT, this.add_egress_rule), (_IN, this.add_ingress_rule)):
        for rule in resource.of_type(type):
            group(lifter, rule.take("GroupId"))
            statements.append(Do(add(*_rule(lifter, rule))))
    return statements


def _rule(lifter: Lifter, rule: Properties) -> tuple[Value, ...]:
    """Return the peer, the ports and the description of a rule."""
    peer, ports = _peer(lifter, rule), _ports(rule)
    description = rule.take("Description", None)
    return (peer, ports) if description is None else (peer, ports, description)


def _peer(lifter: Lifter, rule: Properties) -> Expr:
    for name in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if name in rule:
            group_id = rule.take(name)
            if lifter.is_of_type(group_id, _TYPE):
                return group(lifter, group_id)
            return ec2.Peer.security_group_id(lifter.value(group_id))
    if "SourcePrefixListId" in rule:
        return ec2.Peer.prefix_list(lifter.value(rule.take("SourcePrefixListId")))
    addresses = rule.take("CidrIp")
    if addresses == ANYWHERE:
        return ec2.Peer.any_ipv4()
    network = lifter.plan.network
    if addresses == VPC_RANGE and network is not None and not network.existing:
        return ec2.Peer.ipv4(VPC.vpc_cidr_block)
    return ec2.Peer.ipv4(lifter.value(addresses))


def _ports(rule: Properties) -> Expr:
    protocol = rule.choose("IpProtocol", {"tcp": "tcp", "udp": "udp", "-1": "all_traffic"})
    if protocol == "all_traffic":
        return ec2.Port.all_traffic()
    first, last = rule.take("FromPort"), rule.take("ToPort")
    if first != last:
        raise NotLifted(f"{rule.where} has a range of ports, {first} to {last}")
    port: Expr = getattr(ec2.Port, protocol)(first)
    return port
