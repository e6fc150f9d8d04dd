"""The stack builder: parts add resources to it and read the plan from it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from advisor.architecture import Architecture, Node
from advisor.text import EMPTY, Lang, Text
from blueprints.plan import Plan
from blueprints.plan.environment import Variable
from blueprints.plan.statements import Statement
from blueprints.traits.state_machine_tasks import NETWORK
from blueprints.values import Att, Fn, Ref, Value, joined
from blueprints.values.reference import OF_CONNECTIONS
from blueprints.values.reference import Ref as NodeValue

Json = dict[str, Any]


def owner_of(resource: Mapping[str, Any]) -> Json:
    """Return whose a resource of a stack is: its `node` or `group`, and the `edges` that it makes."""
    owner: Json = resource.get("Metadata", {}).get("Advisor", {})
    return owner


@dataclass(frozen=True, slots=True)
class Composite:
    """Resources that together implement one element of the plan, so that a target can generate them as a unit.

    `kind` is what it is (the network, the alarms), `subject` the node or edge that it is made for, "" for the one of
    the stack.
    """

    kind: str
    subject: str
    resources: tuple[str, ...]


@dataclass
class Scope:
    """A stack that is being built.

    `mains` names the resource that stands for a node; the default is its own name. `queue_statements` and
    `topic_statements` hold what the policies of queues and topics say, with the edge that asks for it: a queue has one
    policy, which holds the statements of all of them. `whys` holds why a resource is as it is, where that needs saying;
    `composites` which resources belong together.
    """

    plan: Plan
    lang: Lang
    attributes: Mapping[tuple[str, str], Any]
    resources: dict[str, Json] = field(default_factory=dict)
    outputs: dict[str, Json] = field(default_factory=dict)
    conditions: dict[str, Value] = field(default_factory=dict)
    queue_statements: dict[str, list[tuple[Json, str]]] = field(default_factory=dict)
    topic_statements: dict[str, list[tuple[Json, str]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    mains: dict[str, str] = field(default_factory=dict)
    whys: dict[str, Text] = field(default_factory=dict)
    composites: list[Composite] = field(default_factory=list)

    @property
    def architecture(self) -> Architecture:
        """The graph."""
        return self.plan.architecture

    def name(self, id: str) -> str:
        """Return the logical name of a node or an edge."""
        return self.plan.name(id)

    def main(self, node: str) -> str:
        """Return the logical id of the resource of a node."""
        return self.mains.get(node, self.plan.name(node))

    def add(
        self,
        id: str,
        type: str,
        properties: Json,
        *,
        node: str | None = None,
        edge: str | None = None,
        group: str | None = None,
        depends: Iterable[str] = (),
        kept: str | None = None,
        why: Text = EMPTY,
    ) -> Ref:
        """Add a resource and return a reference to it.

        `node`, `edge` and `group` say whose it is; `kept` is what happens to it when the stack goes (`Retain`,
        `Snapshot`), `why` is the reason for its form, for readers of the program. ValueError when the id is taken.
        """
        if id in self.resources:
            raise ValueError(f"two resources are named {id}")
        resource: Json = {"Type": type}
        depended = list(depends)
        if depended:
            resource["DependsOn"] = depended[0] if len(depended) == 1 else depended
        if kept:
            resource |= {"DeletionPolicy": kept, "UpdateReplacePolicy": kept}
        owner = {"node": node, "group": group}
        advisor: Json = {key: value for key, value in owner.items() if value}
        if edge:
            advisor["edges"] = [edge]
        if advisor:
            resource["Metadata"] = {"Advisor": advisor}
        if properties:
            resource["Properties"] = properties
        self.resources[id] = resource
        if why != EMPTY:
            self.whys[id] = why
        return Ref(id)

    @contextmanager
    def composite(self, kind: str, subject: str = "") -> Iterator[None]:
        """Note that the resources which are added meanwhile belong together."""
        known = set(self.resources)
        yield
        added = tuple(id for id in self.resources if id not in known)
        self.composites.append(Composite(kind, subject, added))

    def properties(self, id: str) -> Json:
        """Return a resource's properties, to be added to."""
        properties: Json = self.resources[id].setdefault("Properties", {})
        return properties

    def wait(self, id: str, others: Iterable[str]) -> None:
        """Add dependencies to a resource."""
        known = self.resources[id].get("DependsOn", [])
        self.resources[id]["DependsOn"] = [*([known] if isinstance(known, str) else known), *others]

    def carry(self, id: str, edge: str) -> None:
        """State that a resource makes a connection."""
        advisor = self.resources[id].setdefault("Metadata", {}).setdefault("Advisor", {})
        if edge not in advisor.setdefault("edges", []):
            advisor["edges"].append(edge)

    def also(self, id: str, node: str) -> None:
        """Declare that a resource also represents another node, which has no resource of its own."""
        advisor = self.resources[id].setdefault("Metadata", {}).setdefault("Advisor", {})
        advisor.setdefault("nodes", [])
        if node not in advisor["nodes"]:
            advisor["nodes"].append(node)
        self.mains.setdefault(node, id)

    def value(self, wanted: NodeValue, holder: str | None = None) -> Value:
        """Return an attribute of a node (or of an edge's rule, or of the network), with its suffix.

        `holder` is the node that is told: work that starts the state machine which runs it is told its ARN by name,
        because each would otherwise have to be made before the other.
        """
        runs = holder is not None and any(e.target == holder for e in self.architecture.leaving(wanted.node, "run"))
        attribute = f"named-{wanted.attribute}" if runs else wanted.attribute
        value = self._attribute(wanted.node, attribute)
        return joined(value, wanted.suffix) if wanted.suffix else value

    def of(self, node: str, attribute: str, suffix: str = "") -> Value:
        """Return an attribute of a node."""
        return self.value(NodeValue(node, attribute, suffix))

    def _attribute(self, id: str, attribute: str) -> Value:
        if id == NETWORK:
            return self.subnets()[int(attribute[-1]) - 1]
        if attribute in OF_CONNECTIONS:
            return _OF_CONNECTIONS[attribute](self.name(id))
        node = self.architecture.node(id)
        if node.kind == "outside" and (node.service, attribute) not in self.attributes:
            return Ref(self.plan.parameter(id).id)
        return self.attributes[node.service, attribute](self, node)

    def subnets(self, *, public: bool = False) -> list[Value]:
        """Return the two private (or public) subnets."""
        kind = "Public" if public else "Private"
        network = self.plan.network
        if network is not None and network.existing:
            return [Fn("Select", [index, Ref(f"{kind}SubnetIds")]) for index in (0, 1)]
        return [Ref(f"{kind}SubnetA"), Ref(f"{kind}SubnetB")]

    def vpc(self) -> Value:
        """Return the VPC's id."""
        network = self.plan.network
        return Ref("VpcId" if network is not None and network.existing else "Vpc")

    def environment(self, variables: Iterable[Variable], holder: str | None = None) -> dict[str, Value]:
        """Return the environment variables of a node with their values."""
        return {variable.name: self.value(variable.value, holder) for variable in variables}

    def statements(self, holder: str, edge: str | None = None, *, without: Collection[str] = ()) -> list[Json]:
        """Return the statements of a node's role (of one of its edges, when named), but for those of some edges."""
        grants = (grant for grant in self.plan.grants.get(holder, ()) if grant.edge not in without)
        return [self._statement(grant, holder) for grant in grants if edge in (None, grant.edge)]

    def _statement(self, grant: Statement, holder: str) -> Json:
        return allow(grant.sid, grant.actions, [self.value(ref, holder) for ref in grant.resources])

    def has(self, parameter: str) -> bool:
        """Return whether the deployment asks for a parameter."""
        return any(known.id == parameter for known in self.plan.parameters)

    def output(self, id: str, value: Value, words: str) -> None:
        """Add an output, described in the language of `blueprints.plan.description`."""
        self.outputs[id] = {"Description": words, "Value": value}

    def words(self, node: Node) -> str:
        """Return the name of a node for descriptions."""
        note, title = node.note.in_(self.lang), node.title.in_(self.lang)
        return note or title


def allow(sid: str, actions: Iterable[str], resources: list[Value]) -> Json:
    """Return a statement of an identity policy; a single value is written without a list."""
    named = list(actions)
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": named[0] if len(named) == 1 else named,
        "Resource": resources[0] if len(resources) == 1 else resources,
    }


def rule_id(name: str) -> str:
    """Return the logical id of the event rule of an edge."""
    return f"{name}Rule"


_OF_CONNECTIONS: Mapping[str, Callable[[str], Value]] = {
    "rule-arn": lambda name: Att(rule_id(name), "Arn"),
    "user": lambda name: Ref(f"{name}User"),
    "user-arn": lambda name: Att(f"{name}User", "Arn"),
    "user-secret-arn": lambda name: Ref(f"{name}Secret"),
}
