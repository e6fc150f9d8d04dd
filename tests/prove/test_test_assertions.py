"""Tests without assertions, or that never run, are found in both languages; others pass."""

import json
from pathlib import Path

import pytest

from prove.static import test_assertions
from prove.static.typescript import modules
from prove.tools import OUT, ROOT, run, tool

_HEAD = "import pytest\nimport stack\n\ndef ask(given):\n    return stack.ask(given)\n\n"
_ASKS = "def test_it(program):\n    "


def rule_ids(text: str, tmp_path: Path) -> set[str]:
    file = tmp_path / "test_it.py"
    file.write_text(_HEAD + text, "utf-8")
    ((_, rows),) = test_assertions.tests([str(file)])
    return {row["rule"] for row in rows}


@pytest.mark.parametrize(
    "text",
    [
        _ASKS + "assert program.ask() == 1\n",
        _ASKS + "said = program.ask()\n    for one in said:\n        assert one\n",
        _ASKS + "with pytest.raises(ValueError):\n        program.ask()\n",
        _ASKS + "seen = []\n    program.ask(lambda: seen.append(1))\n    assert seen == [1]\n",
        _ASKS + "program.double.assert_called_once()\n",
        "def right(said):\n    assert said == 1\n\ndef test_it():\n    right(ask(1))\n",
        "def test_it():\n    if stack.NAME == '':\n        pytest.skip('no stack')\n    assert stack.ask(1)\n",
        "@pytest.mark.skipif(not stack.NAME, reason='')\ndef test_it():\n    assert stack.ask(1)\n",
    ],
)
def test_tests_with_assertions_pass(text: str, tmp_path: Path) -> None:
    assert rule_ids(text, tmp_path) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (_ASKS + "program.ask()\n", "no-claim"),
        (_ASKS + "assert True\n", "no-claim"),
        (_ASKS + "given = {'a': 1}\n    assert given == {'a': 1}\n", "no-claim"),
        (_ASKS + "assert program.ask() or True\n", "no-claim"),
        (_ASKS + "said = program.ask()\n    assert said == said\n", "no-claim"),
        (_ASKS + "return\n    assert program.ask()\n", "no-claim"),
        (_ASKS + "if False:\n        assert program.ask()\n", "no-claim"),
        (_ASKS + "pytest.skip('later')\n    assert program.ask()\n", "never-run"),
        ("@pytest.mark.skip\n" + _ASKS + "assert program.ask()\n", "never-run"),
        ("@pytest.mark.skipif(True, reason='')\n" + _ASKS + "assert program.ask()\n", "never-run"),
        ("@pytest.mark.xfail\n" + _ASKS + "assert program.ask()\n", "never-run"),
        ("pytestmark = pytest.mark.skipif(1 == 1, reason='')\n" + _ASKS + "assert program.ask()\n", "never-run"),
        ("collect_ignore = ['test_it.py']\n", "never-run"),
        ("def check_it(program):\n    assert program.ask()\n", "never-run"),
    ],
)
def test_tests_without_assertions_are_found(text: str, rule: str, tmp_path: Path) -> None:
    assert rule_ids(text, tmp_path) == {rule}


_RULE = """\
import { Linter } from 'eslint';
import { readFileSync } from 'node:fs';
import proof from './test_assertions.mjs';
const linter = new Linter();
const config = { plugins: { proof }, rules: { 'proof/claims': 'error' } };
const texts = JSON.parse(readFileSync(0, 'utf-8'));
console.log(JSON.stringify(texts.map((text) => linter.verify(text, config).map((one) => one.message))));
"""


@pytest.mark.usefixtures("node_modules", "cdk_python")
def test_tests_in_typescript_are_checked_too(tmp_path: Path) -> None:
    good = [
        "it('asks', () => { expect(ask(1)).toBe(1); });",
        "it('asks', async () => { await expect(ask(1)).rejects.toThrow(); });",
        "function right(said) { expect(said).toBe(1); } it('asks', () => { right(ask(1)); });",
        "it.each([1])('asks', (one) => { expect(ask(one)).not.toBe(2); });",
    ]
    bad = [
        "it('asks', () => { ask(1); });",
        "it('asks', () => { expect(true).toBe(true); });",
        "it('asks', () => { const said = ask(1); expect(said).toBe(said); });",
        "it('asks', () => { expect(ask(1)); });",
        "it.skip('asks', () => { expect(ask(1)).toBe(1); });",
        "describe.skip('all', () => { it('asks', () => { expect(ask(1)).toBe(1); }); });",
        "it.skipIf(true)('asks', () => { expect(ask(1)).toBe(1); });",
        "it.only('asks', () => { expect(ask(1)).toBe(1); });",
        "it.todo('asks');",
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    modules()
    (tmp_path / "node_modules").symlink_to((OUT / "node_modules").resolve())
    (tmp_path / "test_assertions.mjs").write_text(
        (ROOT / "prove/drivers/test_assertions.mjs").read_text("utf-8"), "utf-8"
    )
    (tmp_path / "rule.mjs").write_text(_RULE, "utf-8")
    process = run([tool("node", "tsx"), tmp_path / "rule.mjs"], cwd=tmp_path, stdin=json.dumps([*good, *bad]))
    assert process.returncode == 0, process.stderr
    messages = json.loads(process.stdout)
    assert messages[: len(good)] == [[]] * len(good)
    assert all(messages[len(good) :]), messages
