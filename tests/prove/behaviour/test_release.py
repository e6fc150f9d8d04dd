"""The check `release`: a sound project replaces its images, and each way to keep an old one is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prove.behaviour.releases import releases
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "release"


@pytest.fixture
def containers(tmp_path: Path) -> WrittenProject:
    return write_project(story("container-web-service"), tmp_path / "project")


@pytest.fixture
def pods(tmp_path: Path) -> WrittenProject:
    return write_project(story("kubernetes-jobs"), tmp_path / "project")


def edit(project: WrittenProject, path: str, find: str, put: str) -> None:
    file = project.evidence.folder / path
    text = file.read_text("utf-8")
    assert find in text
    file.write_text(text.replace(find, put), "utf-8")


def test_sound_projects_have_no_problem(containers: WrittenProject, tmp_path: Path) -> None:
    assert containers.rules_found_by(CHECK) == set()
    assert write_project(story("kubernetes-jobs"), tmp_path / "pods").rules_found_by(CHECK) == set()
    assert write_project(story("mass-messages"), tmp_path / "functions").rules_found_by(CHECK) == set()


def test_the_tag_of_a_release_is_its_commit_and_changes_with_it(containers: WrittenProject) -> None:
    first, second = releases(containers.evidence.folder)
    assert first.built.keys() == second.built.keys() == {"web"}
    assert first.pushed == first.parameters["ImageTag"] == first.built["web"] != second.pushed
    assert all(len(tag) == 12 for tag in (*first.built.values(), *second.built.values()))


@pytest.mark.parametrize(
    ("find", "put", "rules"),
    [
        ("ifndef TAG\n", "TAG = 1.0.0\nifndef TAG\n", {"same-tag"}),
        ("$(STEP) push $(STACK) $(TAG)", "true", {"pushed-late"}),
        ("images $(STACK) $(TAG)", "images $(STACK) 1.0.0", {"not-pushed"}),
        ("ImageTag=$(TAG)", "", {"not-deployed"}),
        ("ImageTag=$(TAG)", "ImageTag=1.0.0", {"not-deployed"}),
    ],
)
def test_a_makefile_that_keeps_an_old_image_is_found(
    containers: WrittenProject, find: str, put: str, rules: set[str]
) -> None:
    edit(containers, "Makefile", find, put)
    assert containers.rules_found_by(CHECK) == rules


def test_an_image_of_the_template_for_good_is_found(containers: WrittenProject) -> None:
    def fixed(resources: dict[str, Any]) -> None:
        for container in _containers(resources):
            container["Image"] = {"Fn::Sub": "${WebRepository.RepositoryUri}:1.0.0"}

    containers.plant(fixed)
    assert containers.rules_found_by(CHECK) == {"fixed-image"}


@pytest.mark.parametrize("part", ["DeploymentCircuitBreaker", "Alarms"])
def test_a_release_that_nothing_takes_back_is_found(containers: WrittenProject, part: str) -> None:
    def stays(resources: dict[str, Any]) -> None:
        for resource in resources.values():
            if resource["Type"] == "AWS::ECS::Service":
                resource["Properties"]["DeploymentConfiguration"][part]["Rollback"] = False

    containers.plant(stays)
    assert containers.rules_found_by(CHECK) == {"no-rollback"}


def _containers(resources: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for resource in resources.values():
        if resource["Type"] == "AWS::ECS::TaskDefinition":
            yield from resource["Properties"]["ContainerDefinitions"]


@pytest.mark.parametrize(
    ("path", "find", "put", "rules"),
    [
        ("kubernetes/overlays/prod/kustomization.yaml", "index: 1", "index: 0", {"fixed-image"}),
        ("kubernetes/overlays/dev/kustomization.yaml", "resources:", "images:\n- {name: n, newTag: '1'}\nresources:", {"fixed-image"}),
        ("Makefile", "manifests TAG=$(TAG)", "manifests TAG=1.0.0", {"not-deployed"}),
        ("README.md", "## Monitoring", 'PARAMETERS="ImageTag=1.0.1"\n\n## Monitoring', {"no-parameter"}),
    ],
)  # fmt: skip
def test_manifests_that_keep_an_old_image_are_found(
    pods: WrittenProject, path: str, find: str, put: str, rules: set[str]
) -> None:
    edit(pods, path, find, put)
    assert pods.rules_found_by(CHECK) == rules
