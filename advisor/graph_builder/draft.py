"""The graph while it is built: its nodes and edges so far, and how a node, a queue or a connection is added to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from advisor.architecture import Edge, Flow, Node, Value
from advisor.architecture.groups import CLUSTERS
from advisor.architecture.workflow_states import CalledStep, states
from advisor.book import DatedBook
from advisor.graph_builder.sentences import connection_sentence
from advisor.requirements import Requirements, Subject
from advisor.requirements.programmed_starts import set_by_program
from advisor.sizing import settings
from advisor.sizing.node_updates import is_durable
from advisor.sizing.sized import Sized
from advisor.text import EMPTY, Text
from advisor.verdict import Services, Verdict
from advisor.verdict.known import Known
from advisor.vocabulary.formats import schedule
from advisor.vocabulary.schedule_expression import SCHEDULE, zone_of
from advisor.vocabulary.store import IMMUTABLE

#: Forms of a service that are connected as it is: a durable function is a function, a task of Express Mode a task.
FAMILIES = {"lambda-durable": "lambda", "lambda-managed-instances": "lambda", "ecs-express": "ecs"}
#: Answers about the source of events and messages, and the outside node that stands for it.
SOURCES = {"own-application": "application", "saas-partner": "saas"}
OUTSIDE: dict[str, Text] = {
    "client": Text("Users", "利用者"),
    "application": Text("Application", "アプリケーション"),
    "saas": Text("SaaS partner", "SaaS パートナー"),
    "aws-service": Text("AWS service", "AWS サービス"),
    "other-account": Text("Another AWS account", "別の AWS アカウント"),
    "email": Text("Email", "メール"),
    "sms": Text("SMS", "SMS"),
    "push": Text("Mobile push", "モバイルプッシュ"),
    "customer-email": Text("Email to customers", "顧客へのメール"),
    "partner-http": Text("Partner system", "パートナーシステム"),
    "data-lake": Text("Data lake", "データレイク"),
    "function": Text("Existing function", "既存の関数"),
}
#: Roles that one node fills for the whole workload.
SHARED = {"identity", "registry", "observability", "firewall"}
#: Services that fill such a role for one component: each sender of webhooks shares its secret with one receiver.
_OWN = {"signing-secret"}
_PROGRAMMED = Text("a program creates one schedule for each item", "プログラムが項目ごとにスケジュールを作成")
# A caller of a durable function starts an execution, and gets no answer of it.
#: In the name of an action that deletes: nobody is allowed to do so where a store is locked.
_DELETING = ":Delete"
_START = Text("start", "実行開始")
#: Connections that the rule book does not have: no project can be generated, but the diagram says what was asked for.
_FAILED = Text(
    "What {source} fails to process goes to {target}", "{source}で処理できなかったデータを{target}に送信する"
)
_CONNECTS = Text("{source} connects to {target}", "{source}が{target}に接続する")
_STARTS = Text("{source} starts an execution of the {target} function", "{source}が{target}の関数の実行を開始する")


@dataclass
class GraphDraft:
    """The nodes and edges that were added so far, by id, and their inputs."""

    requirements: Requirements
    verdict: Verdict
    dated: DatedBook
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def services_of(self, subject: Subject) -> Services:
        """Return the services chosen for a subject by role."""
        return self.verdict.subjects[subject.id].services

    @cached_property
    def facts(self) -> dict[str, Known]:
        """The facts of each subject after all roles are decided, including the chosen services."""
        return {id: subject.known for id, subject in self.verdict.subjects.items()}

    def _stated(self, subject: str) -> frozenset[str]:
        facts = self.facts[subject]
        return frozenset(facts.values) - facts.assumed

    def node_of(self, subject: str, role: str) -> Node | None:
        """Return the node that fills a role of a subject, or None."""
        return self.nodes.get(f"{subject}.{role}")

    def sized(self, subject: Subject, role: str, values: Mapping[str, Any]) -> Sized:
        """Return the settings of the service that fills a role of a subject, with some facts overridden."""
        service = str(self.services_of(subject)[role])
        return settings(role, service, values, self._stated(subject.id), self.dated)

    def add_role(self, subject: Subject, role: str, service: str, values: Mapping[str, Any]) -> Node:
        """Add the node that fills a role of a subject; a service of the whole workload has one for all subjects."""
        shared = role in SHARED and service not in _OWN
        id = f"workload.{service}" if shared else f"{subject.id}.{role}"
        if shared and id in self.nodes:
            return self._share(id, subject)
        title, note, icon = self._words(subject, role, service, values)
        sized = settings(role, service, values, self._stated(subject.id), self.dated)
        node_settings = {"components": (subject.id,)} if shared else sized.settings
        family = FAMILIES.get(service, service)
        if family != service:
            node_settings = {**node_settings, "variant": service}
        steps = states(values, self._called(subject, values)) if role == "workflow" else ()
        node = Node(
            id=id,
            service=family,
            kind="service",
            subject=subject.id,
            role=role,
            title=title,
            note=note,
            icon=icon,
            settings=node_settings,
            states=steps,
            grounds={} if shared else sized.grounds,
        )
        self.nodes[id] = node
        return node

    def _called(self, subject: Subject, values: Mapping[str, Any]) -> tuple[CalledStep, ...]:
        """Return the components that are the steps of another, in the order in which they are called."""
        if not values["steps_called"] or values["compute"] != "none":
            return ()
        components = {component.id: component for component in self.requirements.of_kind("component")}
        called = (components[id] for id in subject.answer("calls") or ())  # type: ignore[union-attr]
        return tuple(
            CalledStep(other.id, other.name, str(self.services_of(other).get("compute")), f"{other.id}.compute")
            for other in called
        )

    def _words(self, subject: Subject, role: str, service: str, values: Mapping[str, Any]) -> tuple[Text, Text, str]:
        """Return the title and the note of a node that fills a role, and the id of its icon.

        In the border of a cluster, which names the service, that is what runs the containers; elsewhere the title names both.
        """
        in_book = self.dated.book.services[service]
        title, note, icon = in_book.name, in_book.note, service
        if role == "compute" and values.get("engine"):
            engine = self.dated.book.services[str(values["engine"])]
            if service in CLUSTERS:
                title, icon = engine.name, engine.id
            else:
                title = Text(f"{title.en} on {engine.name.en}", f"{title.ja}（{engine.name.ja}）")
        if role in ("compute", "store", "messaging", "queue"):
            note = subject.name
        if role == "hosting":
            note = Text("site", "サイト")
        if role == "schedule":
            programmed = set_by_program(values, self._stated(subject.id))
            note = _PROGRAMMED if programmed else schedule(str(values[SCHEDULE]), zone_of(values))
        return title, note, icon

    def _share(self, id: str, subject: Subject) -> Node:
        node = self.nodes[id]
        users = (*_strings(node.settings.get("components")), subject.id)
        self.nodes[id] = replace(node, settings={**node.settings, "components": tuple(dict.fromkeys(users))})
        return self.nodes[id]

    def add_queue(self, channel: Subject, name: str, service: str, note: Text, values: Mapping[str, Any]) -> Node:
        """Add a queue of a channel, beside the channel's own service."""
        id = f"{channel.id}.{name}"
        sized = settings("buffer", service, values, self._stated(channel.id), self.dated)
        node = Node(
            id=id,
            service=service,
            kind="service",
            subject=channel.id,
            role="buffer",
            title=self.dated.book.services[service].name,
            note=note,
            icon=service,
            settings=sized.settings,
            grounds=sized.grounds,
        )
        self.nodes[id] = node
        return node

    def add_dead_letter_queue(self, node: Node) -> None:
        """Add the dead-letter queue of a node, unless its service gives up no messages by itself, such as a broker."""
        if (node.service, "dead-letter", "dead-letter-queue") not in self.dated.book.connections:
            return
        id = f"{node.id}-dlq"
        fifo = node.service in ("sqs-fifo", "sns-fifo")
        title = Text("Dead-letter queue", "デッドレターキュー")
        queue_settings: dict[str, Value] = {"fifo": fifo, "retention_s": 1209600}
        self.nodes[id] = Node(
            id=id,
            service="dead-letter-queue",
            kind="part",
            subject=node.subject,
            role="dead-letters",
            title=title,
            note=EMPTY,
            icon="dead-letter-queue",
            settings=queue_settings,
        )
        self.add_edge(node.id, "dead-letter", id)

    def add_outside(self, id: str, kind: str, note: Text, title: Text | None = None, icon: str = "") -> str:
        """Add a node outside the workload, if it is not there yet, and return its id; its kind has a title and an icon."""
        if id not in self.nodes:
            self.nodes[id] = Node(
                id=id,
                service=kind,
                kind="outside",
                subject=id.split(".")[0],
                role="outside",
                title=title or OUTSIDE[kind],
                note=note,
                icon=icon or kind,
            )
        return id

    def has_connection(self, source: Node, verb: str, target: Node) -> bool:
        """Return whether the rule book has a connection between the services of two nodes."""
        return (source.service, verb, target.service) in self.dated.book.connections

    def add_edge(self, source: str, verb: str, target: str) -> None:
        """Connect two nodes with the label and IAM actions of the connection in the rule book."""
        a, b = self.nodes[source], self.nodes[target]
        id = f"{source}>{verb}>{target}"
        connection = self.dated.book.connections.get((a.service, verb, b.service))
        if connection is None:
            self.edges[id] = self._unknown(id, a, verb, b)
            return
        starts = verb == "call" and is_durable(b)
        label = _START if starts else connection.label
        flow: Flow = "async" if starts else connection.flow
        sentence = connection_sentence(_STARTS if starts else connection.sentence, a, b)
        locked = bool(b.settings.get(IMMUTABLE))
        self.edges[id] = Edge(
            id=id,
            source=source,
            verb=verb,
            target=target,
            label=label,
            sentence=sentence,
            flow=flow,
            actions=tuple(action for action in connection.actions if not (locked and _DELETING in action)),
            grantee=connection.grantee,
        )

    def _unknown(self, id: str, source: Node, verb: str, target: Node) -> Edge:
        """Return a connection that the rule book does not have, in the words of one with the same target or the same source.

        Of a service without any connection in the book it is not known whether it can connect to another.
        """
        known = self.dated.book.connections
        same = [one for key, one in sorted(known.items()) if key[1] == verb]
        like = next((one for one in same if one.target == target.service), None)
        like = like or next((one for one in same if one.source == source.service), None)
        ends = {end for one in known.values() for end in (one.source, one.target)}
        undescribed = {source.service, target.service} - ends
        words = _FAILED if verb == "dead-letter" else _CONNECTS
        return Edge(
            id=id,
            source=source.id,
            verb=verb,
            target=target.id,
            label=next((one.label for one in (like, *same) if one), EMPTY),
            sentence=connection_sentence(like.sentence if like else words, source, target),
            flow=like.flow if like else "async",
            settings={"unknown": True, **({"undescribed": True} if undescribed else {})},
        )


def _strings(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
