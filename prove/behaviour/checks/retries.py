"""Failed work is retried long enough, separately from other work, in order, and from the first record on.

* A stream that is read from `LATEST` loses what was sent while its mapping or pipe was created or changed
  (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html, read 2026-11-27).
* EventBridge and its scheduler try again for a day unless a target says less
  (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html, read 2026-11-27).
* Retries at fixed intervals collide repeatedly, and overload the service that they wait for
  (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/, read 2026-11-27).
* When a message of a FIFO queue fails, those behind it in its group are left alone
  (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, read 2026-11-27).
* When a record of a stream fails, Lambda retries from it on: those behind it have to wait, and a record that always fails is
  separated only by halving the batch
  (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html, read 2026-12-01).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from prove.behaviour.dead_letters import QUEUE, is_fifo
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.hand_overs import MACHINE, MAPPING, PIPE, RULE, SCHEDULE
from prove.behaviour.programs import FunctionProgram, functions
from prove.behaviour.references import named, resource_named
from prove.readback.stack import Resource

#: The period of the alarms that tell of a target that fails: what is given up sooner is lost to every short outage.
SHORTEST_AGE_S = 300
#: What EventBridge takes where a target says nothing.
ATTEMPTS, AGE_S = 185, 86400
#: How a batch of a FIFO queue is worked through in both languages.
_IN_ORDER = "SqsFifoPartialProcessor"
#: What goes on with the records of a stream after one has failed, in both languages.
_GOES_ON = re.compile(r"\b(?:process_partial_response|processPartialResponse)\(")
#: What is done with an error on the way to the deletion of a message.
_HANDLED = re.compile(
    r"^(?P<in> +)except [^\n]*:\n(?P<python>(?:(?P=in) +[^\n]*\n)+)"
    r"|^(?P<of> +)\} catch [^\n]*\{\n(?P<typescript>(?:(?P=of) +[^\n]*\n)+)",
    re.MULTILINE,
)
_DELETES = re.compile(r"\bdelete_message\(|new DeleteMessageCommand\(")
_FUNCTION = re.compile(r"^(?:async def|def|(?:export )?(?:async )?function)\b", re.MULTILINE)
_LEAVES = re.compile(r"^\s*(?:continue|raise|throw|return|break)\b", re.MULTILINE)


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield work that is abandoned immediately, retried all at once, reordered, lost or skipped."""
    yield from _skipped(evidence)
    for rule in evidence.stack.of_type(RULE):
        for target in rule.properties.get("Targets", ()):
            yield from _given_up(rule, target)
    for schedule in evidence.stack.of_type(SCHEDULE):
        yield from _given_up(schedule, schedule.properties["Target"])
    for machine in evidence.stack.of_type(MACHINE):
        for name, state in _states(machine.properties.get("Definition")):
            yield from _storm(machine, name, state)
    for program in functions(evidence):
        yield from _order(evidence, program)
    for file in sorted(path for path in evidence.folder.glob("src/*/main.*") if path.suffix in (".py", ".ts")):
        yield from _lost(str(file.relative_to(evidence.folder)), file.read_text("utf-8"))


def _skipped(evidence: Evidence) -> Iterator[Problem]:
    for mapping in evidence.stack.of_type(MAPPING):
        if mapping.properties.get("StartingPosition") == "LATEST":
            yield Problem("skips-records", mapping.id, "Records sent while it is created are never read.", MAPPING)
    for pipe in evidence.stack.of_type(PIPE):
        for source in (pipe.properties.get("SourceParameters") or {}).values():
            if isinstance(source, dict) and source.get("StartingPosition") == "LATEST":
                yield Problem("skips-records", pipe.id, "Records sent while it is created are never read.", PIPE)


def _given_up(sender: Resource, target: Mapping[str, Any]) -> Iterator[Problem]:
    policy = target.get("RetryPolicy") or {}
    attempts, age = (
        int(policy.get(name, default))
        for name, default in (("MaximumRetryAttempts", ATTEMPTS), ("MaximumEventAgeInSeconds", AGE_S))
    )
    if not attempts or age < SHORTEST_AGE_S:
        message = f"It gives up after {attempts} retries or {age} s, which a target that is throttled once outlasts."
        yield Problem("given-up-early", sender.id, message, sender.type)


def _states(definition: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the states of a definition, those inside of maps and branches too."""
    states = definition.get("States", {}) if isinstance(definition, Mapping) else {}
    for name, state in states.items():
        yield name, state
        yield from _states(state.get("ItemProcessor"))
        for branch in state.get("Branches", ()):
            yield from _states(branch)


def _storm(machine: Resource, name: str, state: Mapping[str, Any]) -> Iterator[Problem]:
    for retry in state.get("Retry", ()):
        if float(retry.get("BackoffRate", 2.0)) <= 1 and retry.get("JitterStrategy", "NONE") == "NONE":
            message = f"Every execution tries {name} again after {retry.get('IntervalSeconds', 1)} s, all together."
            yield Problem("retry-storm", machine.id, message, MACHINE)


def _lost(place: str, text: str) -> Iterator[Problem]:
    """Yield workers that delete a message after an error; both languages are analysed as text.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html (read 2026-11-27).
    """
    deletes = _DELETES.search(text)
    end = deletes.start() if deletes else 0
    # What another function does with an error is not on the way to the deletion.
    start = max((function.start() for function in _FUNCTION.finditer(text, 0, end)), default=0)
    for handled in _HANDLED.finditer(text, start, end):
        if not _LEAVES.search(handled["python"] or handled["typescript"] or ""):
            yield Problem("deleted-though-failed", place, "It deletes a message whose work has failed.")


def _order(evidence: Evidence, program: FunctionProgram) -> Iterator[Problem]:
    for mapping in evidence.stack.of_type(MAPPING):
        if program.function.id not in named(mapping.properties["FunctionName"]):
            continue
        queue = resource_named(evidence.stack, mapping.properties["EventSourceArn"], QUEUE)
        files = [file for file in sorted(program.folder.glob(f"{program.module}.*")) if file.suffix in (".py", ".ts")]
        text = "".join(file.read_text("utf-8") for file in files)
        several = int(mapping.properties.get("BatchSize", 10)) > 1
        if queue is not None and is_fifo(queue) and several and _IN_ORDER not in text:
            message = "When a message of a batch fails, those behind it in its group are worked on before it."
            yield Problem("order-in-batch", program.function.id, message, program.function.type)
        if "StartingPosition" in mapping.properties and several:
            yield from _stream(mapping, program, text)


def _stream(mapping: Resource, program: FunctionProgram, text: str) -> Iterator[Problem]:
    if _GOES_ON.search(text):
        message = "When a record of a batch fails, those behind it with the same key are worked on before it."
        yield Problem("order-in-batch", program.function.id, message, program.function.type)
    if str(mapping.properties.get("BisectBatchOnFunctionError")).lower() != "true":
        message = "When a record always fails, those behind it in its batch are given up with it."
        yield Problem("given-up-together", mapping.id, message, MAPPING)
