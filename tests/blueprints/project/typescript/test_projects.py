"""Projects in TypeScript as their owners have them: they compile, are clean, pass their tests, bundle and synthesise."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import rules
from advisor.design import Design
from blueprints.cdk.app import stack_id
from blueprints.plan import plan_for
from prove.static import typescript
from tests.blueprints.project import suites
from tests.blueprints.project.conftest import write
from tests.blueprints.project.test_template_marks import marks
from tests.blueprints.project.typescript.conftest import SHARED, Files, Run
from tests.conftest import Golden

STORY = "web-application"
PASSED = "suites/typescript.json"
COMPILED = "suites/compiled.json"
#: Tests of programs that answer with the name of an error that Node.js threw.
SOCKETS = "/tests/gateway.test.ts"


def test_one_configuration_is_that_of_all(made: Files) -> None:
    for name in SHARED:
        assert {files[name] for files in made.values()} == {made["catalogue"][name]}


def test_no_file_contains_a_template_mark(made: Files) -> None:
    found = {
        f"{name}/{path}": marks(path, text.decode()) for name, files in made.items() for path, text in files.items()
    }
    assert {file: lines for file, lines in found.items() if lines} == {}


def test_what_no_story_has_compiles_strictly_and_is_clean(
    written: Path, made: Files, monkeypatch: pytest.MonkeyPatch, cdk_python: Path, golden: Golden
) -> None:
    """The proof compiles and lints every story; here the connections that none has are linted, and answers compiled."""
    digests = suites.digests({name: files for name, files in made.items() if name not in (*rules.STORIES, "catalogue")})
    assert json.loads((written / "tsconfig.json").read_text())["compilerOptions"]["strict"] is True
    monkeypatch.setattr(typescript, "OUT", written)
    catalogue = str(written / "projects" / "catalogue")
    answers = [str(written / "projects" / name) for name in suites.due(digests, COMPILED)]
    write({name: made["catalogue"][name] for name in SHARED}, Path(catalogue))
    found = dict(typescript.linted([catalogue], answers))
    assert len(found) == len(answers) + 1
    assert {folder: rows for folder, rows in found.items() if rows} == {}
    golden(COMPILED, suites.as_golden(digests))


def test_the_programs_pass_their_tests(
    written: Path, run: Run, made: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Golden
) -> None:
    """Each file of tests by itself, as the owner of a project runs them."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    digests = suites.digests(made)
    # The catalogue has a file of each kind but those with sockets.
    due = {*suites.due(digests, PASSED), "catalogue", "nlb-sockets"}
    all_files = {f"{name}/{path}" for name, content in made.items() for path in content if path.endswith(".test.ts")}
    wanted = tuple(f"{name}/" for name in due)
    # vitest takes every file whose path contains what it is given.
    files = {file for file in all_files if any(name in file for name in wanted)}
    sockets = {file for file in files if file.endswith(SOCKETS)}
    # Contexts load the packages ten times faster than threads, but what Node.js throws is no `Error` of theirs.
    assert sockets
    said = [
        _tests_of(written, run, "contexts", "--pool=vmThreads", *sorted(files - sockets)),
        _tests_of(written, run, "threads", "--pool=threads", *sorted(sockets)),
    ]
    assert [len(part["testResults"]) for part in said] == [len(files - sockets), len(sockets)]
    assert all(part["numPassedTests"] == part["numTotalTests"] for part in said)
    assert sum(part["numTotalTests"] for part in said) > 10 * len(files - sockets)
    assert list(tmp_path.iterdir()) == []  # each test removes the folders that it creates
    golden(PASSED, suites.as_golden(digests))


def _tests_of(written: Path, run: Run, name: str, *words: str) -> dict[str, Any]:
    # A test that takes its time on a busy machine is not a test that fails.
    patient = ("--testTimeout=60000", "--hookTimeout=60000", "--reporter=json", f"--outputFile={name}.json")
    ended = run(written, "vitest", "run", "--root=projects", *patient, *words)
    report = written / "projects" / f"{name}.json"
    assert report.exists(), (ended.stdout + ended.stderr)[-6000:]
    said: dict[str, Any] = json.loads(report.read_text())
    failed = [
        (suite["name"], test["fullName"], test["failureMessages"])
        for suite in said["testResults"]
        for test in suite["assertionResults"]
        if test["status"] == "failed"
    ]
    assert (failed, ended.returncode) == ([], 0), [
        suite["name"] for suite in said["testResults"] if suite.get("message")
    ]
    return said


