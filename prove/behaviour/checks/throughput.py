"""Throughput: event source mappings, streams, APIs, tables and databases carry the required load."""

import math
import re
from collections.abc import Iterator

from advisor.requirements import Subject
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.loads import Load, component_of, load_of
from prove.behaviour.references import ids_in, named
from prove.behaviour.services import program_text, services
from prove.readback.stack import Resource

MAPPING = "AWS::Lambda::EventSourceMapping"
STREAM = "AWS::Kinesis::Stream"
TABLE = "AWS::DynamoDB::Table"
#: Concurrent executions of an account by default, of which Lambda keeps 100 unreserved.
#: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html (read 2026-11-27)
ACCOUNT, UNRESERVED = 1000, 100
#: Child executions of a distributed map without a limit, and a fifth to spare.
MOST_CHILDREN, SPARE = 10_000, 1.2
#: A shard takes 1,000 records and 1 MiB a second, all consumers read 2 MiB of it; an on-demand stream starts with 4 shards.
#: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html (read 2026-11-27)
SHARD_RECORDS, SHARD_BYTES, SHARD_READ_BYTES, FIRST_SHARDS = 1000, 2**20, 2**21, 4
#: Units that a new on-demand table takes at once; a write unit is 1 KB, a read unit 4 KB.
#: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html (read 2026-11-27)
WARM_WRITES, WARM_READS, WRITE_BYTES, READ_BYTES = 4000, 12_000, 1024, 4096
#: Connections of PostgreSQL on RDS: memory ÷ 9,531,392 bytes, at most 5,000; of Aurora Serverless v2 by its largest
#: capacity of 2 GiB per unit, at most 2,000 where it may pause or fall to half a unit.
#: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html (read 2026-11-27)
#: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html (read 2026-11-27)
CONNECTION_BYTES, MOST_CONNECTIONS, SMALL_CONNECTIONS, GIB = 9_531_392, 5000, 2000, 2**30
MEMORY_GIB = {"db.m7g.large": 8, "db.t4g.medium": 4, "db.r7g.large": 16}
_CONNECTS = re.compile(r"\bpg8000\b|from 'pg'|\bpostgres\(")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield insufficient throughput of a project, and parts that use up shared capacity."""
    for mapping, source, _, load in _mappings(evidence):
        if source.type == STREAM:
            yield from _readers(evidence, mapping, source, load)
    yield from _queues(evidence)
    for stream in evidence.stack.of_type(STREAM):
        yield from _shards(evidence, stream)
    yield from _apis(evidence)
    for table in evidence.stack.of_type(TABLE):
        yield from _warmth(evidence, table)
    yield from _destinations(evidence)
    yield from _connections(evidence)
    yield from _storage(evidence)
    for machine in evidence.stack.of_type("AWS::StepFunctions::StateMachine"):
        yield from _maps_of_functions(evidence, machine)


def _mappings(evidence: Evidence) -> Iterator[tuple[Resource, Resource, Subject, Load]]:
    """Yield each event source mapping with its source, its consumer and the consumer's load."""
    for mapping in evidence.stack.of_type(MAPPING):
        consumer = next((edge for edge in mapping.owner.edges if ">consume>" in edge or ">stream>" in edge), "")
        component = component_of(evidence.requirements, consumer)
        source = _source(evidence, mapping)
        if component is not None and source is not None:
            yield mapping, source, component, load_of(evidence.requirements, component)


def _share(evidence: Evidence) -> int:
    """Return the concurrency that is left for messages: functions that answer callers need theirs at once."""
    functions = evidence.stack.of_type("AWS::Lambda::Function")
    ids = {function.owner.node.partition(".")[0] for function in functions}
    answering = [
        component
        for component in evidence.requirements.of_kind("component")
        if component.id in ids and "request" in str(component.answer("trigger"))
    ]
    loads = [(load_of(evidence.requirements, one), _stated(one, "response_s") or 0.0) for one in answering]
    asked = sum(math.ceil(round((load.peak_per_s or 0.0) * (load.mean_s or answer / 2), 6)) for load, answer in loads)
    return max(UNRESERVED, ACCOUNT - UNRESERVED - asked)


def _queues(evidence: Evidence) -> Iterator[Problem]:
    """Mappings of queues have concurrency limits that together leave capacity for other functions, and carry the load.

    Where the account has less than all of them need, each takes the part that its load is of all loads.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html (read 2026-11-27)
    """
    polling = [
        (mapping, _stated(consumer, "most_at_once"), load)
        for mapping, source, consumer, load in _mappings(evidence)
        if source.type == "AWS::SQS::Queue"
    ]
    share, asked = _share(evidence), sum(load.at_once for *_, load in polling)
    bounds = [int(mapping.properties.get("ScalingConfig", {}).get("MaximumConcurrency", 0)) for mapping, *_ in polling]
    # A mapping starts at least two functions.
    if polling and (not all(bounds) or sum(bounds) > max(share, 2 * len(polling))):
        taken = "all" if not all(bounds) else str(sum(bounds))
        message = f"Queues may take {taken} of the {ACCOUNT} concurrent executions that all functions share."
        yield Problem("account-taken", polling[0][0].id, message, MAPPING)
    for (mapping, most, load), bound in zip(polling, bounds, strict=True):
        # A fifth less: others may spare more than this one does.
        part = math.floor(share * load.at_once / asked / SPARE) if asked > share / SPARE else share
        needed = min(part if len(polling) > 1 else share, math.ceil(round(load.at_once, 6)))
        if most is not None:  # messages wait, as long as the queue does not grow on average
            needed = min(needed, max(int(most), math.ceil(round(load.steady, 6))))
        if bound and bound < needed:
            message = f"The asked load takes {needed} functions at once; the mapping starts {bound}."
            yield Problem("narrow-mapping", mapping.id, message, MAPPING)


