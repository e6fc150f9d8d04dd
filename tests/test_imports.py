"""The rooms' borders are held by contracts, each contract catches a violation, and no files import each other in a circle."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
VIOLATIONS = {
    "advisor/stray.py": "import renderers\nimport streamlit\n",
    "advisor_cli/stray.py": "import streamlit\n",
    "rules/stray.py": "import advisor_account\n",
    "blueprints/cdk/lifting/stray.py": "import blueprints.cdk.typescript\nimport blueprints.sam\n",
}


def contracts(folder: Path) -> "subprocess.CompletedProcess[str]":
    tool = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [str(tool), "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def copy(folder: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            target = folder / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


def test_every_contract_is_kept_and_every_contract_catches_a_violation(tmp_path: Path) -> None:
    copy(tmp_path)
    kept = contracts(tmp_path)
    assert kept.returncode == 0, kept.stdout
    for name, content in VIOLATIONS.items():
        (tmp_path / name).write_text(content)
    broken = contracts(tmp_path)
    assert broken.returncode == 1
    assert "Contracts: 0 kept, 7 broken." in broken.stdout, broken.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("advisor_ui/stray.py", "import advisor_cli.console\n"),
        ("advisor_cli/stray.py", "import advisor_ui.page\n"),
        ("advisor_bundle/stray.py", "import advisor_cli.console\n"),
        ("blueprints/stray.py", "import renderers\n"),
        ("blueprints/shared/stray.py", "import blueprints.parts.sqs\n"),
        ("blueprints/parts/stray.py", "import blueprints.stack.assembly\n"),
        ("advisor_cli/stray.py", "import prove.tools\n"),
        ("advisor/sizing/stray.py", "import advisor.explanation.engine\nimport advisor.budgets\n"),
        ("advisor/unstaged.py", ""),
    ],
)
def test_rooms_that_must_not_know_each_other_do_not(name: str, content: str, tmp_path: Path) -> None:
    copy(tmp_path)
    (tmp_path / name).write_text(content)
    assert contracts(tmp_path).returncode == 1


def modules(root: Path, rooms: list[str]) -> dict[str, Path]:
    """Every module of the rooms by its dotted name."""
    files = (file for room in rooms for file in sorted((root / room).rglob("*.py")))
    return {".".join(f.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): f for f in files}


def imported(file: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield what a file imports anywhere: lazily, for types only, or by text."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in names if {name, node.module} & known.keys())
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            first = node.args[0]
            if isinstance(first, ast.Constant) and first.value in known:
                yield str(first.value)


def circle(root: Path, rooms: list[str]) -> list[str]:
    """Return one circle of files, or nothing."""
    known = modules(root, rooms)
    graph = {name: {other for other in imported(file, known) if other != name} for name, file in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(name) for name in error.args[1]]
    return []


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circle(ROOT, ROOMS) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_circle_is_found_even_where_it_is_hidden_in_a_function(room: str, tmp_path: Path) -> None:
    folder = tmp_path / room
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "one.py").write_text(f"from {room} import other\n")
    (folder / "other.py").write_text(f"def later():\n    from {room}.one import x\n    return x\n")
    assert {f"{room}.one", f"{room}.other"} <= {*circle(tmp_path, [room])}


@pytest.mark.parametrize(
    "folder", ["advisor", "blueprints", "blueprints/plan", "blueprints/project", "tests/blueprints"]
)
def test_a_folder_is_small_enough_to_be_seen_at_once(folder: str) -> None:
    children = [path for path in (ROOT / folder).iterdir() if path.name != "__pycache__"]
    assert len(children) <= 20
