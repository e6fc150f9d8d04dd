"""Whoever follows the README from top to bottom gets a deployment, an answer, newer packages, and an empty account."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS, Lang
from blueprints.permissions import permissions_of
from blueprints.plan import plan_for
from blueprints.project import project_files

TARGETS = ("sam", "cdk-python", "cdk-typescript")
#: Writes down each call of a tool, and fails where manifests meet a cluster that lacks their kinds.
RECORDING = """#!/bin/sh
echo "$(basename "$0") $*" >> calls
case "$(basename "$0") $*" in
  "kubectl apply"*) grep -q "^helm upgrade --install keda" calls ;;
  *resourcesVpcConfig*) echo vpc-1 ;;
  *OutputKey*) echo cluster-1 ;;
  *cluster.arn*) echo arn:aws:eks:eu-west-1:111122223333:cluster/cluster-1 ;;
esac
"""


def files_of(design: Design, target: str = "sam", lang: Lang = "en") -> dict[str, str]:
    plan = plan_for(design)
    return {path: text.decode() for path, text in project_files(plan, target, lang, permissions_of(plan)).items()}


def changed(story: str, book: Book, workload: Mapping[str, object], pins: Mapping[str, str]) -> Design:
    """Return the design of a story with other answers about the workload, and other services for its components."""
    raw = yaml.safe_load(rules.story_bytes(story))
    raw["workload"] = {**raw.get("workload", {}), **workload}
    for component in raw["components"]:
        component["pins"] = {**component.get("pins", {}), **pins}
    return advise(make_requirements(raw), book)


def run(files: Mapping[str, str], folder: Path, tools: tuple[str, ...], *command: str) -> tuple[int, str, str]:
    """Run `make` in a project with recording tools and nothing else; return its code, its errors and the calls."""
    for path in ("Makefile", *(path for path in files if path.startswith("environments/"))):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(re.sub(r"^(\w+)=$", r"\1=x", files[path], flags=re.MULTILINE))
    own = folder / "tools"
    own.mkdir()
    for name in tools:
        (own / name).write_text(RECORDING)
        (own / name).chmod(0o755)
    for name in ("sh", "basename", "grep", "sed", "cut", "cksum", "sort", "find", "git", "make", "cp", "mv", "test"):
        found = next(Path(place) / name for place in os.environ["PATH"].split(":") if (Path(place) / name).exists())
        (own / name).symlink_to(found)
    done = subprocess.run(
        ["make", *command], cwd=folder, env={"PATH": str(own)}, capture_output=True, text=True, check=False
    )
    calls = folder / "calls"
    return done.returncode, done.stderr, calls.read_text() if calls.exists() else ""


@pytest.mark.parametrize("target", TARGETS)
def test_the_controllers_are_in_the_cluster_before_the_manifests_that_need_them(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    files = files_of(designs["kubernetes-migration"], target)
    code, said, calls = run(files, tmp_path, ("aws", "kubectl", "helm", "python3", "npx"), "manifests")
    assert code == 0, said
    installed = next(line for line in calls.splitlines() if line.startswith("helm"))
    assert re.search(r" --version \d+\.\d+\.\d+ .*--wait", installed)
    # The runner of the workflow and the reader's own computer need it too.
    for lang in LANGS:
        readme = files_of(designs["kubernetes-migration"], lang=lang)["README.md"]
        assert readme.count("Helm") >= 3
        assert "helm repo add" not in readme


def test_nodes_get_the_controller_of_load_balancers_with_the_place_of_the_cluster(book: Book, tmp_path: Path) -> None:
    files = files_of(changed("kubernetes-migration", book, {"region": "eu-west-1"}, {"engine": "eks-node-groups"}))
    code, said, calls = run(files, tmp_path, ("aws", "kubectl", "helm", "python3"), "manifests")
    assert code == 0, said
    assert "--set clusterName=cluster-1 --set region=eu-west-1 --set vpcId=vpc-1" in calls


def test_a_missing_tool_is_told_before_anything_is_built(designs: Mapping[str, Design], tmp_path: Path) -> None:
    files = files_of(designs["kubernetes-migration"])
    code, said, calls = run(files, tmp_path, ("aws", "kubectl", "sam", "python3"), "deploy")
    assert code != 0
    assert "helm is not installed" in said
    assert calls == ""


@pytest.mark.parametrize("target", TARGETS)
def test_pinning_again_takes_newer_packages(designs: Mapping[str, Design], target: str, tmp_path: Path) -> None:
    """Without `--upgrade`, uv keeps the versions that its output already names; npm keeps those of its lock file."""
    files = files_of(designs["mass-messages"], target)
    for path in ("requirements-dev.txt", "requirements.txt", "integration/requirements.txt", *files):
        if path.endswith("requirements.txt") or path == "requirements-dev.txt":
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(files.get(path, ""))
    code, said, calls = run(files, tmp_path, ("python3", "npm"), "lock")
    assert code == 0, said
    compiled = [line for line in calls.splitlines() if "pip compile" in line]
    assert compiled
    assert all("--upgrade" in line for line in compiled)
    assert ("npm update --package-lock-only" in calls) == target.startswith("cdk")
    assert "npm install" not in calls
    for lang in LANGS:
        readme = files_of(designs["mass-messages"], target, lang)["README.md"]
        # The direct dependencies are exact, so whoever wants newer ones writes them down.
        assert ("requirements-dev.in" in readme) == (target != "cdk-typescript")


def test_a_certificate_is_of_the_region_of_what_it_is_for(designs: Mapping[str, Design], book: Book) -> None:
    balanced = files_of(designs["kubernetes-migration"])
    region = designs["kubernetes-migration"].requirements.workload_answers.get("region", "ap-northeast-1")
    for path in ("README.md", "environments/dev.env"):
        assert f"arn:aws:acm:{region}:" in balanced[path]
        assert "arn:aws:acm:us-east-1:" not in balanced[path]
    site = files_of(changed("web-application", book, {"region": "eu-west-1", "existing": ["domain"]}, {}))
    (line,) = [line for line in site["README.md"].splitlines() if line.startswith("| `SiteCertificateArn`")]
    assert "in us-east-1 (required by CloudFront)" in line
    assert "arn:aws:acm:us-east-1:" in line


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("story", ["kubernetes-migration", "container-web-service"])
def test_a_load_balancer_is_called_by_a_name_of_its_certificate(
    designs: Mapping[str, Design], story: str, lang: Lang
) -> None:
    readme = files_of(designs[story], lang=lang)["README.md"]
    assert re.search(r"^API=https://DOMAIN", readme, re.MULTILINE)
    assert not re.search(r"https://\$\(output \w+DnsName\)", readme)
    assert re.search(r"^output \w+LoadBalancerDnsName$", readme, re.MULTILINE)


@pytest.mark.parametrize("lang", LANGS)
def test_names_of_what_stays_are_saved_before_the_stack_is_deleted(designs: Mapping[str, Design], lang: Lang) -> None:
    readme = files_of(designs["web-application"], lang=lang)["README.md"]
    deleting = readme.split("## 削除" if lang == "ja" else "## Delete")[1].split("\n## ")[0]
    names = set(re.findall(r"（`(\w+)`）|\(`(\w+)`\)", deleting))
    kept = {one for pair in names for one in pair if one}
    before = deleting.split("`make delete`")[0]
    assert kept
    for name in kept:
        assert f"\n{name}=$(output {name})\n" in before
    for command in re.findall(r"aws s3api delete-bucket[^`]*", deleting):
        assert f"object_versions.delete()' {command.split('--bucket ')[1]} && {command}" in deleting


@pytest.mark.parametrize("lang", LANGS)
def test_the_region_is_set_before_the_first_command(designs: Mapping[str, Design], lang: Lang) -> None:
    readme = files_of(designs["scheduled-batch"], lang=lang)["README.md"]
    region = designs["scheduled-batch"].requirements.workload_answers.get("region", "ap-northeast-1")
    first = readme.split("```sh\n")[1].splitlines()[0]
    assert first == f"export AWS_REGION={region} AWS_DEFAULT_REGION={region}"


@pytest.mark.parametrize("target", TARGETS)
def test_another_architecture_is_built_and_not_only_deployed(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    """A function for x86_64 with wheels for arm64 fails at its first import."""
    files = files_of(designs["mass-messages"], target)
    tools = ("sam", "npx", "aws", "python3")
    asked = "PARAMETERS=FunctionArchitecture=x86_64"
    code, said, calls = run(files, tmp_path, tools, "deploy", asked)
    assert code == 0, said
    built = [line for line in calls.splitlines() if re.match(r"sam build|npx cdk (synth|deploy)", line)]
    assert built
    wanted = (
        "--parameter-overrides FunctionArchitecture=x86_64" if target == "sam" else "-c functionArchitecture=x86_64"
    )
    assert all(wanted in line for line in built), built


@pytest.mark.parametrize("target", TARGETS)
def test_objects_are_deleted_in_the_cluster_of_the_stack(
    designs: Mapping[str, Design], target: str, tmp_path: Path
) -> None:
    """Whatever kubectl was last used for, the objects of another cluster stay."""
    files = files_of(designs["kubernetes-migration"], target)
    code, said, calls = run(files, tmp_path, ("aws", "kubectl", "sam", "python3", "npx"), "delete")
    assert code == 0, said
    lines = calls.splitlines()
    deleting = next(number for number, line in enumerate(lines) if line.startswith("kubectl delete"))
    assert lines[deleting - 1] == "aws eks update-kubeconfig --name cluster-1"


@pytest.mark.parametrize("target", TARGETS)
def test_no_file_has_a_placeholder_of_its_template(designs: Mapping[str, Design], target: str) -> None:
    for name, design in designs.items():
        for path, text in files_of(design, target).items():
            own = re.sub(r"\$\{\{.*?\}\}|\{\{index \.RepoDigests 0\}\}", "", text)
            assert not re.search(r"\{\{ \w+ \}\}|\{% ", own), f"{name}: {path}"


def test_the_readme_does_not_claim_tests_of_programs_that_none_reaches(designs: Mapping[str, Design]) -> None:
    for design in designs.values():
        files = files_of(design)
        tests = re.findall(r"^def test_(\w+)", files["integration/test_stack.py"], re.MULTILINE)
        only = set(tests) <= {
            "the_deployment_is_complete",
            "subscriptions_are_confirmed",
            "dead_letter_queues_are_empty",
        }
        assert only == ("It does not test the programs" in files["README.md"])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_run_is_started_and_its_callback_is_found_before_it_is_answered(target: str, lang: Lang, book: Book) -> None:
    raw = yaml.safe_load(Path("prove/cases/supplements/callback.yaml").read_text("utf-8"))
    readme = files_of(advise(make_requirements(raw), book), target, lang)["README.md"]
    used = ("EXECUTION=$(", "${EXECUTION##*:}", "CALLBACK=$(", '"callback":"\'"$CALLBACK"\'"')
    places = [readme.index(text) for text in used]
    assert places[1] < readme.index("'Items[0].pk.S'")
    assert [places[0], places[2], places[1], places[3]] == sorted(places)
