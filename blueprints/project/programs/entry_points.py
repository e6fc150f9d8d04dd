"""What starts a program, as its connections in the architecture say."""

from dataclasses import replace

from advisor.architecture import Architecture, Edge, Node
from advisor.architecture.balancing import identities
from advisor.text import Text, spaced
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan.callers.owners import written_for_others
from blueprints.plan.callers.sign_in import token_checks, verified
from blueprints.plan.environment import variable_name
from blueprints.plan.network import reaches_internet
from blueprints.plan.routes import open_reads
from blueprints.project.programs.entry_point import LOOP, NOBODY, SOCKET, EntryPoint
from blueprints.traits import cloudfront, eventbridge_pipes, traits_of
from blueprints.traits.batch import array_size
from blueprints.traits.lambda_durable import Flow, flow_of
from blueprints.traits.signing_secret import SIGNING_KEY_ARN
from blueprints.traits.step_functions_distributed_map import bucket_of
from blueprints.traits.work_partitions import parts

_STARTING = ("invoke", "run", "consume", "stream", "start", "deliver", "call")


def entry_point_of(architecture: Architecture, node: Node, runtime: str) -> EntryPoint:
    """Return the entry point of a component's program. Raises Unsupported if its trigger has no implementation."""
    entering = [(edge, architecture.node(edge.source)) for edge in architecture.entering(node.id)]
    _check_one_way(node, entering)
    if (flow := flow_of(node)) is not None:
        return _durable(architecture, node, entering, flow)
    for edge, source in entering:
        if edge.verb == "invoke":
            signed, tokened = any(verified(architecture, node)), any(token_checks(architecture, node))
            reaches_keys = tokened and reaches_internet(architecture, node)
            validated = settings.flag(source, "validation")
            signing_env = _signing_env(architecture, node)
            request = _request(architecture, edge, source, node, runtime)
            shared = written_for_others(architecture, node)
            return replace(
                request, validated=validated, signed=signed, tokened=tokened, reaches_keys=reaches_keys,
                signing_env=signing_env, shared=shared,
            )  # fmt: skip
    for edge, source in entering:
        if edge.verb == "run":
            return _run(architecture, node, source, runtime)
        if edge.verb in ("consume", "stream", "start", "deliver"):
            return _message(architecture, node, edge, source, runtime)
    if runtime == "container":
        return EntryPoint(LOOP if node.settings.get("run") == "worker" else "container_job", timed=True)
    if any(edge.verb == "call" for edge, _ in entering):
        return EntryPoint("lambda_event", "call")
    return EntryPoint("lambda_event", "turn" if node.settings.get("trigger") == "always-on" else "direct")


def _signing_env(architecture: Architecture, node: Node) -> str:
    """Return the environment variable with the secret of the sender whose webhooks a program receives, or ""."""
    secrets = [architecture.node(edge.target) for edge in architecture.leaving(node.id, "verify")]
    return variable_name(secrets[0].subject, SIGNING_KEY_ARN) if secrets else ""


def _check_one_way(node: Node, entering: list[tuple[Edge, Node]]) -> None:
    """Refuse a program that is started in several ways: its code would serve the first and drop the others.

    A function that an entry or a start of one event invokes takes calls of other programs as well.
    """
    ways = {_way(edge, source) for edge, source in entering if edge.verb in _STARTING}
    if ways == {"run", "consume"}:
        raise Unsupported(node.id, _beside_its_workflow(node))
    if len(ways) > 1 and ways not in ({"invoke", "call"}, {"start", "call"}) and flow_of(node) is None:
        raise Unsupported(node.id, started_in_several_ways(node))


def _way(edge: Edge, source: Node) -> str:
    """Return how an edge starts a program: a pipe passes lists, not single events."""
    return source.service if source.service == eventbridge_pipes.TRAITS.service else edge.verb


def _beside_its_workflow(node: Node) -> Text:
    """Return the sentence on a workflow that does not get the events of its component: the program reads their queue."""
    name = node.note
    return Text(
        f'"{name.en}" runs as a workflow, and its events wait in a queue, from which only a pipe starts a workflow. '
        "Answer `trigger: message`: a pipe then reads the queue.",
        f"「{name.ja}」はワークフローとして動き、イベントはキューに届きます。キューからワークフローを開始できるのはパイプだけです。"
        "`trigger: message` と回答すると、パイプがキューを読み取ります。",
    )


def started_in_several_ways(node: Node) -> Text:
    """Return the sentence on a program that cannot serve all the ways in which its component is started."""
    name, service = node.note, node.title
    return spaced(
        Text(
            f'"{name.en}" has several triggers, and one program on {service.en} cannot handle all of them. '
            "State one trigger, and add a component for each other trigger.",
            f"「{name.ja}」には起点が複数あり、{service.ja}で動く 1 つのプログラムではすべてを扱えません。"
            "起点を 1 つにし、他の起点ごとにコンポーネントを追加してください。",
        )
    )


