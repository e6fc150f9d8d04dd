"""Types of many projects: each folder is read as it is, though another has files of the same name, size and second."""

import os
from pathlib import Path

import pytest

from prove.tools.worker import ask

pytestmark = pytest.mark.tools

_WRITTEN = 1_700_000_000


def _project(folder: Path, function: str) -> Path:
    """Write a program that calls `put_once` of a store, which has the given function: all of one size and second."""
    program = folder / "src" / "work"
    program.mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.mypy]\nstrict = true\n", "utf-8")
    (program / "service.py").write_text("import store\n\nstore.put_once()\n", "utf-8")
    (program / "store.py").write_text(f"def {function}() -> None: ...\n", "utf-8")
    for file in program.iterdir():
        os.utime(file, (_WRITTEN, _WRITTEN))
    return program


def test_a_program_is_not_read_with_the_store_of_another_project(tmp_path: Path) -> None:
    wrong, right = _project(tmp_path / "a", "set_once"), _project(tmp_path / "b", "put_once")
    jobs = {"cache": str(tmp_path / "cache"), "folders": [str(wrong), str(right)]}
    errors = dict(ask("project", "mypy_folders", jobs))
    assert [row["place"] for row in errors[str(wrong)]] == ["service.py:3"]
    assert errors[str(right)] == []
