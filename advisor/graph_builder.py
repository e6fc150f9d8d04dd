"""Choices to graph: every service becomes a node, every link a connection keyed (source, verb, target).

What a connection means (words, IAM actions) comes from the rule book; no pattern has code of its own. A connection
that the book does not know is kept and marked with the setting `unknown`, so that it can be said before a download.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from advisor.architecture import Architecture, Edge, Node, Value
from advisor.architecture.groups import groups_for
from advisor.architecture.numbering import numbered
from advisor.architecture.workflow_states import states
from advisor.book import DatedBook
from advisor.budgets import with_budgets
from advisor.requirements import Requirements, Subject
from advisor.sizing import settings
from advisor.sizing.durable import OWN, STARTING_S
from advisor.sizing.node_updates import is_durable
from advisor.sizing.path_settings import with_path_settings
from advisor.text import EMPTY, Text, spaced
from advisor.verdict import Services, Verdict
from advisor.verdict.derived_facts import Known
from advisor.vocabulary import DESTINATION_KINDS

MOST_UNNAMED = 4
_SHARED = {"identity", "registry", "observability", "firewall"}
_OUTSIDE: dict[str, Text] = {
    "client": Text("Users", "利用者"),
    "application": Text("Application", "アプリケーション"),
    "saas": Text("SaaS partner", "SaaS パートナー"),
    "aws-service": Text("AWS service", "AWS サービス"),
    "other-account": Text("Another AWS account", "別の AWS アカウント"),
    "email": Text("E-mail", "メール"),
    "sms": Text("SMS", "SMS"),
    "push": Text("Mobile push", "モバイルプッシュ"),
    "customer-email": Text("Customers' mail", "顧客のメール"),
    "partner-http": Text("Partner system", "パートナーシステム"),
    "data-lake": Text("Data lake", "データレイク"),
    "function": Text("Existing function", "既存の関数"),
}
# A request, or a channel whose consumer is the program itself, leaves it to the program to start its workflow.
_ASKED = ("request", "always-on", "message", "stream")
#: Forms of a service that are connected as it is: a durable function is a function, a task of Express Mode a task.
FAMILIES = {"lambda-durable": "lambda", "lambda-managed-instances": "lambda", "ecs-express": "ecs"}
# Who calls a durable function starts an execution, and gets no answer of it.
_START = Text("start", "実行開始")
_STARTS = Text("{source} starts an execution of {target}", "{source}が{target}の実行を開始する")
_TOPICS = ("sns", "sns-fifo", "eventbridge-bus")
_SOURCES = {"own-application": "application", "saas-partner": "saas"}


def connect(requirements: Requirements, made: Verdict, dated: DatedBook) -> Architecture:
    """Return the architecture that a verdict comes to, sized and budgeted by the book's limits as of its day."""
    wiring = _Wiring(requirements, made, dated)
    for subject in requirements.of_kind("store"):
        wiring.store(subject)
    for subject in requirements.of_kind("component"):
        wiring.component(subject)
    for subject in requirements.of_kind("channel"):
        wiring.channel(subject)
    for subject in requirements.of_kind("component"):
        wiring.links(subject)
    edges = tuple(wiring.edges.values())
    sized = with_path_settings(tuple(wiring.nodes.values()), edges, wiring.facts, dated)
    nodes, groups = groups_for(sized, edges, requirements)
    return with_budgets(Architecture(nodes, numbered(nodes, edges), groups), wiring.facts, dated)


