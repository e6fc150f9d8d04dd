"""The check of direct uploads: a sound project passes, and each fault that a program or a role could have is found."""

from pathlib import Path
from typing import Any

import pytest

from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

#: What is wrong: the file, the text and what takes its place, and the rule that finds it.
FAULTS = {
    "an unsigned size": ("archive/uploads.py", '"ContentLength": upload.size,', "", "upload-by-anyone"),
    "an older signature": ("archive/uploads.py", 'signature_version="s3v4", ', "", "upload-refused"),
    "a long-lived URL": ("archive/uploads.py", "EXPIRES_S = 300", "EXPIRES_S = 86400", "upload-by-anyone"),
    "an upload that replaces": (
        "archive/uploads.py",
        '"IfNoneMatch": headers["if-none-match"],',
        "",
        "upload-replaced",
    ),
    "a file of any item": (
        "archive/service.py",
        "    _found(owner, described.item)\n",
        "",
        "upload-without-item",
    ),
    "a key that its owner ends": ("archive/uploads.py", "quote(owner, safe='')", "owner", "upload-by-anyone"),
    "one key for all files": (
        "archive/uploads.py",
        "{quote(id, safe='')}",
        "file",
        "upload-by-anyone",
    ),
    "no maximum size": ("archive/models.py", "Field(ge=1, le=LARGEST_UPLOAD)", "Field(ge=1)", "upload-of-any-size"),
    "a smaller maximum": (
        "archive/models.py",
        "LARGEST_UPLOAD = 2147483648",
        "LARGEST_UPLOAD = 1000",
        "upload-of-any-size",
    ),
    "an owner from the content": (
        "intake/store_documents.py",
        "if id.startswith(UPLOADS):",
        "if not id:",
        "upload-not-found",
    ),
    "a read by a key that no route takes": (
        "intake/service.py",
        "store_documents.find(owner, id)",
        "store_documents.get(id)",
        "upload-not-found",
    ),
    "a list of the uploads of all callers": (
        "intake/store_documents.py",
        "Prefix=folder, ",
        "",
        "upload-shown-to-others",
    ),
    "another prefix than that of readers": (
        "archive/uploads.py",
        "key = f",
        "BUCKET, key = 'DocumentsBucket', f",
        "upload-not-read",
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> WrittenProject:
    """A project with two components whose clients upload files, one of which starts another component."""
    return write_project(story("direct-uploads"), tmp_path_factory.mktemp("uploads") / "project")


def test_a_sound_project_has_no_findings(project: WrittenProject) -> None:
    assert project.rules_found_by("uploads") == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, project: WrittenProject) -> None:
    name, old, new, rule = FAULTS[fault]
    file: Path = project.evidence.folder / "src" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    try:
        assert rule in project.rules_found_by("uploads")
    finally:
        file.write_text(text, "utf-8")


def test_a_role_that_may_write_all_objects_is_found(project: WrittenProject) -> None:
    template = project.evidence.template_file.read_text("utf-8")

    def widen(resources: dict[str, Any]) -> None:
        for policy in resources["ArchiveFunctionRole"]["Properties"]["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                if statement["Sid"] == "PresignFilms":
                    statement["Resource"] = {"Fn::Sub": "${FilmsBucket.Arn}/*"}

    project.plant(widen)
    try:
        assert project.rules_found_by("uploads") == {"uploads-anywhere"}
    finally:
        project.evidence.template_file.write_text(template, "utf-8")
