"""Programs parse their input in its actual format, and write data that their store can read.

* An HTTP API sends events of version 1.0 or 2.0, as the integration says
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, read 2026-11-27).
* DynamoDB deletes an item at the time in the attribute that its table names, in seconds since 1970
  (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html, read
  2026-11-27).
* Messages of one group arrive in order; where each is a group of its own, they overtake each other
  (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagegroupid-property.html, read
  2026-11-27).
* A response of Query or Scan ends at 1 MB; a program that ignores `LastEvaluatedKey` misses the rest
  (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html, read 2026-11-27).

Both languages are read as text: programs in TypeScript do not run here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.loads import component_of
from prove.behaviour.programs import FunctionProgram, functions
from prove.behaviour.references import named, resource_named

TABLE, FUNCTION, INTEGRATION = "AWS::DynamoDB::Table", "AWS::Lambda::Function", "AWS::ApiGatewayV2::Integration"
#: What shows by which version of an event a program was written.
_VERSIONS = {"2.0": re.compile(r"APIGatewayHttpResolver|APIGatewayProxyEventV2|rawPath"),
             "1.0": re.compile(r"APIGatewayRestResolver|APIGatewayProxyEvent\b")}  # fmt: skip
_EXPIRY = re.compile(r"[\"']?\b(?P<name>expires_at)[\"']?\s*:\s*(?P<value>[^\n]+)")
_MILLISECONDS = re.compile(r"\*\s*1_?000\b|\b1_?000\s*\*")
_CLOCK_MS, _IN_SECONDS = re.compile(r"Date\.now\(\)|getTime\(\)"), re.compile(r"/\s*1_?000\b")
#: The field of a message by which its order is kept.
_GROUP = re.compile(r"(?:MessageGroupId|PartitionKey)\s*[=:][^\n]*?\bmessage(?:\.get\([\"']|\.)(\w+)")
_ASKS = re.compile(r"\.query\(|\.scan\(|\bQueryCommand\(|\bScanCommand\(|paginate")
_GOES_ON = re.compile(r"LastEvaluatedKey|\bpaginate[A-Z]\w+|get_paginator")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield format differences between a program and its entry or store."""
    for program in functions(evidence):
        yield from _versions(evidence, program)
    for file in sorted(evidence.folder.glob("src/*/channel[-_]*")):
        if _is_unordered(evidence, file):
            continue  # Groups only keep its messages from waiting for each other.
        yield from _groups(evidence.folder, file)
    for folder in sorted(path for path in (evidence.folder / "src").glob("*") if path.is_dir()):
        for file in sorted(path for path in folder.iterdir() if path.suffix in (".py", ".ts")):
            text, place = file.read_text("utf-8"), str(file.relative_to(evidence.folder))
            yield from _expiries(evidence, folder, place, text)
            if file.stem.startswith(("store_", "store-")) and _ASKS.search(text) and not _GOES_ON.search(text):
                yield Problem("page-for-the-whole", place, "It takes the first page of an answer for all of it.")


def _versions(evidence: Evidence, program: FunctionProgram) -> Iterator[Problem]:
    files = [file for file in sorted(program.folder.glob("app.*")) if file.suffix in (".py", ".ts")]
    text = "".join(file.read_text("utf-8") for file in files)
    written = {version for version, words in _VERSIONS.items() if words.search(text)}
    for integration in evidence.stack.of_type(INTEGRATION):
        function = resource_named(evidence.stack, integration.properties.get("IntegrationUri"), FUNCTION)
        sent = str(integration.properties.get("PayloadFormatVersion", "1.0"))
        if function is not None and function.id == program.function.id and written and sent not in written:
            message = f"The API sends events of version {sent}, and {program.folder.name} reads {' or '.join(written)}."
            yield Problem("event-version", integration.id, message, INTEGRATION)


def _is_unordered(evidence: Evidence, file: Path) -> bool:
    """Return whether a channel with message groups has to keep no order."""
    name = file.stem[len("channel_") :].replace("_", "-")
    channels = [one for one in evidence.requirements.of_kind("channel") if one.id == name]
    unordered = all(one.answer("ordering") in (None, "none") for one in channels)
    return bool(channels) and unordered and "MessageGroupId" in file.read_text("utf-8")


def _groups(project: Path, channel: Path) -> Iterator[Problem]:
    """Yield channels that keep the order by a field that the program does not send: each message is a group then."""
    service = "".join(file.read_text("utf-8") for file in sorted(channel.parent.glob("service.*")))
    for field in _GROUP.findall(channel.read_text("utf-8")):
        if not re.search(rf"[\"']?\b{field}[\"']?(\s*:|\]\s*=)", service):
            message = f"It keeps the order of messages by `{field}`, and {channel.parent.name} sends none."
            yield Problem("no-group", str(channel.relative_to(project)), message)


def _expiries(evidence: Evidence, folder: Path, place: str, text: str) -> Iterator[Problem]:
    for found in _EXPIRY.finditer(text):
        value = found["value"]
        if _MILLISECONDS.search(value) or (_CLOCK_MS.search(value) and not _IN_SECONDS.search(value)):
            yield Problem("expiry-unit", place, f"`{found['name']}` is in milliseconds, a date that never comes.")
        for table in _tables_of(evidence, folder):
            attribute = table[1]
            if attribute and attribute != found["name"]:
                message = f"{table[0]} forgets items by `{attribute}`, and the program writes `{found['name']}`."
                yield Problem("expiry-name", place, message)


def _tables_of(evidence: Evidence, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the tables that the resources of a program's component name, with the attribute by which each forgets."""
    used: set[str] = set()
    for resource in evidence.stack.of_type(FUNCTION, "AWS::ECS::TaskDefinition"):
        component = component_of(evidence.requirements, resource.owner.node)
        if component is not None and component.id == folder.name:
            used |= named(dict(resource.properties))
    for table in evidence.stack.of_type(TABLE):
        if table.id in used:
            yield table.id, str(table.properties.get("TimeToLiveSpecification", {}).get("AttributeName", ""))
