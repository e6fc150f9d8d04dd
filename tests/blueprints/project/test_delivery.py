"""How projects are delivered: the workflow, the values of each environment, tags, and the test of a deployed stack."""

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import rules
from advisor.book import Book
from advisor.design import Design
from advisor.text import LANGS
from blueprints import cdk, sam
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for, tags
from blueprints.project import project_files
from blueprints.project.delivery import DEPLOYMENT, ENVIRONMENTS, GIVEN, SAM_CLI, WORKFLOW
from tests.blueprints.answers import design_from
from tests.blueprints.translation import parsed

ROOT = Path(__file__).parents[3]
Json = dict[str, Any]
TARGETS = ("sam", "cdk-python", "cdk-typescript")


def files_of(design: Design, target: str = "sam", lang: str = "en") -> dict[str, str]:
    plan = plan_for(design)
    found = project_files(plan, target, lang, permissions_of(plan))  # type: ignore[arg-type]
    return {path: content.decode() for path, content in found.items()}


def workflow_of(files: Mapping[str, str], path: str = WORKFLOW) -> Json:
    # YAML 1.1 reads the key `on` as true.
    found: Json = {"on" if key is True else key: value for key, value in yaml.safe_load(files[path]).items()}
    return found


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("lang", LANGS)
def test_the_workflow_checks_then_deploys_with_nothing_but_a_token(
    designs: Mapping[str, Design], target: str, lang: str
) -> None:
    for story in ("mass-messages", "kubernetes-migration"):
        files = files_of(designs[story], target, lang)
        made, called = workflow_of(files), workflow_of(files, DEPLOYMENT)
        check, deploy = made["jobs"]["check"], called["jobs"]["deploy"]
        assert made["permissions"] == called["permissions"] == {"contents": "read"}
        assert "permissions" not in check
        assert "if" not in check
        assert deploy["permissions"] == {"contents": "read", "id-token": "write"}
        callers = {name: job for name, job in made["jobs"].items() if name != "check"}
        assert {name: job["needs"] for name, job in callers.items()} == {
            "staging": "check",
            "production": "staging",
            "chosen": "check",
        }
        assert callers["production"]["with"] == {"environment": "prod"}
        for job in callers.values():
            assert job["uses"] == f"./{DEPLOYMENT}"
            assert job["permissions"] == deploy["permissions"]
            assert "refs/heads/main" in job["if"]
            assert "github.event_name == " in job["if"]
        steps = [*check["steps"], *deploy["steps"]]
        used = [step["uses"] for step in steps if "uses" in step]
        assert used
        assert all(re.fullmatch(r"(actions|aws-actions)/[a-z-]+@[0-9a-f]{40}", one) for one in used)
        (credentials,) = [step["with"] for step in steps if "configure-aws-credentials" in step.get("uses", "")]
        assert credentials == {
            "role-to-assume": "${{ vars.AWS_ROLE_ARN }}",
            "aws-region": "${{ vars.AWS_REGION }}",
        }
        assert "secrets." not in files[WORKFLOW] + files[DEPLOYMENT]
        assert set(deploy["env"]) == {"ENVIRONMENT", "STACK", "OWNER", "COST_CENTRE"}
        # An expression inside a command would let whoever sets its value run anything.
        runs = [step["run"] for step in steps if "run" in step]
        assert not [run for run in runs if "${{" in run]
        targets = set(re.findall(r"^([a-z]+):", files["Makefile"], re.MULTILINE))
        assert {run.split()[1] for run in runs if run.startswith("make ")} <= targets
        assert {"make lint", "make test", "make validate", "make deploy", "make verify"} <= set(runs)


