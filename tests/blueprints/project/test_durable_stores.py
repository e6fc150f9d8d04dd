"""The tests of a durable function with a relational store pass: its library runs steps in threads of their own."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements


def test_steps_of_a_durable_function_write_to_a_relational_store(
    tmp_path: Path, run: Callable[..., "subprocess.CompletedProcess[str]"], book: Book
) -> None:
    raw = yaml.safe_load(Path("prove/cases/supplements/durable.yaml").read_text("utf-8"))
    raw["stores"][0]["access"] = "relational"
    for path, content in blueprints.build(advise(make_requirements(raw), book), "sam", lang="en", extras={}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    done = run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/test_refund.py", cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-2000:]
