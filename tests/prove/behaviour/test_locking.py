"""The check `locking`: a release without its values, packages and images written down is refused, and each gap is found."""

from pathlib import Path

import pytest
import yaml

from prove.cases import SUPPLEMENTS
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "locking"


@pytest.fixture
def project(tmp_path: Path) -> WrittenProject:
    return write_project(story("container-web-service"), tmp_path / "project")


def test_each_image_of_a_dockerfile_is_pinned(tmp_path: Path) -> None:
    """The image of a web server on Lambda has two: its base, and the one that the adapter is copied from."""
    project = write_project(yaml.safe_load((SUPPLEMENTS / "web-server.yaml").read_text("utf-8")), tmp_path / "shop")
    assert project.rules_found_by(CHECK) == set()
    makefile = project.evidence.folder / "Makefile"
    makefile.write_text(makefile.read_text("utf-8").replace("'^ARG [A-Z]*='", "'^ARG BASE='"), "utf-8")
    assert project.rules_found_by(CHECK) == {"not-locked"}


def test_sound_projects_have_no_problem(project: WrittenProject, tmp_path: Path) -> None:
    assert project.rules_found_by(CHECK) == set()
    assert write_project(story("mass-messages"), tmp_path / "functions").rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("find", "put", "rules"),
    [
        ("deploy: parameters locked", "deploy: parameters", {"not-locked"}),
        ("deploy: parameters locked", "deploy: locked", {"not-refused"}),
        ("'^ARG [A-Z]*='", "'^ARG NONE='", {"not-locked"}),
        ("grep -q -e --hash= $$file", "true", {"not-locked"}),
        ('"$(ENVIRONMENT)" = dev', '"$(ENVIRONMENT)" = none', {"refused"}),
        ("deploy: parameters locked", "deploy: parameters locked never", {"refused"}),
    ],
)
def test_a_gap_is_found(project: WrittenProject, find: str, put: str, rules: set[str]) -> None:
    file = project.evidence.folder / "Makefile"
    text = file.read_text("utf-8")
    assert find in text
    file.write_text(text.replace(find, put), "utf-8")
    assert project.rules_found_by(CHECK) == rules