def _request(architecture: Architecture, edge: Edge, entry: Node, node: Node, runtime: str) -> EntryPoint:
    identity: str = NOBODY
    for checked in identities(architecture, edge):
        service = architecture.node(checked.target).service
        identity = service if traits_of(service).identity else identity
    protocol = traits_of(entry.service).protocol
    delivered = cloudfront.delivered(architecture, entry.id) is not None
    if runtime == "container" and protocol == "http":
        idle_s = settings.number(entry, "idle_timeout_s")
        adapted = settings.flag(node, "web_adapter")
        entry_point = EntryPoint(
            "container_web",
            "",
            entry.service,
            identity,
            at_once=settings.number(node, "requests_at_once"),
            idle_s=idle_s,
            open_reads=open_reads(entry),
            adapted=adapted,
            streamed=adapted and settings.flag(entry, "streaming"),
            delivered=delivered,
        )
        if adapted and identity != NOBODY and not entry_point.identity_path:
            raise _missing(edge, entry)
        return entry_point
    if runtime == "container" and protocol == "tcp":
        return EntryPoint(SOCKET, entry=entry.service)
    if runtime == "function" and protocol == "http":
        entry_point = EntryPoint(
            "lambda_http", entry=entry.service, identity=identity, open_reads=open_reads(entry), delivered=delivered
        )
        if identity != NOBODY and not entry_point.identity_path:
            raise _missing(edge, entry)
        return entry_point
    if runtime == "function" and protocol == "websocket":
        return EntryPoint("lambda_websocket", entry=entry.service, identity=identity)
    if runtime == "function" and protocol == "graphql":
        return EntryPoint("lambda_graphql", entry=entry.service, identity=identity)
    raise _missing(edge, entry)


def _run(architecture: Architecture, node: Node, workflow: Node, runtime: str) -> EntryPoint:
    array = array_size(workflow, node)
    starting = [architecture.node(edge.source) for edge in architecture.entering(workflow.id, "start")]
    timed = any(traits_of(source.service).timed for source in starting)
    shell = "container_job" if runtime == "container" else "lambda_step"
    numbered = parts(architecture, workflow, node)
    # A job of an array, and one item of a map, is a part of the work and adds nothing up.
    timed = timed and not array and all(state.kind != "map" for state in workflow.states)
    records, listed = _piped(architecture, workflow), bucket_of(architecture, workflow) is not None
    mapped = any(state.kind == "map" for state in workflow.states)
    itemised = mapped and not (array or numbered or listed)
    return EntryPoint(
        shell, timed=timed, workflow=workflow, records=records, array=array, parts=numbered, listed=listed,
        itemised=itemised,
    )  # fmt: skip


def _durable(architecture: Architecture, node: Node, entering: list[tuple[Edge, Node]], flow: Flow) -> EntryPoint:
    for edge, source in entering:
        if not traits_of(source.service).durable_event or edge.verb == "invoke":
            raise _missing(edge, source)
    started = [source for edge, source in entering if edge.verb != "call"]
    kind = traits_of(started[0].service).durable_event if started else "call" if entering else "direct"
    records = _piped(architecture, node)
    first = started[0] if started else None
    return EntryPoint(
        "lambda_durable",
        kind,
        source=first,
        timed=bool(started) and traits_of(started[0].service).timed,
        records=records,
        flow=flow,
    )


def _piped(architecture: Architecture, node: Node) -> str:
    """Return the service whose records reach a node through a pipe as they are."""
    for edge in architecture.entering(node.id, "start"):
        pipe = architecture.node(edge.source)
        if pipe.service == eventbridge_pipes.TRAITS.service:
            sources = [architecture.node(e.source).service for e in architecture.entering(pipe.id)]
            return next((_family(source) for source in sources), "")
    return ""


def _message(architecture: Architecture, node: Node, edge: Edge, source: Node, runtime: str) -> EntryPoint:
    traits = traits_of(source.service)
    if runtime == "container":
        if traits.queue:
            batch, notified = settings.number(node, "batch_size"), _is_notified(architecture, source)
            at_once = settings.number(node, "messages_per_task")
            return EntryPoint("container_queue", source=source, batch=batch, at_once=at_once, notified=notified)
        if edge.verb == "start":
            return EntryPoint("container_job", timed=traits.timed, records=_piped(architecture, node))
        raise _missing(edge, source)
    if traits.records is not None:
        notified = _is_notified(architecture, source)
        return EntryPoint("lambda_batch", _family(source.service), source=source, notified=notified)
    if not traits.event:
        raise _missing(edge, source)
    return EntryPoint(
        "lambda_event", traits.event, source=source, timed=traits.timed, records=_piped(architecture, node)
    )


def _is_notified(architecture: Architecture, queue: Node) -> bool:
    """Return whether the messages of a queue are notifications that a bucket sends to it directly."""
    return traits_of(queue.service).queue and bool(architecture.entering(queue.id, "emit"))


def _family(service: str) -> str:
    """Return the template of calls to a service, which is the same for standard and FIFO variants."""
    return service.removesuffix("-fifo")


def _missing(edge: Edge, source: Node) -> Unsupported:
    reason = Text(
        f"The project generator does not support programs that {source.title.en} starts in this way yet ({edge.verb}).",
        f"{source.title.ja}からこの形で起動されるプログラム（{edge.verb}）は、まだ生成に対応していません。",
    )
    return Unsupported(edge.id, reason)
