"""Kubernetes manifests match the stack and the graph of a project, and each difference is found."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor.book import Book
from advisor.design import Design
from blueprints import build, sam
from blueprints.plan import plan_for
from prove.cases import Case
from prove.projects import Project
from prove.readback.cron import firing
from prove.static import equality
from tests.blueprints import answers
from tests.blueprints.translation import translated

_ON_EKS = [name for name in answers.NAMES if name.startswith("eks-") or name == "nlb-pods"]


@pytest.fixture
def out(project_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("prove.projects.OUT", tmp_path)
    return tmp_path


def written(design: Design, out: Path) -> Project:
    """A SAM project as its user unpacks it, and its template as CloudFormation gets it."""
    plan = plan_for(design)
    project = Project(Case("case", design, plan, kind="story"), "sam")
    for name, content in build(design, "sam", lang="en", extras={}).items():
        file = project.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    project.template.parent.mkdir(parents=True)
    project.template.write_text(json.dumps(translated(sam.files(plan, "en"))), "utf-8")
    return project


def findings_of(project: Project) -> list[str]:
    (result,) = equality.run([project])
    return [str(finding) for finding in result.findings]


@pytest.mark.parametrize("name", _ON_EKS)
def test_every_kind_of_cluster_matches_its_stack_and_graph(name: str, book: Book, out: Path) -> None:
    assert findings_of(written(answers.design_from(name, book), out)) == []


@pytest.mark.parametrize(
    ("file", "find", "put", "expected"),
    [
        ("cluster/eksctl.yaml", "version: '1.36'", "version: '1.29'", "metadata.version"),
        ("cluster/eksctl.yaml", "region: ap-northeast-1", "region: us-east-1", "metadata.region"),
        ("cluster/eksctl.yaml", "name: platform", "name: other", "metadata.name"),
        ("cluster/eksctl.yaml", "accessConfig:", "acessConfig:", "acessConfig"),
        ("cluster/eksctl.yaml", "enabled: true", "enabled: false", "autoModeConfig.enabled"),
        ("cluster/eksctl.yaml", "    - audit\n", "", "enableTypes"),
        ("cluster/eksctl.yaml", "  useDefaultPodIdentityAssociations: true\n", "", "amazon-cloudwatch-observability"),
        ("cluster/eksctl.yaml", "addons:\n", "addons:\n- name: aws-ebs-csi-driver\n", "aws-ebs-csi-driver"),
        ("cluster/eksctl.yaml", "autoModeConfig:\n  enabled: true\n", "fargateProfiles: []\n", "what runs the pods"),
        ("kubernetes/base/nightly.yaml", "schedule: 0 3 * * *", "schedule: 0 3 1 * *", "schedule"),
        ("kubernetes/base/nightly.yaml", "timeZone: Asia/Tokyo", "timeZone: Etc/UTC", "timeZone"),
        ("kubernetes/base/nightly.yaml", "activeDeadlineSeconds: 8640", "activeDeadlineSeconds: 60", "deadline"),
        ("kubernetes/base/nightly.yaml", "        memory: 4096Mi", "        memory: 64Mi", "requests"),
        ("kubernetes/base/metrics.yaml", "cpu: 500m", "cpu: 5000m", "requests"),
        ("kubernetes/base/metrics.yaml", "maxReplicas: 10", "maxReplicas: 1", "replicas"),
        ("kubernetes/**/*.yaml", "EVENTS_TABLE_NAME", "EVENT_TABLE_NAME", "EVENT_TABLE_NAME"),
        ("kubernetes/overlays/prod/kustomization.yaml", "value: 2", "value: 1", "replicas"),
        ("kubernetes/overlays/dev/kustomization.yaml", "value: 1", "value: 3", "replicas"),
        (
            "kubernetes/overlays/prod/kustomization.yaml",
            "data.NightlyRepositoryUri",
            "data.MetricsRepositoryUri",
            "image",
        ),
        (
            "kubernetes/overlays/prod/kustomization.yaml",
            "fieldPath: data.NightlyWorkloadEnvEventsTableName",
            "fieldPath: data.NightlyWorkloadEnvSummariesBucketName",
            "EVENTS_TABLE_NAME",
        ),
        (
            "kubernetes/overlays/dev/kustomization.yaml",
            "fieldPath: data.NightlyWorkloadSecurityGroupId",
            "fieldPath: data.MetricsWorkloadSecurityGroupId",
            "SecurityGroupPolicy nightly",
        ),
        ("kubernetes/overlays/dev/*", "NightlyRepositoryUri", "NightlyRepoUri", "an output NightlyRepoUri"),
    ],
)
def test_differences_between_manifests_and_stack_are_found(
    file: str, find: str, put: str, expected: str, designs: Mapping[str, Design], out: Path
) -> None:
    project = written(designs["kubernetes-jobs"], out)
    changed = [path for path in project.folder.glob(file) if find in path.read_text("utf-8")]
    assert changed
    for path in changed:
        # Everywhere where several files are named, else once.
        path.write_text(path.read_text("utf-8").replace(find, put, -1 if "*" in file else 1), "utf-8")
    assert any(expected in finding for finding in findings_of(project)), findings_of(project)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cron(0 3 * * ? *)", "cron(0 3 * * *)"),
        ("cron(15 8-10 ? * MON-FRI *)", "cron(15 8,9,10 * * 1-5)"),
        ("cron(0 0 ? * 1 *)", "cron(0 0 * * 0)"),
        ("rate(5 minutes)", "cron(*/5 * * * *)"),
        ("rate(6 hours)", "cron(0 */6 * * *)"),
        ("rate(1 day)", "cron(0 0 * * *)"),
    ],
)
def test_a_schedule_is_the_same_in_either_notation(first: str, second: str) -> None:
    assert firing(first) == firing(second)


@pytest.mark.parametrize(
    "other", ["cron(0 3 1 1 *)", "cron(3 0 * * *)", "cron(0 3 * * 1)", "cron(0 * * * *)", "cron(None)"]
)
def test_another_schedule_is_different(other: str) -> None:
    assert firing("cron(0 3 * * ? *)") != firing(other)
