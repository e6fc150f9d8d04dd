"""The clients of the AWS SDK that a program makes, with the longest time of one call, read from its source.

* Python: the seconds to connect and to read count for each attempt, and are 60 s each by default; the mode `legacy`, which a
  runtime may still have as its default, makes five attempts
  (botocore/config.py of botocore 1.44.8, and https://docs.aws.amazon.com/boto3/latest/guide/retries.html, read 2026-11-28).
* Node.js: `requestTimeout` counts from the start of an attempt to the head of its answer, and ends it only with
  `throwOnRequestTimeout`; `socketTimeout` ends an answer that stops in between. HTTP/2 has `requestTimeout` alone
  (dist-es/ of @smithy/node-http-handler 4.14.2, read 2026-11-28).
* Between attempts, the mode `standard` waits up to 1 s, which doubles up to 20 s, if the service throttles
  (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html, read 2026-11-28). A service may ask for up to
  5 s more by `x-amz-retry-after`, which comes with an answer and is not counted here.
"""

import ast
import math
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.config import Config

#: Defaults of the SDKs: attempts in the mode `legacy` of Python, and in Node.js.
LEGACY_ATTEMPTS, ATTEMPTS = 5, 3
LONGEST_DELAY_S = 20
_MODULE = "timeouts"
_MADE = re.compile(r"(?:const (\w+)(?:: \w+)? = (?:\w+\.from\()?)?new (\w+Client)\(")
_OF_THE_SDK = re.compile(r"import (?:type )?\{([^}]*)\} from '@aws-sdk/client-[\w-]+'")
_CONSTANT = re.compile(rf"{_MODULE}\.(\w+)")
_DEFAULT = re.compile(r"(\w+) = Number\(process\.env\.\w+ (?:\|\||\?\?) '(\d+)'\)")
_ARITHMETIC = re.compile(r"[\d_ ()+*/.]+")
_CLIENTS = ("client", "resource")


@dataclass(frozen=True, slots=True)
class SdkClient:
    """A client of the SDK: its file, its name in the source, and the longest time of one of its calls in seconds.

    `attempts` is how often one call is sent at most; `source` is the text of its file.
    """

    file: Path
    name: str
    longest_s: float
    attempts: int
    source: str

    def calls(self, *operations: str) -> bool:
        """Whether its file calls one of the operations by it: methods in Python, commands in Node.js."""
        sent = rf"\b{self.name}(?:\.send\(\s*new (?:{{0}})Command\b|\.(?:{{0}})\()"
        return bool(self.name) and re.search(sent.replace("{0}", "|".join(operations)), self.source) is not None


def clients_of(folder: Path) -> Iterator[SdkClient]:
    """Yield the clients that the modules of a folder make, in both languages."""
    for file in sorted(folder.glob("*.py")):
        yield from _python(file)
    for file in sorted(folder.glob("*.ts")):
        yield from _typescript(file)


def longest_s(attempts: int, attempt_s: float) -> float:
    """Return the longest time of a call: all its attempts, and the delays between them."""
    delays: int = sum(min(2**retry, LONGEST_DELAY_S) for retry in range(attempts - 1))
    return attempts * attempt_s + delays


def _python(file: Path) -> Iterator[SdkClient]:
    source = file.read_text("utf-8")
    tree = ast.parse(source)
    named = {
        id(call): node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        for call in ast.walk(node.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in [f"boto3.{name}" for name in _CLIENTS]:
            stated = next((keyword.value for keyword in node.keywords if keyword.arg == "config"), None)
            attempts, attempt_s = _config(file.parent, stated)
            yield SdkClient(file, named.get(id(node), ""), longest_s(attempts, attempt_s), attempts, source)


def _config(folder: Path, stated: ast.expr | None) -> tuple[int, float]:
    """Return the attempts of a client, and the seconds of one."""
    module = folder / f"{_MODULE}.py"
    names: dict[str, Any] = {}
    if module.exists():
        names = {"Config": Config, "os": os}
        for node in ast.parse(module.read_text("utf-8")).body:
            # What is named in an import, such as the errors of a database driver, is no setting of a client.
            with suppress(NameError):
                if isinstance(node, ast.Assign):
                    exec(compile(ast.Module([node], []), str(module), "exec"), names)
    known = {_MODULE: type(_MODULE, (), names), "Config": Config}
    config = eval(ast.unparse(stated), known) if stated is not None else Config()
    retries: Mapping[str, Any] = config.retries or {}
    attempts = retries.get("total_max_attempts", retries.get("max_attempts", LEGACY_ATTEMPTS - 1) + 1)
    return int(attempts), float(config.connect_timeout + config.read_timeout)


def _typescript(file: Path) -> Iterator[SdkClient]:
    source = file.read_text("utf-8")
    sdk = {name.strip().removeprefix("type ") for names in _OF_THE_SDK.findall(source) for name in names.split(",")}
    module = file.with_name(f"{_MODULE}.ts")
    constants = module.read_text("utf-8") if module.exists() else ""
    for made in _MADE.finditer(source):
        if made[2] in sdk:
            stated = _inside(source, made.end())
            attempts, attempt_s = _options(stated, constants)
            yield SdkClient(file, made[1] or "", longest_s(attempts, attempt_s), attempts, source)


def _inside(text: str, start: int, ends: str = ")") -> str:
    """Return the text up to the bracket that closes what is open at `start`."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in ")}]":
            if not depth and text[at] == ends:
                return text[start:at]
            depth -= 1
        elif text[at] in "({[":
            depth += 1
    return text[start:]


def _options(stated: str, constants: str) -> tuple[int, float]:
    """Return the attempts of a client in Node.js, and the seconds of one: without an end where nothing ends it."""
    for name in _CONSTANT.findall(stated):
        found = re.search(rf"\b{name} = \{{", constants)
        stated += _inside(constants, found.end(), "}") if found else ""
    numbers = dict(_DEFAULT.findall(constants))

    def number(key: str) -> float | None:
        value = re.search(rf"\b{key}: ([^,}}]+)", stated)
        text = "" if value is None else re.sub(r"[A-Z_]+", lambda word: numbers.get(word[0], word[0]), value[1]).strip()
        return float(eval(text)) if text and _ARITHMETIC.fullmatch(text) else None

    request, socket = number("requestTimeout"), number("socketTimeout")
    http2 = "disableConcurrentStreams" in stated
    ends = request is not None and (http2 or (socket is not None and "throwOnRequestTimeout: true" in stated))
    return int(number("maxAttempts") or ATTEMPTS), (request or 0.0) / 1000 if ends else math.inf
