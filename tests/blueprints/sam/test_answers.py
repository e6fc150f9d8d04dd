"""SAM projects of requirements that lead to services which no story holds."""

from collections.abc import Iterator

import pytest

import blueprints
from advisor.book import Book
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.translation import parsed


def entries(files: dict[str, bytes]) -> Iterator[str]:
    """Yield the module that each function of a SAM project starts in."""
    for resource in parsed(files)["Resources"].values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function" and "CodeUri" in properties:
            yield f"{properties['CodeUri']}{properties['Handler'].split('.')[0]}.py"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_built_and_its_functions_start_in_files_that_are_there(name: str, book: Book) -> None:
    files = blueprints.build(design_from(name, book), "sam", lang="ja", extras={})
    assert [path for path in entries(files) if path not in files] == []