def _maps_of_functions(evidence: Evidence, machine: Resource) -> Iterator[Problem]:
    """A distributed map of functions leaves the account's other functions some concurrency, unless it was asked for all.

    https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html (read 2026-11-27): no limit is 10,000.
    """
    component = component_of(evidence.requirements, machine.owner.node)
    if component is None:
        return
    load, share = load_of(evidence.requirements, component), ACCOUNT - UNRESERVED
    for state in (machine.properties.get("Definition") or {}).get("States", {}).values():
        processor = state.get("ItemProcessor", {})
        distributed = processor.get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED"
        width = int(state.get("MaxConcurrency", 0)) or MOST_CHILDREN
        if distributed and "lambda:invoke" in str(processor) and width > max(share, SPARE * load.items_at_once):
            message = f"It may take {width} of the {ACCOUNT} concurrent executions that all functions share."
            yield Problem("account-taken", machine.id, message, machine.type)


def _readers(evidence: Evidence, mapping: Resource, stream: Resource, load: Load) -> Iterator[Problem]:
    """One function per shard, or up to ten with a parallelization factor; each processes its records one by one.

    https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html (read 2026-11-27)
    """
    carried = _shard_count(evidence, stream) * int(mapping.properties.get("ParallelizationFactor", 1))
    # Of records only the time that was stated counts: half of the longest would be far from that of a small one.
    needed = math.ceil(round((load.peak_per_s or 0.0) * (load.typical_s or 0.0), 6))
    if carried < needed:
        message = f"The asked load takes {needed} readers at once; the shards have {carried}."
        yield Problem("narrow-stream", mapping.id, message, MAPPING)


def _shard_count(evidence: Evidence, stream: Resource) -> int:
    """Return the shards with which a stream begins; an on-demand stream has more only some time after it had twice the load."""
    return int(stream.properties.get("ShardCount", FIRST_SHARDS))


def _shards(evidence: Evidence, stream: Resource) -> Iterator[Problem]:
    needed, carried = math.ceil(_stream_units(evidence, stream)), _shard_count(evidence, stream)
    if carried < needed:
        message = f"The asked records take {needed} shards; the stream has {carried}."
        yield Problem("few-shards", stream.id, message, STREAM)


def _stream_units(evidence: Evidence, stream: Resource) -> float:
    """Return the shards for the records that arrive at the peak, and for all that read them."""
    deliveries = evidence.stack.of_type("AWS::KinesisFirehose::DeliveryStream")
    reading = sum(stream.id in ids_in(dict(one.properties)) for one in (*evidence.stack.of_type(MAPPING), *deliveries))
    id = stream.owner.node.partition(".")[0]
    channel = next((c for c in evidence.requirements.of_kind("channel") if c.id == id), None)
    rate = _stated(channel, "rate_peak_rps") or _stated(channel, "rate_average_rps") or 0.0
    size = _stated(channel, "message_bytes") or 0.0
    return max(rate / SHARD_RECORDS, rate * size / SHARD_BYTES, rate * size * reading / SHARD_READ_BYTES)


def _destinations(evidence: Evidence) -> Iterator[Problem]:
    """External destinations over HTTPS are called no faster than was stated; less than one call a second cannot be set.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html and
    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_sns.ThrottlePolicy.html (read 2026-12-01)
    """
    channels = {channel.id: channel for channel in evidence.requirements.of_kind("channel")}
    for called in evidence.stack.of_type("AWS::Events::ApiDestination", "AWS::SNS::Subscription"):
        channel = next(
            (channels[id] for edge in called.owner.edges if (id := edge.partition(".")[0]) in channels), None
        )
        accepted = _stated(channel, "destination_max_rps")
        if accepted is None or called.properties.get("Protocol", "https") != "https":
            continue
        throttle = (called.properties.get("DeliveryPolicy") or {}).get("throttlePolicy") or {}
        limit = called.properties.get("InvocationRateLimitPerSecond") or throttle.get("maxReceivesPerSecond")
        if limit is None or float(limit) > max(1.0, accepted):
            message = f"The destination accepts {accepted:g} calls a second; the limit is {limit}."
            yield Problem("destination-overrun", called.id, message, called.type)


