"""Stories written once for all tests of a file: each fault is planted in one and taken back."""

from functools import lru_cache
from pathlib import Path

import pytest

from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project


class Stories:
    """The SAM projects of stories and supplements, written when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.project = lru_cache(maxsize=None)(self._written)

    def _written(self, name: str) -> WrittenProject:
        return write_project(story(name), self._folder / name / "project")


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Stories:
    """Return the stories of a test file."""
    return Stories(tmp_path_factory.mktemp("stories"))
