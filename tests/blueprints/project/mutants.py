"""Run a generated project's tests against copies of it in which one function does nothing. Prints the survivors.

Run with the generated projects' own interpreter: mutants.py [--entries] FOLDER... Packages are imported once and each
mutant runs in a fork of this process, so one costs about half a second.
"""

import ast
import contextlib
import io
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import aws_lambda_powertools.event_handler
import aws_lambda_powertools.utilities.batch  # noqa: F401
import boto3
import pytest
from moto import mock_aws

ENTRIES = ("app.py", "main.py", "authorizer.py")


def functions(path: Path) -> Iterator[str]:
    """Give the names of a module's public functions."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name


def emptied(text: str, name: str) -> str:
    """Return a module in which one function returns None at once."""
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            node.body = [ast.Return(ast.Constant(None))]
    return ast.unparse(ast.fix_missing_locations(tree))


def mutants(project: Path, *, entries: bool) -> Iterator[tuple[Path, str]]:
    """Give every function of every program: only those of the entry modules when `entries`."""
    for path in sorted(project.glob("src/*/*.py")):
        if not entries or path.name in ENTRIES:
            yield from ((path, name) for name in functions(path))


def survives(project: Path, path: Path, name: str) -> bool:
    """Return whether the component's tests still pass with the function emptied."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns("__pycache__"))
        changed = copy / path.relative_to(project)
        changed.write_text(emptied(path.read_text("utf-8"), name), "utf-8")
        component = path.parent.name.replace("-", "_")
        tests = [str(test) for test in (copy / "tests").glob(f"test_{component}*.py")]
        return run(copy, tests) == 0


def run(project: Path, tests: list[str]) -> int:
    """Run tests in a fork of this process; return pytest's exit code."""
    child = os.fork()
    if child == 0:
        os.chdir(project)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])
        os._exit(int(code))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def warm_up() -> None:
    """Load once what every test loads: the models of the services."""
    os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")
    with mock_aws():
        for service in ("dynamodb", "s3", "sqs", "sns", "events", "kinesis", "secretsmanager"):
            boto3.client(service)


def main(arguments: list[str]) -> int:
    """Print one line per survivor, then the number of mutants; return 1 when one survived."""
    entries = "--entries" in arguments
    warm_up()
    found = [
        (project, path, name)
        for project in map(Path, arguments)
        if project.is_dir()
        for path, name in mutants(project.resolve(), entries=entries)
    ]
    jobs = [(project.resolve(), path, name) for project, path, name in found]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        alive = pool.starmap(survives, jobs, chunksize=1)
    for (project, path, name), lives in zip(jobs, alive, strict=True):
        if lives:
            print(f"{project.name}/{path.relative_to(project)}: {name}")
    print(f"{len(jobs)} mutants, {sum(alive)} survived")
    return int(any(alive))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
