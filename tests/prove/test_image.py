"""Building and running images: the commands, and the message without podman."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from advisor.design import Design
from blueprints.plan import plan_for
from prove.cases import Case
from prove.live import image
from prove.projects import Project, projects

DOCKERFILE = 'ARG BASE=registry/python:3.13\nFROM ${BASE}\nCMD ["python", "main.py"]\n'


def project_of(designs: Mapping[str, Design], name: str) -> Project:
    return Project(Case(name, designs[name], plan_for(designs[name]), kind="story"), "sam")


def test_an_image_is_built_from_its_dockerfile_and_another_base_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    monkeypatch.delenv(image.BASE, raising=False)
    words = image.build_command(tmp_path, "prove/one")
    assert words[:2] == ["podman", "build"]
    assert words[-1] == str(tmp_path)
    assert "BASE=registry/python:3.13" in words
    monkeypatch.setenv(image.BASE, "mirror/python:3.13")
    assert "BASE=mirror/python:3.13" in image.build_command(tmp_path, "prove/one")


def test_a_container_can_write_nothing_and_gets_every_variable_that_it_reads(designs: Mapping[str, Design]) -> None:
    (program,) = plan_for(designs["container-web-service"]).programs
    words = image.run_command(program, "prove/web", "web")
    assert {"--read-only", "--detach"} <= set(words)
    variables = {word.partition("=")[0] for word in words if "=" in word}
    assert {variable.name for variable in program.env} | {"PORT"} <= variables
    assert image.run_command(program, "prove/web", "web", ["true"])[-2:] == ["prove/web", "true"]


def test_without_podman_the_tier_is_skipped_with_a_message(
    designs: Mapping[str, Design], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(image.shutil, "which", lambda _: None)
    assert list(image.run([project_of(designs, "container-web-service")])) == []
    assert "skipped, there is no podman" in capsys.readouterr().out


def test_only_projects_with_containers_are_built(designs: Mapping[str, Design]) -> None:
    assert not list(image._containers(project_of(designs, "async-coupling")))
    assert [program.id for program in image._containers(project_of(designs, "container-on-ec2"))] == ["scanner"]


def test_the_base_is_that_of_the_generated_dockerfile(
    designs: Mapping[str, Design], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(image.BASE, raising=False)
    monkeypatch.setattr("prove.projects.OUT", tmp_path)
    ((project,), _) = projects([project_of(designs, "container-on-ec2").case], ["sam"])
    (program,) = image._containers(project)
    assert "python" in image.base_of(image.folder_of(project, program))
