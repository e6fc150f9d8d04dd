"""Security groups with their rules: who may come in, and where their members may go."""

from blueprints.cdk.lifting.lifter import In, Lifter, Statements
from blueprints.cdk.lifting.registry import lift, naming
from blueprints.cdk.lifting.resource import NotLifted, Properties, Resource
from blueprints.cdk.lifts.network.vpc import VPC, group, vpc
from blueprints.cdk.modules import ec2
from blueprints.cdk.tree import THIS, Do, Expr, Let, Statement, Value
from blueprints.shared.network import NO_EGRESS, VPC_RANGE

_TYPE = "AWS::EC2::SecurityGroup"
_IN = "AWS::EC2::SecurityGroupIngress"
_OUT = "AWS::EC2::SecurityGroupEgress"
_ANYWHERE = "0.0.0.0/0"


@lift(
    _TYPE,
    ref="security_group_id",
    members={"GroupId": "security_group_id"},
    absorbs=(naming(_OUT, "GroupId"), naming(_IN, "GroupId")),
)
def security_group(lifter: Lifter, resource: Resource) -> Statements:
    """A security group; it lets out what its rules say and nothing else."""
    network = lifter.plan.network
    member = network is not None and resource.owner.get("node") in network.members
    for statement in _statements(lifter, resource):
        yield In("network", statement) if member else statement


def _statements(lifter: Lifter, resource: Resource) -> list[Statement]:
    options: dict[str, Value] = {"vpc": vpc(lifter, resource.take("VpcId"))}
    options["description"] = resource.take("GroupDescription")
    made = ec2.SecurityGroup(THIS, resource.id, **options, allow_all_outbound=False)
    found: list[Statement] = [Let(lifter.name(resource), made)]
    this = lifter.ref(resource)
    outward = resource.parts("SecurityGroupEgress")
    if not outward and not resource.of_type(_OUT):
        resource.refuse("SecurityGroupEgress", None)  # In CloudFormation, that lets everything out.
    found += [Do(this.add_egress_rule(*_rule(lifter, one))) for one in outward if not one.is_all(NO_EGRESS[0])]
    found += [Do(this.add_ingress_rule(*_rule(lifter, one))) for one in resource.parts("SecurityGroupIngress")]
    for type, add in ((_OUT, this.add_egress_rule), (_IN, this.add_ingress_rule)):
        for one in resource.of_type(type):
            group(lifter, one.take("GroupId"))
            found.append(Do(add(*_rule(lifter, one))))
    return found


def _rule(lifter: Lifter, rule: Properties) -> tuple[Value, ...]:
    """Return whom a rule is about, the ports, and why."""
    peer, ports = _peer(lifter, rule), _ports(rule)
    description = rule.take("Description", None)
    return (peer, ports) if description is None else (peer, ports, description)


def _peer(lifter: Lifter, rule: Properties) -> Expr:
    for name in ("SourceSecurityGroupId", "DestinationSecurityGroupId"):
        if name in rule:
            named = rule.take(name)
            if lifter.is_of_type(named, _TYPE):
                return group(lifter, named)
            return ec2.Peer.security_group_id(lifter.value(named))
    addresses = rule.take("CidrIp")
    if addresses == _ANYWHERE:
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
    made: Expr = getattr(ec2.Port, protocol)(first)
    return made
