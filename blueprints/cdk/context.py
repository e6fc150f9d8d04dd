"""What a fragment is given: the plan, and how its nodes, values and statements are spelled in CDK."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from advisor.text import Lang, Text
from blueprints.cdk.attributes import attribute
from blueprints.cdk.modules import cdk, iam
from blueprints.cdk.tree import THIS, Call, Expr, Let, Ref, Value, Words
from blueprints.environment import Variable
from blueprints.grants import Statement
from blueprints.names import machine_suffix, snake
from blueprints.plan import Plan
from blueprints.reference import Ref as NodeValue
from blueprints.traits import cloudfront


@dataclass(frozen=True)
class Context:
    """The plan as fragments read it."""

    plan: Plan
    lang: Lang

    @property
    def architecture(self) -> Architecture:
        """The graph."""
        return self.plan.architecture

    def words(self, text: Text) -> str:
        """Return a text in the project's language."""
        return text.in_(self.lang)

    def node(self, id: str) -> Node:
        """Return a node by its id."""
        return self.plan.node(id)

    def id(self, owner: str, part: str = "") -> str:
        """Return the construct id of (a part of) a node or edge."""
        return self.plan.name(owner) + part

    def name(self, owner: str, part: str = "") -> str:
        """Return the variable that holds (a part of) a node or edge."""
        return snake(self.id(owner, part))

    def ref(self, owner: str, part: str = "") -> Ref:
        """Return what was made for (a part of) a node or edge."""
        return Ref(self.name(owner, part))

    def in_vpc(self, node: str) -> bool:
        """Return whether a node runs in the VPC."""
        return self.plan.network is not None and node in self.plan.network.members

    def has(self, parameter: str) -> bool:
        """Return whether the deployment asks for a parameter."""
        return any(one.id == parameter for one in self.plan.parameters)

    def parameter(self, id: str) -> Expr:
        """Return a text parameter's value."""
        return Ref(snake(id)).value_as_string

    def outside(self, node: str) -> Expr:
        """Return the parameter that stands for a node outside."""
        return self.parameter(self.plan.parameter(node).id)

    def value(self, wanted: NodeValue, holder: str | None = None) -> Value:
        """Return an attribute of a node, with what is appended to it.

        `holder` is the node that is told: work that starts the state machine which runs it is told its ARN by name,
        because each would otherwise have to be made before the other.
        """
        runs = holder is not None and any(e.target == holder for e in self.architecture.leaving(wanted.node, "run"))
        found = attribute(self, wanted.node, f"named-{wanted.attribute}" if runs else wanted.attribute)
        if not wanted.suffix or not isinstance(found, Expr):
            return f"{found}{wanted.suffix}" if isinstance(found, str) else found
        parts = found._parts if isinstance(found, Words) else (found,)
        return Words(*parts, wanted.suffix)

    def value_of(self, node: str, name: str, suffix: str = "") -> Value:
        """Return an attribute of a node by its name."""
        return self.value(NodeValue(node, name, suffix))

    def allowed_origin(self) -> Expr:
        """Return the one origin that browsers may call from: the workload's own site, or a parameter."""
        if self.has("AllowedOrigin"):
            return self.parameter("AllowedOrigin")
        if self.has("DomainName"):
            return Words("https://", self.parameter("DomainName"))
        site = cloudfront.TRAITS.nodes(self.architecture)[0]
        return Words("https://", self.ref(site.id).distribution_domain_name)

    def machine_name(self, node: Node) -> Words:
        """Return the name of a state machine. It is set so that its own role, and its own work, can name it."""
        return Words(cdk.Aws.STACK_NAME, f"-{machine_suffix(self.id(node.id))}")

    def root_of(self, account: Expr) -> Words:
        """Return the ARN that stands for everybody whom another account lets."""
        return Words("arn:", cdk.Aws.PARTITION, ":iam::", account, ":root")

    def environment(self, variables: Iterable[Variable], holder: str | None = None) -> dict[str, Value]:
        """Return environment variables with their values, as a node is told them."""
        return {variable.name: self.value(variable.value, holder) for variable in variables}

    def statements(self, holder: str, edge: str | None = None) -> list[Call]:
        """Return the statements of a node's role (of one of its edges, when named)."""
        found = self.plan.grants.get(holder, ())
        return [self._statement(one, holder) for one in found if edge in (None, one.edge)]

    def _statement(self, one: Statement, holder: str) -> Call:
        return allow(one.sid, one.actions, [self.value(ref, holder) for ref in one.resources])

    def role(
        self,
        owner: str,
        principal: str,
        statements: Sequence[Call],
        part: str = "Role",
        *,
        policies: Sequence[str] = (),
        confined: bool = False,
        tagged: bool = False,
    ) -> Let:
        """Return the role that a service assumes: its own statements, and policies that AWS manages by name.

        `confined`: the service acts for this account's resources only, against a confused deputy.
        `tagged`: it also tags its sessions, as EKS does for pods.
        """
        trusted: Expr = iam.ServicePrincipal(principal)
        if confined:
            trusted = iam.ServicePrincipal(
                principal, conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
            )
        if tagged:
            trusted = iam.SessionTagsPrincipal(trusted)
        options: dict[str, Value] = {"assumed_by": trusted}
        if policies:
            managed = iam.ManagedPolicy.from_aws_managed_policy_name
            options["managed_policies"] = [managed(name) for name in policies]
        if statements:
            options["inline_policies"] = {"connections": iam.PolicyDocument(statements=list(statements))}
        return Let(self.name(owner, part), iam.Role(THIS, self.id(owner, part), **options))

    def assumed(self, owner: str, part: str = "Role") -> Call:
        """Return a node's role as constructs get it: they cannot add statements to it."""
        return self.ref(owner, part).without_policy_updates()


def allow(sid: str, actions: Iterable[str], resources: Iterable[Value]) -> Call:
    """Return a statement of an identity policy."""
    return iam.PolicyStatement(sid=sid, actions=list(actions), resources=list(resources))


def unique(name: str) -> Call:
    """Return a name in lower case that no other deployment has: the stack's own name may hold capitals."""
    uuid = cdk.Fn.select(2, cdk.Fn.split("/", cdk.Aws.STACK_ID))
    made: Call = cdk.Fn.join("-", [name, cdk.Fn.select(0, cdk.Fn.split("-", uuid))])
    return made


def duration(seconds: int) -> Call:
    """Return a duration in the largest unit that divides it."""
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds and seconds % size == 0:
            made: Call = getattr(cdk.Duration, unit)(seconds // size)
            return made
    return cdk.Duration.seconds(seconds)
