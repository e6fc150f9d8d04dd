"""Requests to the programs of a project, by the calls of its own unit tests: a probe is added to a copy of them.

The tests define how an entry passes a request on, and the substitutes for the dependencies of a program. The probe
sends bodies and records the responses; an exception of a handler counts as 500.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from prove.behaviour.evidence import Evidence
from prove.tools import NODE, run, tool

_HTTP = re.compile(r"rawPath|httpMethod|PATH_INFO|http://localhost")
_NAME = "probe_of_bodies"
_PYTHON = """

import json as _json
import pathlib as _pathlib


@pytest.mark.parametrize("word", {words})
def test_{name}(program: Any, context: Any, word: str) -> None:
    here = _pathlib.Path(__file__)
    body = _json.loads(here.with_name("bodies.json").read_text())[word]
    try:
        status, answer = call(program, context, "POST", "/items", body)
    except Exception as error:
        status, answer = 500, {{"message": type(error).__name__ + ": " + str(error)}}
    with here.with_suffix(".answers").open("a") as answers:
        answers.write(_json.dumps([word, status, str((answer or {{}}).get("message", ""))[:200]]) + "\\n")
"""
_TYPESCRIPT = """

import {{ appendFileSync as append, readFileSync as readBodies }} from 'node:fs';

it.each({words})('{name} %s', async (word) => {{
  const bodies = JSON.parse(readBodies(__dirname + '/bodies.json', 'utf8')) as Record<string, string>;
  let answered = {{ status: 500, value: {{ message: '' }} as Record<string, unknown> }};
  try {{
    answered = await call('POST', '/items', bodies[word]);
  }} catch (error) {{
    answered.value = {{ message: String(error) }};
  }}
  const line = [word, answered.status, String(answered.value?.message ?? '').slice(0, 200)];
  append(__filename.replace(/\\.test\\.ts$/, '.test.answers'), JSON.stringify(line) + '\\n');
}});
"""


class Answer(NamedTuple):
    """The response of a program to a body: its test module, the label of the body, status and message."""

    module: str
    word: str
    status: int
    message: str


#: The answers by a digest of programs and tests: projects of SAM and of CDK in Python have the same programs.
_known: dict[str, list[Answer]] = {}


def answers(evidence: Evidence, bodies: Mapping[str, str]) -> list[Answer]:
    """Send bodies to each program of a project that accepts items over HTTP, and return the responses."""
    python, typescript = (list(_tests(evidence, pattern)) for pattern in ("test_*.py", "*.test.ts"))
    if not python and not typescript:
        return []
    digest = _digest(evidence.folder, bodies)
    if digest not in _known:
        _known[digest] = list(_answers(evidence, bodies, python, typescript))
    return _known[digest]


def _digest(folder: Path, bodies: Mapping[str, str]) -> str:
    digest = hashlib.sha256(json.dumps(dict(bodies)).encode())
    for part in ("src", "tests"):
        for path in sorted((folder / part).rglob("*")):
            if path.suffix in (".py", ".ts"):
                digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _answers(
    evidence: Evidence, bodies: Mapping[str, str], python: list[str], typescript: list[str]
) -> Iterator[Answer]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(evidence.folder, folder / "project", ignore=shutil.ignore_patterns("node_modules", "cdk.out"))
        tests = folder / "project" / "tests"
        (tests / "bodies.json").write_text(json.dumps(dict(bodies)), "utf-8")
        for module in (*python, *typescript):
            probe = _TYPESCRIPT if module.endswith(".ts") else _PYTHON
            with (tests / module).open("a", encoding="utf-8") as file:
                file.write(probe.format(words=json.dumps(list(bodies)), name=_NAME))
        said = _pytest(tests, python) if python else _vitest(tests, typescript)
        for module in (*python, *typescript):
            answered = (tests / module).with_suffix(".answers")
            if not answered.exists():
                raise RuntimeError(f"{module} sent nothing: {said[-1500:]}")
            for line in answered.read_text("utf-8").splitlines():
                yield Answer(module, *json.loads(line))


def _tests(evidence: Evidence, pattern: str) -> Iterator[str]:
    """Yield the test modules of programs that take new items by HTTP."""
    for path in sorted((evidence.folder / "tests").glob(pattern)):
        text = path.read_text("utf-8")
        if _HTTP.search(text) and re.search(r"['\"]POST['\"], ['\"]/items['\"]", text):
            yield path.name


def _pytest(tests: Path, modules: list[str]) -> str:
    words: list[str | Path] = [tool("project"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", _NAME]
    done = run([*words, *(f"tests/{module}" for module in modules)], cwd=tests.parent)
    return done.stdout + done.stderr


def _vitest(tests: Path, modules: list[str]) -> str:
    (tests.parent / "node_modules").symlink_to(NODE / "node_modules")
    words: list[str | Path] = [tool("node", "vitest"), "run", "-t", _NAME]
    done = run([*words, *(f"tests/{module}" for module in modules)], cwd=tests.parent)
    return done.stdout + done.stderr