def _apis(evidence: Evidence) -> Iterator[Problem]:
    """A stage lets the asked peak through before it throttles.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html (read 2026-11-27)
    """
    for stage in evidence.stack.of_type("AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Stage"):
        component = component_of(evidence.requirements, stage.owner.node)
        routes = stage.properties.get("DefaultRouteSettings", {})
        methods = stage.properties.get("MethodSettings", ())
        limits = [entry["ThrottlingRateLimit"] for entry in (routes, *methods) if "ThrottlingRateLimit" in entry]
        peak = load_of(evidence.requirements, component).peak_per_s if component is not None else None
        if limits and peak is not None and min(map(float, limits)) < peak:
            message = f"{peak:g} requests a second were asked for; the stage lets {min(map(float, limits)):g} through."
            yield Problem("throttled", stage.id, message, stage.type)


def _warmth(evidence: Evidence, table: Resource) -> Iterator[Problem]:
    """A new on-demand table takes the asked peak at once, of the components that write it and of those that read it."""
    id = table.owner.node.partition(".")[0]
    store = next((s for s in evidence.requirements.of_kind("store") if s.id == id), None)
    if store is None or table.properties.get("BillingMode") != "PAY_PER_REQUEST":
        return
    warm = table.properties.get("WarmThroughput", {})
    kinds = (("writes", WARM_WRITES, WRITE_BYTES, "Write"), ("reads", WARM_READS, READ_BYTES, "Read"))
    for link, first, unit, word in kinds:
        users = [c for c in evidence.requirements.of_kind("component") if id in (getattr(c, link, None) or ())]
        rate = sum(load_of(evidence.requirements, c).peak_per_s or 0.0 for c in users)
        needed = rate * max(1, math.ceil((_stated(store, "item_bytes") or 0.0) / unit))
        carried = float(warm.get(f"{word}UnitsPerSecond", first))
        if carried < needed:
            message = f"{needed:g} {word.lower()} units a second were asked for; a new table takes {carried:g} at once."
            yield Problem("cold-table", table.id, message, TABLE)


def _connections(evidence: Evidence) -> Iterator[Problem]:
    """Programs that connect to a database by its own protocol open no more connections than it takes."""
    for database in evidence.stack.of_type("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"):
        most = _most_connections(database)
        if not most or _is_pooled(evidence, database):
            continue
        opened = sum(s.most * s.at_once for s in services(evidence) if _CONNECTS.search(s.program))
        opened += sum(_functions(evidence))
        if opened > most:
            message = f"Programs open up to {opened} connections; the database takes {most}."
            yield Problem("few-connections", database.id, message, database.type)


def _storage(evidence: Evidence) -> Iterator[Problem]:
    """A database instance begins with storage for the stated volume: it grows by a tenth only every six hours.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html (read 2026-11-29)
    """
    for database in evidence.stack.of_type("AWS::RDS::DBInstance"):
        id = database.owner.node.partition(".")[0]
        store = next((one for one in evidence.requirements.of_kind("store") if one.id == id), None)
        volume = _stated(store, "volume_bytes") or 0.0
        allocated = int(database.properties.get("AllocatedStorage", 0)) * GIB
        if allocated and allocated < volume:
            message = f"The data takes {volume / GIB:.0f} GiB; the storage has {allocated // GIB} GiB."
            yield Problem("small-storage", database.id, message, database.type)


def _functions(evidence: Evidence) -> Iterator[int]:
    """Yield the connections of functions: one of each that runs at the same time."""
    for function in evidence.stack.of_type("AWS::Lambda::Function"):
        component = component_of(evidence.requirements, function.owner.node)
        if component is not None and _CONNECTS.search(program_text(evidence, component.id)):
            yield math.ceil(load_of(evidence.requirements, component, function.owner.node).at_once)


def _most_connections(database: Resource) -> int:
    if database.type == "AWS::RDS::DBCluster":
        scaling = database.properties.get("ServerlessV2ScalingConfiguration", {})
        memory = float(scaling.get("MaxCapacity", 0)) * 2 * GIB
        least = SMALL_CONNECTIONS if float(scaling.get("MinCapacity", 1)) <= 0.5 else MOST_CONNECTIONS
        return min(least, math.floor(memory / CONNECTION_BYTES))
    memory = MEMORY_GIB.get(str(database.properties.get("DBInstanceClass")), 0) * GIB
    return min(MOST_CONNECTIONS, math.floor(memory / CONNECTION_BYTES))


def _is_pooled(evidence: Evidence, database: Resource) -> bool:
    pools = evidence.stack.of_type("AWS::RDS::DBProxyTargetGroup")
    return any(database.id in named(dict(pool.properties)) for pool in pools)


def _source(evidence: Evidence, mapping: Resource) -> Resource | None:
    sources = ids_in(mapping.properties["EventSourceArn"])
    return next((evidence.stack.resources[id] for id in sources if id in evidence.stack.resources), None)


def _stated(subject: object, field: str) -> float | None:
    value = getattr(subject, "answer", lambda _: None)(field)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
