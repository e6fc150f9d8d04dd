"""`advisor compare` and `advisor show`: the commands themselves, registered or not."""

import json
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner, Result

import rules
from advisor_cli.compare import compare
from advisor_cli.console import Commands
from advisor_cli.show import show


def run(command: Command, *words: str, stdin: bytes | None = None) -> Result:
    group = Commands("advisor", commands={str(command.name): command})
    return CliRunner().invoke(group, [str(command.name), *words], input=stdin)


def test_compare_prints_what_differs(tmp_path: Path) -> None:
    after = tmp_path / "after.yaml"
    story = rules.story_bytes("scheduled-batch").decode().replace("packaging: container-image", "packaging: code")
    after.write_text(story.replace("40 min", "10 min").replace("20 min", "5 min"), "utf-8")
    told = run(compare, "-", str(after), "--format", "text", stdin=story.encode())
    assert told.exit_code == 0, told.output
    assert "A: 40 min | B: 10 min" in told.output
    found = json.loads(run(compare, "-", str(after), "--lang", "ja", stdin=story.encode()).output)
    compute = next(one for one in found["choices"] if one["role"] == "compute")
    assert (compute["a"]["service"], compute["b"]["service"]) == ("ecs", "lambda")
    assert not found["alike"]
    same = json.loads(run(compare, str(after), str(after)).output)
    assert same["alike"]


def test_compare_refuses_two_standard_inputs() -> None:
    told = run(compare, "-", "-", stdin=b"components: []")
    assert told.exit_code != 0
    assert "only one of the two" in told.output


@pytest.mark.parametrize("id", ["lambda-timeout-max", "long-work-in-a-container", "entry"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_show_prints_an_entry(id: str, lang: str) -> None:
    told = run(show, id, "--lang", lang)
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"# {id}\n\n")


def test_show_names_what_was_probably_meant() -> None:
    told = run(show, "lambda-timeout-maxx")
    assert told.exit_code != 0
    assert "Did you mean one of these: lambda-timeout-max" in told.output