def test_images_are_built_of_what_their_folder_holds(written: Path, run: Run, made: Files) -> None:
    """What the Dockerfiles run: one file of each program, of packages that its own package.json names."""
    entries = []
    for name, files in made.items():
        for path in files:
            if path.endswith("/Dockerfile"):
                folder = path.removesuffix("/Dockerfile")
                (entry,) = re.findall(r"npx esbuild (\S+) --bundle", files[path].decode())
                entries.append(f"projects/{name}/{folder}/{entry}")
                _imports_only_what_is_named(files, folder)
    assert entries
    ended = run(written, "esbuild", *entries, "--bundle", "--platform=node", "--target=node24", "--outdir=images")
    assert ended.returncode == 0, ended.stderr[:4000]


def _imports_only_what_is_named(files: dict[str, bytes], folder: str) -> None:
    named = json.loads(files[f"{folder}/package.json"])["dependencies"]
    for path, content in files.items():
        if path.startswith(f"{folder}/") and path.endswith(".ts"):
            for package in re.findall(r"^import (?!type).*from '((?:@[\w-]+/)?[\w-]+)", content.decode(), re.MULTILINE):
                assert package in named or package == "node", (path, package)


def test_versions_are_exact_and_those_that_the_tests_use(made: Files, node_modules: Path) -> None:
    known = json.loads((node_modules.parent / "package.json").read_text())["dependencies"]
    for files in made.values():
        for path, content in files.items():
            if path.endswith("package.json"):
                package = json.loads(content)
                for name, version in {**package["dependencies"], **package.get("devDependencies", {})}.items():
                    assert version == known[name]
                    assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_what_only_tests_import_is_no_dependency_of_programs(made: Files) -> None:
    for files in made.values():
        package = json.loads(files["package.json"])
        sources = [
            content.decode()
            for path, content in files.items()
            if path.startswith(("src/", "scripts/", "lib/", "migrations/"))
        ]
        for name in package["dependencies"]:
            assert any(f"'{name}" in source for source in sources), name
    assert any("@aws/durable-execution-sdk-js-testing" in files["package.json"].decode() for files in made.values())


def test_a_project_starts_as_its_readme_says(
    designs: dict[str, Design], made: Files, node_modules: Path, tmp_path: Path, run: Run
) -> None:
    """Unpacked into an empty folder, with the packages at hand: what `make test lint build` does, functions bundled."""
    project = write(made[STORY], tmp_path / "unpacked")
    # As `npm install` does, and not as a link: where a package really stands decides what it finds beside it.
    shutil.copytree(node_modules, project / "node_modules", symlinks=True, copy_function=_link)
    (project / "bin" / "docker").write_text("#!/bin/sh\n")
    (project / "bin" / "docker").chmod(0o755)
    ended = run(project, "make", "test", "build", f"ENGINE={project}/bin/docker")
    assert ended.returncode == 0, (ended.stdout + ended.stderr)[-4000:]
    template = json.loads((project / "cdk.out" / f"{stack_id(plan_for(designs[STORY]))}.template.json").read_text())
    functions = [r["Properties"] for r in template["Resources"].values() if r["Type"] == "AWS::Lambda::Function"]
    assert functions
    assert {one["Handler"] for one in functions} == {"index.handler"}
    bundles = list((project / "cdk.out").glob("asset.*/index.js"))
    assert len(bundles) == len({one["Code"]["S3Key"] for one in functions})
    code = "process.env.AWS_REGION = 'us-east-1'; console.log(typeof require(process.argv[1]).handler)"
    environment = [f"process.env.{name} = '1';" for name in functions[0]["Environment"]["Variables"]]
    # The SDK is the runtime's own: here it is found beside the project.
    (bundle,) = bundles
    loaded = run(project, "node", "-e", " ".join(environment) + code, str(bundle))
    assert loaded.stdout.strip() == "function", loaded.stderr[-2000:]


def _link(source: str, target: str) -> None:
    Path(target).hardlink_to(source)
