"""A whole project in this process: its programs, stores, channels and state machines, as its template connects them."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from prove.behaviour.evidence import Evidence
from prove.behaviour.listening import prefixes
from prove.behaviour.programs import containers
from prove.behaviour.running import pods, sql
from prove.behaviour.running.calls import Exchange
from prove.behaviour.running.cloud import Cloud, Json, NotRun, Sent, Stored, Table
from prove.behaviour.running.machine import Execution, Failed
from prove.behaviour.running.program import Program
from prove.behaviour.running.routes import Arrival, Routes, logical
from prove.readback.families import by_family
from prove.readback.stack import Resource

#: More deliveries than these, of what one start sent, are an endless loop.
MOST_DELIVERIES = 400
_TASKS = ("AWS::ECS::TaskDefinition", "AWS::Batch::JobDefinition")
_MACHINE = "AWS::StepFunctions::StateMachine"


@dataclass(frozen=True, slots=True)
class Refused:
    """A delivery to which the receiving program responded with an error."""

    program: str
    event: Any
    error: str


@dataclass
class System:
    """The programs of a project and the connections between them."""

    evidence: Evidence
    cloud: Cloud = field(default_factory=Cloud)
    refused: list[Refused] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)
    endless: list[str] = field(default_factory=list)
    #: The steps that a state machine had done, by item.
    steps_of: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    #: What a state machine had its programs do, in order.
    actions_of: dict[str, list[str]] = field(default_factory=dict)
    #: Buckets in which workflows write what came of items, beside what programs store.
    results: set[str] = field(default_factory=set)
    #: What the next execution is called.
    execution: str = "execution-1"
    #: Whether executions go on where their states catch an error.
    catches: bool = False

    def __post_init__(self) -> None:
        self._steps: dict[str, list[str]] = {}
        self._actions: list[str] = []
        self._files = TemporaryDirectory(prefix="behaviour-")
        for table in self.evidence.stack.of_type("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"):
            self.cloud.tables[table.id] = _table(table)
        self.cloud.buckets = {bucket.id: {} for bucket in self.evidence.stack.of_type("AWS::S3::Bucket")}
        sql.make_tables(self.cloud, self.evidence.folder)

    @cached_property
    def routes(self) -> Routes:
        """The targets of messages."""
        return Routes(self.evidence.stack)

    @cached_property
    def programs(self) -> dict[str, Program]:
        """The programs by their ids: those in Python whose environment the template or an overlay holds."""
        made: dict[str, Program] = {}
        for resource in sorted(self._running, key=_entry_last):
            folder = self.evidence.folder / "src" / self._folder(resource)
            if (folder / "service.py").exists():
                env = {name: self._mounted(name, value) for name, value in _environment(resource).items()}
                made[folder.name] = Program(folder.name, folder, env, self.cloud, self._prefixes.get(folder, ""))
        for name, filled in pods.environments(self.evidence):
            folder = self.evidence.folder / "src" / name
            if (folder / "service.py").exists():
                env = {variable: self._mounted(variable, value) for variable, value in filled.items()}
                made[name] = Program(name, folder, env, self.cloud)
        self.cloud.exchange = Exchange(self.evidence.stack, self._servers(made))
        return made

    def _servers(self, made: dict[str, Program]) -> dict[str, Program]:
        """Return the programs behind load balancers by their target groups."""
        listening = containers(self.evidence)
        return {
            group: made[one.folder.name] for one in listening for group in one.target_groups if one.folder.name in made
        }

    @cached_property
    def _prefixes(self) -> dict[Path, str]:
        """The paths under which load balancers hand requests on, by the folders of programs."""
        stack = self.evidence.stack
        found = ((program.folder, prefixes(stack, program.target_groups)) for program in containers(self.evidence))
        return {folder: next(paths, "") for folder, paths in found}

    @cached_property
    def by_resource(self) -> dict[str, Program]:
        """The programs by the logical ids of their resources."""
        ids = {resource.id: self._folder(resource) for resource in self._running}
        return {id: self.programs[name] for id, name in ids.items() if name in self.programs}

    @cached_property
    def _families(self) -> Mapping[str, str]:
        """The task and job definitions by their families: states name these."""
        return by_family(self.evidence.stack.resources)

    @cached_property
    def machines(self) -> dict[str, Json]:
        """The definitions of the state machines by their logical ids."""
        return {machine.id: dict(machine.properties)["Definition"] for machine in self.evidence.stack.of_type(_MACHINE)}

    @property
    def _running(self) -> tuple[Resource, ...]:
        return self.evidence.stack.of_type("AWS::Lambda::Function", *_TASKS)

    def _folder(self, resource: Resource) -> str:
        code = str(resource.properties.get("Code", ""))
        if code.startswith("src/"):
            return code.split("/")[1].removesuffix(".ts")
        subject, _, role = resource.owner.node.partition(".")
        return f"{subject}-starter" if role.endswith("-starter") else subject

    def _mounted(self, name: str, value: str) -> str:
        """Return the value of a variable here: a local folder for a mounted file system, and the choice of a test environment."""
        if name.endswith(("_UNADDRESSED", "OTHER_SYSTEM_CHECK")):
            return "simulate"
        if not (name.endswith("_DIRECTORY") and value.startswith("/")):
            return value
        folder = Path(self._files.name) / value.strip("/").replace("/", "-")
        folder.mkdir(exist_ok=True)
        return str(folder)

    def execute(self, machine: str, given: Any) -> Any:
        """Run a state machine and return its output. Raises Failed if it fails."""
        self.steps_of[machine] = self._steps = {}
        self.actions_of[machine] = self._actions = []
        execution = Execution(self.execution, self._work, lambda reader: self.list_items(reader), self._write_results)
        execution.catches = self.catches
        return execution.run(self.machines[machine], given)

    def list_items(self, reader: Json) -> list[Json]:
        """Return the items of an ItemReader."""
        if not str(reader["Resource"]).endswith("s3:listObjectsV2"):
            raise NotRun(f"an item reader of {reader['Resource']}")
        words = reader["Parameters"]
        bucket = self.cloud.buckets[logical(words["Bucket"])]
        return [
            {"Key": key, "Size": len(stored.body), "Etag": "e"}
            for key, stored in sorted(bucket.items())
            if key.startswith(words.get("Prefix", ""))
        ]

    def _write_results(self, writer: Json, results: list[tuple[Any, Any]], failed: list[Any]) -> Json:
        """Write what came of the items of a map to a bucket, and return where the list of these files is."""
        place = writer["Parameters"]
        name, folder = logical(place["Bucket"]), f"{place['Prefix']}/{self.execution}"
        self.results.add(name)
        done = [{"Input": json.dumps(given), "Output": json.dumps(output)} for given, output in results]
        lost = [{"Input": json.dumps(given), "Name": f"failed-{number}"} for number, given in enumerate(failed)]
        lines = writer.get("WriterConfig", {}).get("OutputType") == "JSONL"
        files: dict[str, list[Json]] = {"SUCCEEDED": [], "FAILED": [], "PENDING": []}
        for status, items in (("SUCCEEDED", done), ("FAILED", lost)):
            text, key = "\n".join(map(json.dumps, items)) if lines else json.dumps(items), f"{folder}/{status}_0.json"
            files[status] += [{"Key": key, "Size": len(text)}] if items else []
            self.cloud.buckets[name][key] = Stored(text.encode(), "application/json")
        manifest = json.dumps({"ResultFiles": files})
        self.cloud.buckets[name][f"{folder}/manifest.json"] = Stored(manifest.encode(), "application/json")
        return {"Bucket": name, "Key": f"{folder}/manifest.json"}

    def _work(self, resource: str, words: Json) -> Any:
        if ":lambda:invoke" in resource:
            program = self._program(words["FunctionName"])
            self._note(words["Payload"])
            return {"Payload": _called(program, words["Payload"])}
        if ":ecs:runTask" in resource:
            return self._contained(
                words["TaskDefinition"], words["Overrides"]["ContainerOverrides"][0]["Environment"], {}
            )
        if ":batch:submitJob" in resource:
            size = int(words.get("ArrayProperties", {}).get("Size", 1))
            given = words["ContainerOverrides"]["Environment"]
            for index in range(size):
                numbered = {"AWS_BATCH_JOB_ARRAY_INDEX": str(index)} if size > 1 else {}
                self._contained(words["JobDefinition"], given, numbered)
            return {}
        if ":sns:publish" in resource:
            published = _published(words)
            self.cloud.sent.append(published)
            self.cloud.told.append(published)
            return {"MessageId": "note-1"}
        raise NotRun(f"a task of {resource}")

    def _contained(self, definition: str, given: list[Json], more: dict[str, str]) -> Json:
        program = self._program(definition)
        variables = {entry["Name"]: str(entry["Value"]) for entry in given} | more
        self._note({name.lower(): value for name, value in variables.items()})
        if program.once(variables):
            raise Failed(f"The container of {program.id} ended with an error.")
        return {}

    def _note(self, given: Json) -> None:
        self._steps.setdefault(json.dumps(given.get("input"), default=str), []).append(str(given.get("step", "1")))
        self._actions.append(str(given.get("action", "run")))

    def _program(self, reference: Any) -> Program:
        program = self.by_resource.get(self._families.get(str(reference)) or logical(reference))
        if program is None:
            raise NotRun(f"the program of {reference}")
        return program

    @property
    def mounted(self) -> Path:
        """The folder that holds the file systems."""
        return Path(self._files.name)

    def settle(self) -> None:
        """Deliver all sent messages and started work, and their consequences, until nothing remains."""
        seen = {"sent": 0, "writes": 0, "started": 0}
        waiting = deque(self._new(seen))
        count = 0
        while waiting:
            count += 1
            if count > MOST_DELIVERIES:
                self.endless = sorted({arrival.resource for arrival in waiting})
                break
            self._arrive(waiting.popleft())
            waiting.extend(self._new(seen))
        self.cloud.sent.clear()
        self.cloud.writes.clear()
        self.cloud.started.clear()

    def _new(self, seen: dict[str, int]) -> Iterator[Arrival]:
        cloud = self.cloud
        sent, writes, started = (
            cloud.sent[seen["sent"] :],
            cloud.writes[seen["writes"] :],
            cloud.started[seen["started"] :],
        )
        seen.update(sent=len(cloud.sent), writes=len(cloud.writes), started=len(cloud.started))
        for message in sent:
            yield from self.routes.of(message)
        for _, store, id in writes:
            if store in cloud.tables and id in cloud.tables[store].items:
                yield from self.routes.of_change(store, cloud.tables[store].items[id])
            elif id in cloud.buckets.get(store, ()):
                yield from self.routes.of_object(store, id)
        for resource, given in started:
            yield Arrival(resource, given)

    def _arrive(self, arrival: Arrival) -> None:
        try:
            if arrival.resource in self.machines:
                self.execute(arrival.resource, arrival.event)
            elif arrival.resource in self.by_resource:
                self.by_resource[arrival.resource].event(arrival.event)
            else:
                self._polled(arrival)
        except NotRun as error:
            self.unproven.append(str(error))
        except Exception as error:
            self.refused.append(Refused(arrival.resource, arrival.event, f"{type(error).__name__}: {error}"))

    def _polled(self, arrival: Arrival) -> None:
        for program in self.programs.values():
            if program.container and self._polls(program, arrival.resource):
                self.cloud.queued.setdefault(arrival.resource, []).append(arrival.event)
                if not program.take_batch():
                    left = "Failed: the message is left in the queue"
                    self.refused.append(Refused(program.id, arrival.event, left))

    def _polls(self, program: Program, queue: str) -> bool:
        """Return whether a container takes messages from a queue. One that cannot run here keeps no other from it."""
        try:
            return getattr(program.entry, "QUEUE_URL", "") == queue and hasattr(program.entry, "take_batch")
        except NotRun as error:
            self.unproven.append(str(error))
            return False


def _entry_last(resource: Resource) -> bool:
    """A folder may hold a Lambda authorizer beside the program, with an environment of its own."""
    return str(resource.properties.get("Handler", "app.")).startswith("app.")


def _called(program: Program, payload: Any) -> Any:
    try:
        return json.loads(json.dumps(program.event(payload), default=str))
    except NotRun:
        raise
    except Exception as error:
        raise Failed(f"{program.id}: {type(error).__name__}: {error}") from error


def _published(words: Json) -> Any:
    message = words["Message"]
    return Sent("workflow", logical(words["TopicArn"]), message if isinstance(message, str) else json.dumps(message))


def _table(resource: Resource) -> Table:
    properties: Any = resource.properties
    key = next(one["AttributeName"] for one in properties["KeySchema"] if one["KeyType"] == "HASH")
    indexes = {
        index["IndexName"]: tuple(one["AttributeName"] for one in index["KeySchema"])
        for index in properties.get("GlobalSecondaryIndexes", ())
    }
    expiry = properties.get("TimeToLiveSpecification", {}).get("AttributeName", "")
    return Table(resource.id, key, indexes, expiry, dict(_projected(properties, key)))


def _projected(properties: Any, key: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the indexes with a partial projection, and their attributes."""
    for index in properties.get("GlobalSecondaryIndexes", ()):
        projection = index.get("Projection", {})
        if projection.get("ProjectionType", "ALL") != "ALL":
            own = {one["AttributeName"] for one in index["KeySchema"]}
            yield index["IndexName"], frozenset({key, *own, *projection.get("NonKeyAttributes", ())})


def _environment(resource: Resource) -> dict[str, str]:
    """Return the environment variables that the template gives a program."""
    properties: Any = resource.properties
    if resource.type == "AWS::Lambda::Function":
        found = properties.get("Environment", {}).get("Variables", {})
    elif resource.type == "AWS::Batch::JobDefinition":
        found = properties["ContainerProperties"].get("Environment", {})
    else:
        found = properties["ContainerDefinitions"][0].get("Environment", {})
    pairs = found.items() if isinstance(found, dict) else ((one["Name"], one["Value"]) for one in found)
    return {name: logical(value) for name, value in pairs}
