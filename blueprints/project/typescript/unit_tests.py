"""Unit tests of TypeScript projects: entry point, service and dependencies of each program."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from blueprints.project.programs.authorizer_functions import Check
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import LOOP
from blueprints.project.render import camel, render, typescript
from blueprints.project.testing.fakes import (
    Fake,
    faked_services,
    fakes,
    has_columns,
    has_linked,
    has_sparse,
    has_unowned,
    reads_parts_of_tables,
    registers_devices,
)
from blueprints.project.testing.unit_tests import authorizing, names_of_tests, tested_parts
from blueprints.project.typescript.source import entry_module
from blueprints.traits import efs

Files = Iterator[tuple[str, bytes]]
#: Names that the parts of a test use -> the module that they come from; a type, where it is one.
_IMPORTS: tuple[tuple[str, str, str], ...] = (
    ("createHash", "node:crypto", ""),
    ("createHmac", "node:crypto", ""),
    ("randomUUID", "node:crypto", ""),
    ("createSocket", "node:dgram", ""),
    ("once", "node:events", ""),
    ("existsSync", "node:fs", ""),
    ("Server", "node:http", "type"),
    ("AddressInfo", "node:net", "type"),
    ("connect", "node:net", ""),
    ("createServer", "node:net", ""),
    ("path", "node:path", "*"),
    ("Readable", "node:stream", ""),
    ("Logger", "@aws-lambda-powertools/logger", ""),
    ("Metrics", "@aws-lambda-powertools/metrics", ""),
    ("ApiGatewayManagementApiClient", "@aws-sdk/client-apigatewaymanagementapi", ""),
    ("GoneException", "@aws-sdk/client-apigatewaymanagementapi", ""),
    ("PostToConnectionCommand", "@aws-sdk/client-apigatewaymanagementapi", "type"),
    ("ConditionalCheckFailedException", "@aws-sdk/client-dynamodb", ""),
    ("EventBridgeClient", "@aws-sdk/client-eventbridge", ""),
    ("FirehoseClient", "@aws-sdk/client-firehose", ""),
    ("KinesisClient", "@aws-sdk/client-kinesis", ""),
    ("DurableExecutionAlreadyStartedException", "@aws-sdk/client-lambda", ""),
    ("InvokeCommand", "@aws-sdk/client-lambda", "type"),
    ("LambdaClient", "@aws-sdk/client-lambda", ""),
    ("RDSDataClient", "@aws-sdk/client-rds-data", ""),
    ("GetObjectCommand", "@aws-sdk/client-s3", ""),
    ("S3Client", "@aws-sdk/client-s3", ""),
    ("S3VectorsClient", "@aws-sdk/client-s3vectors", ""),
    ("DescribeExecutionCommand", "@aws-sdk/client-sfn", ""),
    ("ExecutionAlreadyExists", "@aws-sdk/client-sfn", ""),
    ("ExecutionNotRedrivable", "@aws-sdk/client-sfn", ""),
    ("RedriveExecutionCommand", "@aws-sdk/client-sfn", ""),
    ("SendTaskFailureCommand", "@aws-sdk/client-sfn", "type"),
    ("SFNClient", "@aws-sdk/client-sfn", ""),
    ("SFNServiceException", "@aws-sdk/client-sfn", ""),
    ("StartExecutionCommand", "@aws-sdk/client-sfn", "type"),
    ("StartSyncExecutionCommand", "@aws-sdk/client-sfn", "type"),
    ("TaskTimedOut", "@aws-sdk/client-sfn", ""),
    ("SESv2Client", "@aws-sdk/client-sesv2", ""),
    ("PublishCommand", "@aws-sdk/client-sns", "type"),
    ("SNSClient", "@aws-sdk/client-sns", ""),
    ("SQSClient", "@aws-sdk/client-sqs", ""),
    ("DynamoDBDocumentClient", "@aws-sdk/lib-dynamodb", ""),
    ("PutCommand", "@aws-sdk/lib-dynamodb", "type"),
    ("UpdateCommand", "@aws-sdk/lib-dynamodb", "type"),
    ("LocalDurableTestRunner", "@aws/durable-execution-sdk-js-testing", ""),
    ("WaitingOperationStatus", "@aws/durable-execution-sdk-js-testing", ""),
    ("marshall", "@aws-sdk/util-dynamodb", ""),
    ("Context", "aws-lambda", "type"),
    ("base64url", "jose", ""),
    ("exportJWK", "jose", ""),
    ("exportSPKI", "jose", ""),
    ("generateKeyPair", "jose", ""),
    ("SignJWT", "jose", ""),
    ("afterAll", "vitest", ""),
    ("afterEach", "vitest", ""),
    ("beforeAll", "vitest", ""),
    ("beforeEach", "vitest", ""),
    ("expect", "vitest", ""),
    ("it", "vitest", ""),
    ("vi", "vitest", ""),
    ("toJSONSchema", "zod", ""),
    *((name, "./fakes", "") for name in ("answering", "context", "logged", "temporaryFolder")),
    *((name, "./fakes", "") for name in ("Bucket", "Bus", "Cache", "Collection", "Database", "DeliveryStream", "Files", "Instance", "Mailbox", "OwnersBucket", "Postgres", "Queue", "SECRET", "Secret", "SigningSecret", "SparseTable", "Stream", "Table", "Topic", "VectorIndex")),
)  # fmt: skip
_FUNCTIONS = (
    "connect", "createHash", "createHmac", "createServer", "createSocket", "once", "existsSync", "marshall", "afterAll",
    "afterEach", "beforeAll", "beforeEach", "expect", "logged", "randomUUID", "temporaryFolder",
)  # fmt: skip


def test_files(codes: tuple[Code, ...], alone: tuple[Check, ...], shared: Mapping[str, Any]) -> Files:
    """Yield the files below `tests/`."""
    kinds = faked_services(codes)
    values: dict[str, Any] = {
        "has": lambda *names: not kinds.isdisjoint(names),
        "divided": reads_parts_of_tables(codes),
        "batched": any(code.collects for code in codes),
        "apart": any(channel.apart for code in codes for channel in code.channels),
        "columns": has_columns(codes),
        "linked": has_linked(codes),
        "sparse": has_sparse(codes),
        "unowned": has_unowned(codes),
        "registering": registers_devices(codes),
        "containers": any(code.runtime == "container" for code in codes),
        "expiring": any(store.expires_s for code in codes for store in code.stores),
        "folders": efs.TRAITS.service in kinds
        or shared["kubernetes"]
        or shared["migrations"]
        or any(map(_shows_life, codes)),
    }
    if shared["script"]:
        yield "tests/stack.test.ts", typescript("typescript/tests/stack.ts.j2", shared)
    if shared["migrations"]:
        yield "tests/migrations.test.ts", typescript("typescript/tests/migrations.ts.j2", shared)
    if shared["approvals"]:
        yield "tests/approvals.test.ts", typescript("typescript/tests/approvals.ts.j2", shared)
    if codes or alone or shared["script"] or shared["approvals"]:
        yield "tests/fakes.ts", typescript("typescript/tests/fakes.ts.j2", values)
    checking = authorizing(codes, alone)
    names = iter(
        names_of_tests(
            [*(code.id for code in codes), *(check.checker for check in checking)],
            ["stack", "migrations", "approvals", "infrastructure"],
        )
    )
    for code in codes:
        yield f"tests/{next(names)}.test.ts", _test_file(code)
    for check in checking:
        authorizer = {"program": check, "entry_point": check.entry_point}
        yield f"tests/{next(names)}.test.ts", typescript("typescript/tests/authorizer.ts.j2", authorizer)


def _shows_life(code: Code) -> bool:
    """Return whether a program writes the file with which the platform checks its health."""
    return code.entry_point.shell in (LOOP, "container_queue")


def _test_file(code: Code) -> bytes:
    values: dict[str, Any] = {
        "program": code,
        "entry_point": code.entry_point,
        "fakes": _near(code),
        "fails": _failing(code),
    }
    names = [
        f"entry_point_{code.entry_point.shell}",
        f"service_{code.service}",
        *(f"part_{part}" for part in tested_parts(code)),
    ]
    parts = [render(f"typescript/tests/{name}.ts.j2", values).strip("\n") for name in names]
    values["body"] = _answer(parts) + "\n\n".join(part for part in parts if part)
    used = re.findall(r"\bprogram\.(\w+)\b", values["body"])
    values["modules"] = [name for name in _modules(code) if camel(name) in used]
    source = typescript("typescript/tests/program.ts.j2", {**values, "imports": []}).decode()
    return typescript("typescript/tests/program.ts.j2", {**values, "imports": list(_imports(source))})


def _modules(code: Code) -> tuple[str, ...]:
    return (entry_module(code), *code.adapters, *code.parts, "service")


def _answer(parts: list[str]) -> str:
    """Return the types that parts share."""
    if not any("Promise<Answer>" in part for part in parts):
        return ""
    answer = "interface Answer {\n  status: number;\n  value: Item;\n}\n\n"
    return f"type Item = Record<string, unknown>;\n\n{answer}"


def _imports(source: str) -> Iterator[str]:
    """Yield the import lines for the names that a test uses."""
    by_module: dict[str, list[str]] = {}
    for name, module, kind in _IMPORTS:
        # A word of prose is no name: a function is called, a namespace asked for a member.
        after = r"[.(]" if name in ("it", "path", "vi") else r"\(" if name in _FUNCTIONS else r"\b(?!')"
        if not re.search(rf"{name}(?<![\w.'$]{name}){after}", source):
            continue
        by_module.setdefault(module, []).append(f"type {name}" if kind == "type" else f"* as {name}" if kind else name)
    last = ""
    for module, names in by_module.items():
        group = "node" if module.startswith("node:") else "own" if module.startswith(".") else "package"
        if last not in ("", group):
            yield ""
        last = group
        if names[0].startswith("* "):
            yield f"import {names[0]} from '{module}';"
        elif all(name.startswith("type ") for name in names):
            yield f"import type {{ {', '.join(name[5:] for name in names)} }} from '{module}';"
        else:
            yield f"import {{ {', '.join(names)} }} from '{module}';"


def _failing(code: Code) -> Callable[[str], str]:
    """Return the statement that makes the first required dependency fail, so that the program fails."""
    first = code.reads if code.service == "summary" else (*code.writes, *code.channels)
    wanted = code.primary if code.service == "items" else next(iter(first), None)
    called = next((call.client for call in code.calls), None)
    resumed = next((call.module for call in code.calls if call.resumes), None)

    def fails(words: str) -> str:
        if wanted is None and resumed is not None:
            return f"vi.spyOn(program.{camel(resumed)}, 'call').mockRejectedValue(new Error('{words}'));"
        if wanted is None and called is not None and called.template == "http":
            return f"vi.stubGlobal('fetch', () => Promise.reject(new Error('{words}')));"
        client = wanted.client if wanted is not None else called
        if wanted is not None and not wanted.client.sdk_class:
            return f"fakes.{camel(wanted.module)}.broken = new Error('{words}');"
        return f"answering({client.sdk_class if client else ''}, () => {{\n    throw new Error('{words}');\n  }});"

    return fails


#: Kinds of fakes that are one in TypeScript: what differs is what they are made from.
_KINDS = {"Distributed": "Postgres"}


def _near(code: Code) -> list[tuple[str, str]]:
    """Return the dependencies of a program as (name, the expression that creates its fake)."""
    return [(fake.name, _made(fake)) for fake in fakes(code)]


def _made(fake: Fake) -> str:
    words = [*(f"'{word}'" for word in fake.arguments), *(["true"] if fake.fifo else [])]
    made = f"new {_KINDS.get(fake.kind, fake.kind)}({', '.join(words)})"
    return f"Object.assign({made}, {{ kept: '{fake.results}' }})" if fake.results else made
