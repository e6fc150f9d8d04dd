"""Claims about functions and the roles of programs."""

import re
from collections.abc import Iterator
from typing import Any

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.evidence import Evidence
from prove.behaviour.hand_overs import endings_of_function, invoked_without_waiting
from prove.behaviour.references import ids_in, statements_of_role
from prove.readback import Stack
from prove.readback.stack import Resource

_FUNCTION = "AWS::Lambda::Function"
#: What a function reaches by an address inside the VPC alone; a database with a data API is reached by it.
_INSIDE = ("AWS::ElastiCache::ServerlessCache", "AWS::RDS::DBInstance", "AWS::RDS::DBProxy", "AWS::EFS::AccessPoint")
_BY_TOKEN = {"states:sendtasksuccess", "states:sendtaskfailure"}
_VERSION = re.compile(r"(?:python|node)-version: \"?([\d.]+)")
#: Policies of AWS for what the platform does around a program: logs, traces, its place in a VPC.
_AROUND = (
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaBasicDurableExecutionRolePolicy",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSXrayWriteOnlyAccess",
    "AWSXRayDaemonWriteAccess",
)


@claim("dead-letters-at-the-source")
def dead_letters(evidence: Evidence) -> Iterator[Untrue]:
    """Asynchronous event sources keep failed events: queue, stream, topic, rule."""
    stack = evidence.stack
    for mapping in stack.of_type("AWS::Lambda::EventSourceMapping"):
        sources = [stack.resources[id] for id in ids_in(str(mapping.properties.get("EventSourceArn", "")))
                   if id in stack.resources]  # fmt: skip
        queues = [source for source in sources if source.type == "AWS::SQS::Queue"]
        kept = mapping.properties.get("DestinationConfig", {}).get("OnFailure")
        if not kept and not all("RedrivePolicy" in queue.properties for queue in queues or [mapping]):
            yield mapping.id, "What fails is kept neither by its source nor by a destination."
    names = {function.id for function in stack.of_type(_FUNCTION)}
    for subscription in stack.of_type("AWS::SNS::Subscription"):
        if _aims(subscription, "Endpoint", names) and "RedrivePolicy" not in subscription.properties:
            yield subscription.id, "The topic keeps nothing that it cannot deliver to the function."
    for rule in stack.of_type("AWS::Events::Rule"):
        for target in rule.properties.get("Targets", ()):
            if names & {*ids_in(target.get("Arn", ""))} and "DeadLetterConfig" not in target:
                yield rule.id, "The rule keeps nothing that it cannot deliver to the function."
    for schedule in stack.of_type("AWS::Scheduler::Schedule"):
        target = schedule.properties.get("Target", {})
        if names & {*ids_in(target.get("Arn", ""))} and "DeadLetterConfig" not in target:
            yield schedule.id, "The schedule keeps nothing that it cannot deliver to the function."


@claim("events-end-in-a-queue")
def event_endings(evidence: Evidence) -> Iterator[Untrue]:
    """An asynchronously invoked function of the template has a failure destination."""
    stack = evidence.stack
    for id, by in invoked_without_waiting(stack).items():
        if not list(endings_of_function(stack, stack.resources[id])):
            yield id, f"{by} does not wait for it, and it keeps nothing of what fails."


def _aims(resource: Resource, key: str, names: set[str]) -> bool:
    return bool(names & {*ids_in(str(resource.properties.get(key, "")))})


@claim("functions-inside-reach-something-inside")
def placement(evidence: Evidence) -> Iterator[Untrue]:
    """A function outside the VPC reaches nothing that has an address only there."""
    stack = evidence.stack
    inside = {resource.id for resource in stack.of_type(*_INSIDE)}
    for function in stack.of_type(_FUNCTION):
        reached = inside & {
            *ids_in([function.properties.get("Environment"), function.properties.get("FileSystemConfigs")])
        }
        if reached and not _in_the_vpc(stack, function):
            yield function.id, f"It is outside the VPC, and reaches {min(reached)} inside."


def _in_the_vpc(stack: Stack, function: Resource) -> bool:
    """Return whether a function runs in a VPC: its own attachment names it, or that of the instances which it runs on.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-capacity-providers.html (read 2026-12-02)
    """
    hosts = {*ids_in(function.properties.get("CapacityProviderConfig"))}
    providers = [one for one in stack.of_type("AWS::Lambda::CapacityProvider") if one.id in hosts]
    return any(one.properties.get("VpcConfig") for one in (function, *providers))


