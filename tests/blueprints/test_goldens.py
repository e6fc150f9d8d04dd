"""What is generated from the stories, byte for byte: a change that is said to change nothing is held to it here.

`tests/goldens/<story>/files.txt` has the digest of every file of every project of a story. Eight stories also have what
their stack is made by, as text, so that a review shows how a generated stack changes and not only that it does.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import pytest

import blueprints
import rules
from advisor.design import Design
from advisor.text import LANGS, Lang
from advisor_bundle import project_zip
from tests.conftest import GOLDENS, Golden

Project = Callable[[str, str, Lang], Mapping[str, bytes]]

TARGETS = sorted(target.id for target in blueprints.TARGETS)
DIGEST_LENGTH = 12

# The workload's stack in a project of each target.
STACKS = {
    "sam": "template.yaml",
    "cdk-python": "stacks/workload_stack.py",
    "cdk-typescript": "lib/workload-stack.ts",
}
# No other eight stories have more services, connections, resource types and CDK constructs together. What they lack are
# event rules, schedules, and text messages and push notifications.
WITH_STACKS = (
    "business-process-integration",
    "realtime-chat",
    "private-business-api",
    "data-processing",
    "container-web-service",
    "graphql-api",
    "relational-web-app",
    "container-on-ec2",
)


@pytest.fixture(scope="module")
def project(designs: Mapping[str, Design]) -> Project:
    """The files that a user finds in the zip of a story, for a target and a language; each zip is made once."""

    @cache
    def files(story: str, target: str, lang: Lang) -> Mapping[str, bytes]:
        content = project_zip(designs[story], target, lang)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {path: archive.read(path) for path in archive.namelist()}

    return files


def digests(project: Project, story: str) -> str:
    """One line for each file of a story's projects: target, language, path and the start of its SHA-256."""
    lines = [
        f"{target} {lang} {path} {hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]}"
        for target in TARGETS
        for lang in LANGS
        for path, content in project(story, target, lang).items()
    ]
    return "".join(f"{line}\n" for line in sorted(lines))


def changed_files(accepted: str, generated: str) -> str:
    """Say for each target and language which files changed, are new or are gone between two texts of digests."""
    before, after = (dict(line.rsplit(" ", 1) for line in text.splitlines()) for text in (accepted, generated))
    changes: dict[str, dict[str, list[str]]] = {}
    for file in sorted(before.keys() | after.keys()):
        if before.get(file) != after.get(file):
            target, lang, path = file.split(" ", 2)
            kind = "new" if file not in before else "gone" if file not in after else "changed"
            changes.setdefault(f"{target}, {lang}", {}).setdefault(kind, []).append(path)
    return "\n".join(
        f"  {place}: " + "; ".join(f"{kind} {', '.join(paths)}" for kind, paths in sorted(kinds.items()))
        for place, kinds in changes.items()
    )


@pytest.mark.parametrize("story", rules.STORIES)
def test_a_story_generates_the_accepted_files(story: str, project: Project, golden: Golden) -> None:
    golden(f"{story}/files.txt", digests(project, story), changed_files)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("story", WITH_STACKS)
def test_a_story_generates_the_accepted_stack(story: str, target: str, project: Project, golden: Golden) -> None:
    path = STACKS[target]
    golden(f"{story}/{target}/{path}", project(story, target, "en")[path])


def test_no_stack_is_left_of_what_is_no_longer_generated() -> None:
    accepted = {path.relative_to(GOLDENS).as_posix() for path in GOLDENS.glob("*/*/**/*") if path.is_file()}
    assert accepted == {f"{story}/{target}/{STACKS[target]}" for story in WITH_STACKS for target in TARGETS}


def test_a_failure_names_the_files_of_each_target_and_language() -> None:
    accepted = "cdk-python en app.py 00\ncdk-python ja app.py 00\nsam en a b.md 00\nsam en template.yaml 00\n"
    generated = "cdk-python en app.py 00\ncdk-python ja app.py 11\nsam en a b.md 11\nsam en README.md 00\n"
    assert changed_files(accepted, generated).splitlines() == [
        "  cdk-python, ja: changed app.py",
        "  sam, en: changed a b.md; gone template.yaml; new README.md",
    ]
    assert changed_files(accepted, accepted) == ""