@pytest.mark.parametrize("target", TARGETS)
def test_images_are_built_on_a_runner_of_their_instruction_set(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    """An image of another instruction set than its runner's fails at its first command, unless something emulates it."""
    seen = set()
    for story in rules.STORIES:
        files = files_of(designs[story], target)
        deploy = workflow_of(files, DEPLOYMENT)["jobs"]["deploy"]
        own = "arm64" if "-arm" in deploy["runs-on"] else "amd64"
        makefile = files["Makefile"]
        default = re.findall(r"^PLATFORM \?= (.*)$", makefile, re.MULTILINE)
        commands = dry_run(files, tmp_path / story, "build")
        platforms = {one.removeprefix("linux/") for one in re.findall(r" build --platform (\S+)", commands)}
        emulated = any("qemu" in step.get("run", "") for step in deploy["steps"])
        assert platforms <= {own} or emulated, (story, platforms)
        assert ("$(PLATFORM)" in makefile) == bool(default), story
        seen |= platforms
    assert seen == {"arm64", "amd64"}


@pytest.mark.parametrize("target", TARGETS)
def test_a_failed_deployment_leaves_nothing_behind_that_waits(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    project, tools = tmp_path / "project", tmp_path / "tools"
    for path, content in files_of(designs["scheduled-batch"], target).items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(content)
    tools.mkdir()
    # Whoever pushes images waits for a stack that never comes, with the engine that it was told.
    pushing = 'case "$*" in *stack.*push*) exit 0;; *stack.*images*) echo "$CONTAINER_ENGINE" > engine; exec sleep 20;; *deploy*) sleep 1; exit 1;; esac'
    for name in ("sam", "cdk", "npx", "python3", "podman"):
        (tools / name).write_text(f"#!/bin/sh\n{pushing}\n")
        (tools / name).chmod(0o755)
    before = time.monotonic()
    path = {"PATH": f"{tools}:{os.environ['PATH']}"}
    # Reading to the end of the output waits for all that still holds it.
    done = subprocess.run(
        ["make", "deploy", "ENGINE=podman", "PARAMETERS=AlarmEmail=a@example.com"],
        cwd=project,
        env=path,
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert time.monotonic() - before < 15
    assert (project / "engine").read_text().strip() == "podman"


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["ENVIRONMENT=dev"], "Missing value for AlarmEmail. Set it in environments/dev.env"),
        (["ENVIRONMENT=test"], "environments/test.env does not exist"),
        (["PARAMETERS=AlarmEmail="], "Missing value for AlarmEmail"),
    ],
)
def test_a_deployment_without_a_value_is_refused_before_anything_is_built(
    designs: Mapping[str, Design], target: str, asked: list[str], said: str, tmp_path: Path
) -> None:
    for path, content in files_of(designs["mass-messages"], target).items():
        if path == "Makefile" or path.startswith("environments/"):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text(re.sub(r"^(?!AlarmEmail)(\w+)=$", r"\1=x", content, flags=re.MULTILINE))
    done = subprocess.run(["make", "deploy", *asked], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.startswith(said), "and nothing of a tool before it"
    assert done.stdout == ""


@pytest.mark.parametrize("target", TARGETS)
def test_a_refusal_is_in_the_language_of_the_project(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    (tmp_path / "Makefile").write_text(files_of(designs["mass-messages"], target, "ja")["Makefile"])
    done = subprocess.run(
        ["make", "deploy", "ENVIRONMENT=test"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr.startswith("environments/test.env がありません。")


@pytest.mark.parametrize("lang", LANGS)
def test_the_readme_says_all_that_a_first_deployment_takes(designs: Mapping[str, Design], lang: str) -> None:
    design = designs["scheduled-batch"]
    for target in TARGETS:
        readme = files_of(design, target, lang)["README.md"]
        assert ("cdk bootstrap" in readme) == target.startswith("cdk")
        # `make verify` is in Python everywhere, and the systems' own Python often takes no packages.
        assert "python3 -m venv .venv" in readme
        assert "Python 3" in readme
        # Nothing stands between a closing bracket of Japanese and what follows.
        assert "） が" not in readme
        assert 'make deploy PARAMETERS="TaskArchitecture=X86_64"' in readme
    assert "TaskArchitecture" not in files_of(designs["kubernetes-migration"], "sam", lang)["README.md"]


def dry_run(files: Mapping[str, str], folder: Path, *words: str) -> str:
    """Return the commands that `make` would run with a project's Makefile and the values of its environments."""
    for path, content in files.items():
        if path == "Makefile" or path.startswith("environments/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(re.sub(r"^(\w+)=$", r"\1=x", content, flags=re.MULTILINE))
    done = subprocess.run(["make", "--dry-run", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("goal", ["build", "deploy"])
def test_what_is_built_follows_the_architecture_of_the_functions(
    designs: Mapping[str, Design], target: str, goal: str, tmp_path: Path
) -> None:
    """A function on x86_64 cannot import a package that was built for arm64."""
    files = files_of(designs["web-application"], target)
    context, override = "-c functionArchitecture=", "--parameter-overrides FunctionArchitecture="
    plain = dry_run(files, tmp_path, goal)
    assert context not in plain
    assert f"sam build --parallel {override}" not in plain
    for told in (True, False):
        if not told:  # the same value in the file of the environment
            with (tmp_path / "environments/dev.env").open("a") as file:
                file.write("FunctionArchitecture=x86_64\n")
        words = ["PARAMETERS=FunctionArchitecture=x86_64"] if told else []
        ran = subprocess.run(
            ["make", "--dry-run", goal, *words], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout
        lines = [line for line in ran.splitlines() if re.search(r"\b(sam build|cdk synth|cdk deploy)\b", line)]
        assert lines
        wanted = override if target == "sam" else context
        assert all(f"{wanted}x86_64" in line for line in lines), lines
        deploys = [line for line in ran.splitlines() if re.search(r"\b(sam|cdk) deploy\b", line)]
        assert all("FunctionArchitecture=x86_64" in line for line in deploys)


@pytest.mark.parametrize("target", TARGETS)
def test_images_are_built_for_the_architecture_of_the_tasks(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    files = files_of(designs["scheduled-batch"], target)
    built = {
        asked: set(re.findall(r"build --platform (\S+)", dry_run(files, tmp_path, "build", f"PARAMETERS={asked}")))
        for asked in ("", "TaskArchitecture=X86_64", "TaskArchitecture=ARM64")
    }
    assert built == {
        "": {"linux/arm64"},
        "TaskArchitecture=X86_64": {"linux/amd64"},
        "TaskArchitecture=ARM64": {"linux/arm64"},
    }


@pytest.mark.parametrize("target", [target for target in TARGETS if target.startswith("cdk")])
def test_the_command_line_of_the_cdk_comes_with_the_project(designs: Mapping[str, Design], target: str) -> None:
    files = files_of(designs["scheduled-batch"], target)
    pins = json.loads((ROOT / "blueprints/project/typescript/pins.json").read_text("utf-8"))["dependencies"]
    assert json.loads(files["package.json"])["devDependencies"]["aws-cdk"] == pins["aws-cdk"]
    # A release runs that version, and nothing that a machine happens to have.
    called = [line for line in files["Makefile"].splitlines() if re.search(r"\bcdk (synth|deploy|destroy)\b", line)]
    assert len(called) == 4
    assert all(line.strip().startswith("npx cdk ") for line in called)
    for path in ("README.md", WORKFLOW, DEPLOYMENT):
        assert "npm install --global" not in files[path]


def test_workflows_install_what_projects_are_proven_with() -> None:
    proven = (ROOT / "prove/requirements/sam.txt").read_text("utf-8").split()
    assert f"aws-sam-cli=={SAM_CLI}" in proven


@pytest.mark.parametrize("story", rules.STORIES)
def test_environments_say_what_the_template_asks_for(designs: Mapping[str, Design], story: str) -> None:
    design = designs[story]
    plan = plan_for(design)
    template = parsed(sam.files(plan, "en"))["Parameters"]
    assert {name for name, asked in template.items() if "Default" not in asked} == {
        parameter.id for parameter in plan.parameters if not parameter.default
    }
    for target in TARGETS:
        files = files_of(design, target)
        for environment in ENVIRONMENTS:
            lines = files[f"environments/{environment}.env"].splitlines()
            given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
            assert set(given) <= set(template)
            assert given.get("Environment", environment) == environment
            # What has no default has no value yet, but an example that a deployment would take.
            assert {name for name, value in given.items() if not value} == {
                parameter.id for parameter in plan.parameters if not parameter.default and parameter.id not in GIVEN
            }
            for parameter in plan.parameters:
                assert re.search(template[parameter.id].get("AllowedPattern", ""), parameter.likely)
            for name, value in ((name, value) for name, value in given.items() if value):
                allowed = [str(one) for one in template[name].get("AllowedValues", [value])]
                assert value in allowed
                assert re.search(template[name].get("AllowedPattern", ""), value)
                assert not set(value) & set(" \t#$'\"`;&|<>()")
        assert "$(GIVEN)" in files["Makefile"]


@pytest.mark.parametrize("story", rules.STORIES)
def test_a_deployed_stack_is_asked_by_outputs_that_it_has(designs: Mapping[str, Design], story: str) -> None:
    plan = plan_for(designs[story])
    asked = files_of(designs[story])["integration/test_stack.py"]
    assert asked == files_of(designs[story], "cdk-python")["integration/test_stack.py"]
    names = set(re.findall(r'known\["(\w+)"\]', asked)) | set(re.findall(r'"(\w+Url)"', asked))
    assert names <= set(parsed(sam.files(plan, "en"))["Outputs"])
    source = cdk.files(plan, "en")["stacks/workload_stack.py"].decode()
    assert names <= set(re.findall(r'CfnOutput\(\s*self,\s*"(\w+)"', source))
    ways = re.findall(r"^def test_(\w+)\(", asked, re.MULTILINE)
    assert len(ways) == len(set(ways))
    # Only what runs in a cluster, or behind a private door, cannot be started from outside.
    inside = {"kubernetes-jobs", "private-business-api", "container-web-service", "event-driven-job"}
    assert len(ways) > 1 or story in inside, story


def test_without_a_stack_the_test_says_so(
    projects: dict[str, Path], run: "Callable[..., Any]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STACK_NAME", raising=False)
    done = run("-m", "pytest", "-rs", "-p", "no:cacheprovider", "integration", cwd=projects["mass-messages"])
    assert done.returncode == 0, done.stdout
    assert "No stack name. Set STACK_NAME to test a deployed stack." in done.stdout


#: A client of AWS that knows a stack's outputs, and whose queues hold a message each; after the first look more, if MORE is set.
FAKE_BOTO3 = """
import json, os
class Client:
    looks = 0
    def describe_stacks(self, StackName):
        outputs = [{"OutputKey": key, "OutputValue": key} for key in json.loads(os.environ["OUTPUTS"])]
        return {"Stacks": [{"StackStatus": "UPDATE_COMPLETE", "Outputs": outputs}]}
    def get_queue_attributes(self, QueueUrl, AttributeNames):
        Client.looks += 1
        more = os.environ["MORE"] == "1" and Client.looks > len(json.loads(os.environ["OUTPUTS"]))
        return {"Attributes": {"ApproximateNumberOfMessages": "2" if more else "1"}}
def client(name):
    assert name in ("cloudformation", "sqs"), f"{name} is used, which writes"
    return Client()
"""


@pytest.mark.parametrize(("read_only", "more", "failed"), [("1", "1", 0), ("", "0", 0), ("", "1", None)])
def test_production_runs_what_writes_nothing_and_old_dead_letters_block_no_release(
    projects: dict[str, Path], run: "Callable[..., Any]", monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    read_only: str, more: str, failed: int | None,
) -> None:  # fmt: skip
    project = projects["mass-messages"]
    source = (project / "integration" / "test_stack.py").read_text()
    queues = re.findall(r'"(\w+DeadLetterQueueUrl)"', source)
    (tmp_path / "boto3.py").write_text(FAKE_BOTO3)
    environment = {
        "STACK_NAME": "it", "READ_ONLY": read_only, "PYTHONPATH": str(tmp_path), "OUTPUTS": json.dumps(queues), "MORE": more,
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    chosen = [] if read_only else ["-k", "dead_letter or complete"]
    done = run("-m", "pytest", "-rs", "-p", "no:cacheprovider", *chosen, "integration", cwd=project)
    assert ("READ_ONLY is set, and this test writes data." in done.stdout) is bool(read_only), done.stdout
    assert (f"{len(queues) if failed is None else failed} failed" in done.stdout) is (failed is None), done.stdout
    assert "READ_ONLY=$(if $(filter prod,$(ENVIRONMENT)),1) " in (project / "Makefile").read_text()


@pytest.mark.parametrize("story", ["mass-messages", "web-application"])
def test_tags_are_the_same_in_every_target(designs: Mapping[str, Design], story: str) -> None:
    design = designs[story]
    known = {**tags.fixed(design), **dict.fromkeys(tags.ASKED, "?")}
    (line,) = re.findall(r"^TAGS = (.*)$", files_of(design)["Makefile"], re.MULTILINE)
    told = dict(part.split("=", 1) for part in line.split())
    assert {key: "?" if "$(" in value else value for key, value in told.items()} == known
    app = cdk.files(plan_for(design), "en")["app.py"].decode()
    given = dict(re.findall(r'^        "([a-z-]+)": (.*),$', app, re.MULTILINE))
    assert {key: "?" if value.startswith("said(") else value.strip('"') for key, value in given.items()} == known
    assert tags.decision(design) != tags.decision(designs["realtime-chat"])


@pytest.mark.parametrize("target", TARGETS)
def test_a_deletion_selects_the_cluster_of_the_stack(
    designs: Mapping[str, Design], book: Book, target: str, tmp_path: Path
) -> None:
    """Another cluster that kubectl has selected keeps its objects, also where the own one cannot be selected."""
    for name, design in (("own", designs["kubernetes-jobs"]), ("given", design_from("eks-fargate-existing", book))):
        project, tools = tmp_path / name, tmp_path / f"{name}-tools"
        dry_run(files_of(design, target), project, "delete")
        tools.mkdir()
        for tool in ("aws", "kubectl", "npx", "sam", "python3"):
            (tools / tool).write_text(f'#!/bin/sh\necho "{tool} $*" >> ran\ntest "{tool}" != aws || exit $REFUSED\n')
            (tools / tool).chmod(0o755)
        for refused in ("0", "1"):
            environment = {"PATH": f"{tools}:{os.environ['PATH']}", "REFUSED": refused}
            subprocess.run(["make", "delete"], cwd=project, env=environment, capture_output=True, check=False)
            ran = (project / "ran").read_text().splitlines()
            (project / "ran").unlink()
            selected = [line.startswith("aws eks update-kubeconfig --name") for line in ran]
            deleted = [line.startswith("kubectl delete -k") for line in ran]
            assert any(selected)
            assert any(deleted) == (refused == "0"), ran
            if any(deleted):
                assert selected.index(True) < deleted.index(True)


def test_the_readme_names_the_actions_of_the_migrations(designs: Mapping[str, Design]) -> None:
    for lang in LANGS:
        readme = files_of(designs["relational-web-app"], lang=lang)["README.md"]
        assert "rds-data:*" not in readme
        assert "`rds-data:BeginTransaction`" in readme
