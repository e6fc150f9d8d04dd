"""Run the tests of generated projects, as they are (suites) or with one function emptied at a time (mutants).

Run with the generated projects' own interpreter: runner.py suites|entries|mutants FOLDER... `entries` empties only
what the platform starts. Packages are imported once and each run is a fork of this process, which saves most of its
time. Prints one line per suite that fails or mutant that survives.
"""

import ast
import contextlib
import gc
import importlib.util
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# What programs and their tests import is imported before the forks.
import aws_durable_execution_sdk_python_testing  # noqa: F401
import aws_lambda_powertools.event_handler
import aws_lambda_powertools.utilities.batch  # noqa: F401
import boto3
import jwt.algorithms  # noqa: F401
import pg8000.native  # noqa: F401
import pydantic  # noqa: F401
import pytest
import valkey.cluster  # noqa: F401
import waitress  # noqa: F401
from moto import mock_aws

#: Services, and a call of each that needs nothing.
CALLS = {
    "dynamodb": "list_tables", "s3": "list_buckets", "sqs": "list_queues", "sns": "list_topics",
    "events": "list_rules", "kinesis": "list_streams", "secretsmanager": "list_secrets", "ecr": "describe_repositories",
}  # fmt: skip
KEPT_CLIENTS = Path(__file__).parents[3] / "prove" / "drivers" / "kept_clients.py"
ENTRIES = ("app.py", "main.py", "authorizer.py")
#: Tests of one component end within seconds; a worker whose loop does nothing never ends.
HANGS_AFTER_S = 15


def functions(text: str) -> Iterator[str]:
    """Yield the names of a module's public functions."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name


def emptied(text: str, name: str) -> str:
    """Return a module in which one function returns None at once."""
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            node.body = [ast.Return(ast.Constant(None))]
    return ast.unparse(ast.fix_missing_locations(tree))


def mutants(projects: list[Path], *, entries: bool) -> Iterator[tuple[Path, Path, str]]:
    """Yield every function of every program once: programs that differ by their name alone are the same."""
    seen: set[tuple[str, str]] = set()
    for project in projects:
        for path in sorted(project.glob("src/*/*.py")):
            if entries and path.name not in ENTRIES:
                continue
            text = path.read_text("utf-8")
            # What a module is for says which template it came from.
            told = (ast.get_docstring(ast.parse(text)) or "") if entries else text
            kind = told.replace(path.parent.name, "")
            for name in functions(text):
                if (kind, name) not in seen:
                    seen.add((kind, name))
                    yield project, path, name


def survives(project: Path, path: Path, name: str) -> bool:
    """Return whether the component's tests still pass with the function emptied."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns("__pycache__"))
        changed = copy / path.relative_to(project)
        changed.write_text(emptied(path.read_text("utf-8"), name), "utf-8")
        component = path.parent.name.replace("-", "_")
        tests = [str(test) for test in (copy / "tests").glob(f"test_{component}*.py")]
        # Whether they fail is all that is asked: pytest takes a third of a run to say where and why.
        return run(copy, ["--tb=no", *tests], longest_s=HANGS_AFTER_S) == 0


def run(project: Path, tests: list[str], said: Path = Path(os.devnull), longest_s: int = 0) -> int:
    """Run tests in a fork of this process; return pytest's exit code. What it prints goes to `said`.

    After `longest_s`, if it is given, a run that hangs is ended: its owner would notice that as he notices a failure.
    """
    child = os.fork()
    if child == 0:
        signal.alarm(longest_s)
        os.chdir(project)
        with said.open("w") as out, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests])
        os._exit(int(code))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def warm_up() -> None:
    """Read once what every run would read: the descriptions of the services, and moto's fakes of them."""
    spec = importlib.util.spec_from_file_location("kept_clients", KEPT_CLIENTS)
    assert spec is not None
    assert spec.loader is not None
    # Not by a folder on the path of modules: what a project lacks must not be found there.
    spec.loader.exec_module(kept_clients := importlib.util.module_from_spec(spec))
    kept_clients.keep_what_stays()
    os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")
    with mock_aws():
        for service, ask in CALLS.items():
            getattr(boto3.client(service), ask)()
        boto3.resource("dynamodb")
    with tempfile.TemporaryDirectory() as empty, open(os.devnull, "w") as out, contextlib.redirect_stdout(out):
        pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", empty, empty])  # its plugins are modules, too
    # What is loaded stays: a fork that looks through it for what to free would spend a third of its time on that.
    gc.collect()
    gc.freeze()


def suite(project: Path) -> str:
    """Return what `make test` says of a project when it fails, and nothing when it passes."""
    said = Path(tempfile.mkstemp()[1])
    failed = run(project, [], said) != 0
    return said.read_text() if failed else ""


def main(arguments: list[str]) -> int:
    """Return 1 when a suite fails or a mutant survives."""
    mode, projects = arguments[0], [Path(argument).resolve() for argument in arguments[1:]]
    warm_up()
    with (
        # Where pytest by itself writes, each run would remove what ended runs of the tests of this checkout left.
        tempfile.TemporaryDirectory() as os.environ["PYTEST_DEBUG_TEMPROOT"],
        multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool,
    ):
        if mode == "suites":
            # The longest first, so that no core is idle at the end.
            projects.sort(key=lambda project: -len([*project.glob("tests/test_*.py")]))
            said = pool.map(suite, projects, chunksize=1)
            print("".join(f"{project.name}:\n{text}\n" for project, text in zip(projects, said, strict=True) if text))
            return int(any(said))
        jobs = list(mutants(projects, entries=mode == "entries"))
        alive = pool.starmap(survives, jobs, chunksize=1)
    for (project, path, name), lives in zip(jobs, alive, strict=True):
        if lives:
            print(f"{project.name}/{path.relative_to(project)}: {name}")
    print(f"{len(jobs)} mutants, {sum(alive)} survived")
    return int(any(alive))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