@claim("concurrency-is-counted")
def concurrency(evidence: Evidence) -> Iterator[Untrue]:
    """The decision counts the concurrency of functions with a stated rate against the quota of the account."""
    components = evidence.requirements.of_kind("component")
    rated = [component for component in components if component.answer("rate_peak_rps") is not None]
    decision = evidence.folder / "DECISION.md"
    if not decision.exists():
        return
    text = decision.read_text("utf-8").lower()
    functions = {function.owner.node.partition(".")[0] for function in evidence.stack.of_type(_FUNCTION)}
    for component in rated:
        if component.id in functions and "concurrency" not in text:
            yield component.id, "The decision counts no concurrency against the quota of the account."


@claim("runtime-is-the-tested-one")
def runtime(evidence: Evidence) -> Iterator[Untrue]:
    """The delivery workflow tests on the version of the language that the functions run on."""
    workflow = evidence.folder / ".github" / "workflows" / "delivery.yml"
    tested = set(_VERSION.findall(workflow.read_text("utf-8"))) if workflow.exists() else set()
    for function in evidence.stack.of_type(_FUNCTION):
        named = str(function.properties.get("Runtime", ""))
        version = named.removeprefix("python").removeprefix("nodejs").removesuffix(".x")
        if named and version not in tested:
            yield function.id, f"It runs on {named}, and the tests run on {', '.join(sorted(tested)) or 'nothing'}."


@claim("programs-have-written-out-permissions")
def permissions(evidence: Evidence) -> Iterator[Untrue]:
    """AWS managed policies grant no permissions of the program itself, only those of the platform around it."""
    stack = evidence.stack
    for role_id, program in _roles(stack):
        role = stack.resources.get(role_id)
        for arn in role.properties.get("ManagedPolicyArns", ()) if role else ():
            if str(arn).rpartition("/")[2] not in _AROUND:
                yield role_id, f"{program} may do what {arn} says."


@claim("only-tokens-have-no-resource")
def stars(evidence: Evidence) -> Iterator[Untrue]:
    """A function may do nothing to every resource but complete tasks by their tokens."""
    stack = evidence.stack
    for function in stack.of_type(_FUNCTION):
        for statement in statements_of_role(stack, function.properties.get("Role")):
            actions = {str(action).lower() for action in statement.get("Action", ())}
            if "*" in statement.get("Resource", ()) and not actions <= _BY_TOKEN:
                yield function.id, f"It may {', '.join(sorted(actions - _BY_TOKEN))} on every resource."


@claim("everybody-invokes-by-an-open-url-alone")
def open_functions(evidence: Evidence) -> Iterator[Untrue]:
    """A function that everybody may invoke has a URL that asks nobody, and is invoked through it alone."""
    stack = evidence.stack
    opened = {id for url in stack.of_type("AWS::Lambda::Url") if url.properties.get("AuthType") == "NONE"
              for id in ids_in(url.properties["TargetFunctionArn"])}  # fmt: skip
    for permission in stack.of_type("AWS::Lambda::Permission"):
        given = permission.properties
        by_url = given.get("FunctionUrlAuthType") == "NONE" or given.get("InvokedViaFunctionUrl") == "true"
        if given.get("Principal") == "*" and not (by_url and opened.intersection(ids_in(given["FunctionName"]))):
            yield permission.id, "It lets everybody invoke a function, and not through an open URL alone."


def _roles(stack: Stack) -> Iterator[tuple[str, str]]:
    for function in stack.of_type(_FUNCTION):
        yield from ((id, function.id) for id in ids_in(str(function.properties.get("Role", ""))))
    for definition in stack.of_type("AWS::ECS::TaskDefinition"):
        yield from ((id, definition.id) for id in ids_in(str(definition.properties.get("TaskRoleArn", ""))))


@claim("data-sources-are-in-the-template")
def data_sources(evidence: Evidence) -> Iterator[Untrue]:
    """Each resolver names a data source of the template."""
    sources: dict[str, Any] = {source.id: source for source in evidence.stack.of_type("AWS::AppSync::DataSource")}
    for resolver in evidence.stack.of_type("AWS::AppSync::Resolver"):
        named = resolver.properties.get("DataSourceName")
        if named is not None and not {*ids_in(str(named))} & {*sources}:
            yield resolver.id, "Its data source is not in the template."