@dataclass
class _Wiring:
    requirements: Requirements
    made: Verdict
    dated: DatedBook
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)

    def component(self, subject: Subject) -> None:
        """Add the nodes of a component, and the connections between its own roles."""
        values = self.facts[subject.id].values
        for role, service in self._services(subject).items():
            # A durable function holds its flow in its own code.
            held = role == "workflow" and service == "lambda-durable"
            if service not in (None, "none") and role not in ("engine", "observability") and not held:
                self._role_node(subject, role, str(service), values)
        self._split(subject)
        if (compute := self.nodes.get(f"{subject.id}.compute")) is not None and is_durable(compute):
            self._dead_letters(compute)
        self._front(subject, values)
        self._start(subject, values)
        self._supplies(subject, values)

    def store(self, subject: Subject) -> None:
        """Add the nodes of a store."""
        values = self.facts[subject.id].values
        for role, service in self._services(subject).items():
            if service not in (None, "none"):
                self._role_node(subject, role, str(service), values)
        if f"{subject.id}.proxy" in self.nodes and f"{subject.id}.store" in self.nodes:
            self._edge(f"{subject.id}.proxy", "pool", f"{subject.id}.store")

    def channel(self, subject: Subject) -> None:
        """Add the node of a channel, its producers outside, its queues and its destinations."""
        decided = self._services(subject)
        service = decided.get("messaging")
        if service is None:
            return
        values = self.facts[subject.id].values
        hub = self._role_node(subject, "messaging", service, values)
        self._outside_producers(subject, values, hub)
        consumers = [c for c in self.requirements.of_kind("component") if c.answer("listens_to") == subject.id]
        for consumer in consumers:
            self._consumer(subject, consumer, decided.get("buffer"), values, hub, many=len(consumers) > 1)
        if service in ("sqs", "sqs-fifo") and not consumers:
            self._dead_letters(hub)
        self._destinations(subject, values, hub, len(consumers))

    def links(self, subject: Subject) -> None:
        """Add what a component reads, writes, publishes to and calls."""
        actor = self._actor(subject.id)
        if actor is None:
            return
        reads, writes = (tuple(subject.answer(f) or ()) for f in ("reads", "writes"))  # type: ignore[arg-type]
        for store in dict.fromkeys((*reads, *writes)):
            target = self._opened(store)
            verb = "read-write" if store in reads and store in writes else "read" if store in reads else "write"
            if target in self.nodes:
                self._edge(actor, verb, target)
        for channel in subject.answer("publishes") or ():  # type: ignore[union-attr]
            if f"{channel}.messaging" in self.nodes:
                self._edge(actor, "publish", f"{channel}.messaging")
        for other in subject.answer("calls") or ():  # type: ignore[union-attr]
            doors = (f"{other}.entry", f"{other}.workflow", f"{other}.compute")
            door = next((d for d in doors if d in self.nodes), None)
            direct = f"{other}.compute"
            if (
                direct in self.nodes
                and self.nodes[direct].service == "lambda"
                and f"{other}.workflow" not in self.nodes
            ):
                door = direct
            if door:
                self._edge(actor, "call", door)
        self._chat(subject, next((store for store in reads if store in writes), ""))

    def _chat(self, subject: Subject, kept: str) -> None:
        """Let what answers a WebSocket push to its connections; one that only starts the work notes them itself."""
        entry, asked = self.nodes.get(f"{subject.id}.entry"), self._staying(subject.id)
        if entry is None or asked is None or entry.service != "api-gateway-websocket":
            return
        if asked.id.endswith("-starter") and self._opened(kept) in self.nodes:
            self._edge(asked.id, "read-write", self._opened(kept))
        self._edge(asked.id, "push", entry.id)

    def _opened(self, store: str) -> str:
        """Return the id of the node by which a store is reached."""
        return f"{store}.proxy" if f"{store}.proxy" in self.nodes else f"{store}.store"

    def _services(self, subject: Subject) -> Services:
        return self.made.subjects[subject.id].services

    @cached_property
    def facts(self) -> dict[str, Known]:
        """What is known about each subject once every role is decided, the choices by role among the values."""
        return {id: subject.known for id, subject in self.made.subjects.items()}

    def _stated(self, subject: str) -> frozenset[str]:
        facts = self.facts[subject]
        return frozenset(facts.values) - facts.assumed

    def _role_node(self, subject: Subject, role: str, service: str, values: Mapping[str, Any]) -> Node:
        known_service = self.dated.book.services[service]
        shared = role in _SHARED
        id = f"workload.{service}" if shared else f"{subject.id}.{role}"
        if shared and id in self.nodes:
            return self._share(id, subject)
        title, note, icon = known_service.name, known_service.note, service
        if role == "compute" and values.get("engine"):
            icon = str(values["engine"])
            title = self.dated.book.services[icon].name
        if role in ("compute", "store", "messaging", "queue"):
            note = subject.name
        if role == "hosting":
            note = Text("site", "サイト")
        if role == "schedule":
            note = Text.same(str(values["schedule_expression"]))
        found = settings(role, service, values, self._stated(subject.id), self.dated)
        held = {"components": (subject.id,)} if shared else found.settings
        family = FAMILIES.get(service, service)
        if family != service:
            held = {**held, "variant": service}
        steps = states(values, service) if role == "workflow" else ()
        node = Node(
            id, family, "service", subject.id, role, title, note, icon,
            settings=held, states=steps, grounds={} if shared else found.grounds,
        )  # fmt: skip
        self.nodes[id] = node
        return node

    def _share(self, id: str, subject: Subject) -> Node:
        node = self.nodes[id]
        users = (*_strings(node.settings.get("components")), subject.id)
        self.nodes[id] = replace(node, settings={**node.settings, "components": tuple(dict.fromkeys(users))})
        return self.nodes[id]

    def _front(self, subject: Subject, values: Mapping[str, Any]) -> None:
        entry = self.nodes.get(f"{subject.id}.entry")
        if values["trigger"] != "request" or entry is None:
            return
        client = self._client(values)
        if f"{subject.id}.delivery" in self.nodes:
            self._edge(client, "load", f"{subject.id}.delivery")
            if values.get("firewall"):
                self._edge(f"{subject.id}.delivery", "filter", self._at_the_edge(values["firewall"]))
            self._edge(f"{subject.id}.delivery", "fetch", f"{subject.id}.hosting")
        identity = f"workload.{values.get('identity')}"
        if values.get("identity") in ("cognito", "oidc"):
            self._edge(client, "sign-in", identity)
        self._edge(client, "request", entry.id)
        if identity in self.nodes:
            self._edge(entry.id, "authorize", identity)
        if values.get("firewall"):
            self._edge(entry.id, "filter", f"workload.{values['firewall']}")
        workflow, compute = self.nodes.get(f"{subject.id}.workflow"), self.nodes.get(f"{subject.id}.compute")
        stays = compute is not None and _resident(self._staying(subject.id))
        if workflow and self._known(entry, "start", workflow) and not stays:
            self._edge(entry.id, "start", workflow.id)
        elif compute:
            self._edge(entry.id, "invoke", self._answering(entry, compute, workflow).id)

    def _at_the_edge(self, firewall: str) -> str:
        """Add the web ACL that stands before content delivery: it cannot be that of an entry, which has a Region."""
        regional = self.nodes[f"workload.{firewall}"]
        made = replace(regional, id=f"{regional.id}-edge", note=Text("before the CDN", "CDN の前段"))
        self.nodes[made.id] = made
        return made.id

    def _split(self, subject: Subject) -> None:
        """Let a container that stays up and the task that a workflow runs be two programs: one starts, one works."""
        workflow, compute = self.nodes.get(f"{subject.id}.workflow"), self.nodes.get(f"{subject.id}.compute")
        if workflow is None or compute is None or compute.service != "ecs" or not _resident(compute):
            return
        self._starter(compute, compute.settings)
        grounds = {name: ground for name, ground in compute.grounds.items() if name != "desired_count"}
        held = {**compute.settings, "run": "job", "desired_count": 0}
        self.nodes[compute.id] = replace(compute, settings=held, grounds=grounds)

    def _starter(self, compute: Node, held: Mapping[str, Value]) -> Node:
        note = Text(f"{compute.note.en}: start", f"{compute.note.ja}の開始")
        made = replace(compute, id=f"{compute.id}-starter", note=note, settings=held)
        self.nodes[made.id] = made
        return made

    def _durable_starter(self, compute: Node) -> Node:
        """Return the function that starts a durable function for who hands work over and waits until it is taken.

        A front door, a queue and a stream would wait for its end, and wait for no longer than a plain function lasts.
        """
        if made := self.nodes.get(f"{compute.id}-starter"):
            return made
        held = {name: value for name, value in compute.settings.items() if name not in OWN}
        made = self._starter(compute, {**held, "image": False, "timeout_s": STARTING_S})
        grounds = {name: ground for name, ground in compute.grounds.items() if name not in (*OWN, "timeout_s")}
        made = replace(made, title=self.dated.book.services["lambda"].name, icon="lambda", grounds=grounds)
        self.nodes[made.id] = made
        self._edge(made.id, "call", compute.id)
        return made

    def _staying(self, component: str) -> Node | None:
        """Return what is asked and listens for a component: what starts its workflow, or the work itself."""
        return self.nodes.get(f"{component}.compute-starter") or self.nodes.get(f"{component}.compute")

    def _answering(self, entry: Node, compute: Node, workflow: Node | None) -> Node:
        """Return what the entry hands requests to: the work itself, or a program that only starts its workflow.

        A function that did both would be asked by two kinds of callers.
        """
        if is_durable(compute):
            return self._durable_starter(compute)
        asked = self._staying(compute.subject) or compute
        alone = workflow is None or compute.service != "lambda"
        if asked is compute and not alone:
            held = {name: value for name, value in compute.settings.items() if name != "variant"}
            asked = self._starter(compute, {**held, "image": False})
        if workflow is not None and asked is not compute:
            self._edge(asked.id, "call", workflow.id)
        return asked

    def _client(self, values: Mapping[str, Any]) -> str:
        words = {
            "public": Text("internet", "インターネット"),
            "private": Text("company network", "社内ネットワーク"),
            "partner": Text("partners", "パートナー"),
        }
        return self._outside(f"client.{values['exposure']}", "client", words[values["exposure"]])

    def _start(self, subject: Subject, values: Mapping[str, Any]) -> None:
        door = self._door(subject.id)
        if f"{subject.id}.schedule" in self.nodes and door:
            self._edge(f"{subject.id}.schedule", "start", door)
            self._dead_letters(self.nodes[f"{subject.id}.schedule"])
        router = self.nodes.get(f"{subject.id}.events")
        listened = f"{values.get('listens_to')}.store"
        if values["trigger"] == "event" and values["listens_kind"] == "store" and listened in self.nodes:
            self._from_store(listened, router, door, subject.id)
        elif router is not None and values["trigger"] == "event":
            source = _SOURCES.get(values["event_source"], values["event_source"])
            origin = self._outside(f"{subject.id}.source", source, EMPTY) if source in _OUTSIDE else None
            if origin:
                self._edge(origin, "emit", router.id)
        queue = self.nodes.get(f"{subject.id}.queue")
        if router is not None and queue is not None:
            self._edge(router.id, "deliver", queue.id)
            self._edge(queue.id, "consume", self._listening(subject.id))
            self._dead_letters(queue)
        elif router is not None and door:
            self._edge(router.id, "start", door)
            if values["trigger"] == "event":  # a queue that a pipe reads has its own
                self._dead_letters(router)
        workflow, compute = self.nodes.get(f"{subject.id}.workflow"), self.nodes.get(f"{subject.id}.compute")
        if workflow and compute:
            if not any(edge.target == workflow.id for edge in self.edges.values()) and values["trigger"] in _ASKED:
                self._edge(self._listening(subject.id), "call", workflow.id)
            self._edge(workflow.id, "run", compute.id)

    def _listening(self, component: str) -> str:
        compute = self.nodes.get(f"{component}.compute")
        if compute is not None and is_durable(compute):
            return self._durable_starter(compute).id
        found = self._staying(component)
        return found.id if found else f"{component}.compute"

    def _from_store(self, store: str, router: Node | None, door: str | None, component: str) -> None:
        if router is not None:
            self._edge(store, "emit" if router.service == "eventbridge-bus" else "stream", router.id)
        elif door:
            self._edge(store, "stream", self._listening(component) if door == f"{component}.compute" else door)

    def _supplies(self, subject: Subject, values: Mapping[str, Any]) -> None:
        compute = self.nodes.get(f"{subject.id}.compute")
        if compute is None:
            return
        starter = self.nodes.get(f"{compute.id}-starter")
        programs = [compute, *([starter] if starter is not None and starter.service != "lambda" else [])]
        if values.get("registry"):
            for program in programs:
                self._edge(program.id, "pull", f"workload.{values['registry']}")
        if values.get("secrets"):
            self._edge(compute.id, "get-secret", f"{subject.id}.secrets")
        if compute.service in ("ecs", "eks", "batch"):
            self._role_node(subject, "observability", "cloudwatch", values)
            for program in programs:
                self._edge(program.id, "observe", "workload.cloudwatch")

    def _outside_producers(self, subject: Subject, values: Mapping[str, Any], hub: Node) -> None:
        components = self.requirements.of_kind("component")
        inside = any(subject.id in (c.answer("publishes") or ()) for c in components)  # type: ignore[operator]
        if inside and values["source"] == "own-application":
            return
        source = _SOURCES.get(values["source"], values["source"])
        verb = "emit" if hub.service == "eventbridge-bus" else "publish"
        self._edge(self._outside(f"{subject.id}.source", source, EMPTY), verb, hub.id)

    def _consumer(
        self,
        channel: Subject,
        consumer: Subject,
        buffer: str | None,
        values: Mapping[str, Any],
        hub: Node,
        *,
        many: bool,
    ) -> None:
        source = hub
        if buffer not in (None, "none"):
            source = self._queue(channel, f"buffer-{consumer.id}", str(buffer), consumer.name, values)
            self._edge(hub.id, "deliver", source.id)
        compute = self._staying(consumer.id)
        pipe = self.nodes.get(f"{consumer.id}.events")
        if pipe is not None:
            self._edge(source.id, "consume", pipe.id)
        elif compute is not None:
            taken = source.service != "eventbridge-bus"
            door = self._listening(consumer.id) if taken else self._door(consumer.id)
            self._edge(source.id, "consume" if taken or door == compute.id else "start", str(door))
        self._dead_letters(self.nodes[source.id])

    def _queue(self, channel: Subject, name: str, service: str, note: Text, values: Mapping[str, Any]) -> Node:
        known_service = self.dated.book.services[service]
        id = f"{channel.id}.{name}"
        found = settings("buffer", service, values, self._stated(channel.id), self.dated)
        node = Node(
            id, service, "service", channel.id, "buffer", known_service.name, note, service,
            settings=found.settings, grounds=found.grounds,
        )  # fmt: skip
        self.nodes[id] = node
        return node

    def _dead_letters(self, node: Node) -> None:
        id = f"{node.id}-dlq"
        fifo = node.service in ("sqs-fifo", "sns-fifo")
        title = Text("Dead-letter queue", "デッドレターキュー")
        found: dict[str, Value] = {"fifo": fifo, "retention_s": 1209600}
        self.nodes[id] = Node(
            id, "dead-letter-queue", "part", node.subject, "dead-letters", title, EMPTY, "dead-letter-queue",
            settings=found,
        )  # fmt: skip
        self._edge(node.id, "dead-letter", id)

    def _destinations(self, subject: Subject, values: Mapping[str, Any], hub: Node, consumers: int) -> None:
        stated = list(getattr(subject, "destinations", None) or ())
        for number, destination in enumerate(stated, 1):
            note = destination.title or EMPTY
            if destination.kind == "queue" and hub.service in ("sqs", "sqs-fifo"):
                continue  # the channel is that queue itself
            if destination.kind == "queue":
                target = self._queue(subject, f"queue-{number}", self._queue_service(hub), note, values)
                self._dead_letters(target)
                self._edge(hub.id, "deliver", target.id)
                continue
            label = next(o.label for o in DESTINATION_KINDS if o.value == destination.kind)
            id = self._outside(f"{subject.id}.to-{number}", destination.kind, note or label)
            self._edge(hub.id, "deliver", id)
        if any(d.kind in ("partner-http", "saas") for d in stated):
            self._dead_letters(hub)
        missing = int(values["destination_count"]) - consumers - len(stated)
        if (consumers + len(stated) == 0 and missing <= 1) or hub.service not in _TOPICS:
            return
        for number in range(1, min(missing, MOST_UNNAMED) + 1):
            more = number == MOST_UNNAMED and missing > MOST_UNNAMED
            rest = missing - MOST_UNNAMED + 1
            note = (
                Text(f"{rest} more consumers", f"ほか {rest} 件の受信側")
                if more
                else Text(f"consumer {number}", f"受信側 {number}")
            )
            target = self._queue(subject, f"consumer-{number}", self._queue_service(hub), note, values)
            self._dead_letters(target)
            self._edge(hub.id, "deliver", target.id)

    def _queue_service(self, hub: Node) -> str:
        return "sqs-fifo" if hub.service == "sns-fifo" else "sqs"

    def _outside(self, id: str, kind: str, note: Text) -> str:
        if id not in self.nodes:
            self.nodes[id] = Node(id, kind, "outside", id.split(".")[0], "outside", _OUTSIDE[kind], note, kind)
        return id

    def _door(self, component: str) -> str | None:
        stays = self._staying(component)
        if stays is not None and _resident(stays):
            return stays.id
        return next((i for i in (f"{component}.workflow", f"{component}.compute") if i in self.nodes), None)

    def _known(self, source: Node, verb: str, target: Node) -> bool:
        return (source.service, verb, target.service) in self.dated.book.connections

    def _actor(self, component: str) -> str | None:
        names = ("compute", "entry", "workflow", "events", "schedule")
        return next((f"{component}.{n}" for n in names if f"{component}.{n}" in self.nodes), None)

    def _edge(self, source: str, verb: str, target: str) -> None:
        a, b = self.nodes[source], self.nodes[target]
        id = f"{source}>{verb}>{target}"
        known_connection = self.dated.book.connections.get((a.service, verb, b.service))
        if known_connection is None:
            words = Text.same(verb)
            self.edges[id] = Edge(id, source, verb, target, words, words, "async", settings={"unknown": True})
            return
        c = known_connection
        if verb == "call" and is_durable(b):
            sentence = _sentence(_STARTS, a, b)
            self.edges[id] = Edge(
                id, source, verb, target, _START, sentence, "async", actions=c.actions, grantee=c.grantee
            )
            return
        self.edges[id] = Edge(
            id, source, verb, target, c.label, _sentence(c.sentence, a, b), c.flow, actions=c.actions, grantee=c.grantee
        )


def _resident(compute: Node | None) -> bool:
    """Return whether a container stays up, so that it starts its own workflows rather than being started by one."""
    return compute is not None and compute.settings.get("run") in ("service", "worker")


def _sentence(text: Text, source: Node, target: Node) -> Text:
    names = {"source": _called(source), "target": _called(target)}
    en, ja = text.en, text.ja
    for key, name in names.items():
        en, ja = en.replace("{" + key + "}", name.en), ja.replace("{" + key + "}", name.ja)
    return spaced(Text(en[:1].upper() + en[1:], ja))


def _called(node: Node) -> Text:
    own_words = node.kind == "outside" and node.service != "client" and node.note.en
    if node.role in ("compute", "store", "messaging") or own_words:
        return Text(node.note.en or node.title.en, node.note.ja or node.title.ja)
    return node.title


def _strings(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
