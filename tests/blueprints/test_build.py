"""Building: the questions that the command line and the page ask."""

from collections.abc import Mapping

import pytest

import blueprints
from advisor.book import Book
from advisor.design import Design
from tests.blueprints.graphs import design_of

EXTRAS = {"DECISION.md": b"# Decision\n", "ARCHITECTURE.svg": b"<svg/>", "requirements.yaml": b"schema: 1\n"}


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_a_project_holds_infrastructure_code_tests_and_what_the_caller_adds(
    target: str, designs: Mapping[str, Design]
) -> None:
    files = blueprints.build(designs["web-application"], target, lang="en", extras=EXTRAS)
    assert list(files) == sorted(files)
    assert files["DECISION.md"] == EXTRAS["DECISION.md"]
    module = "src/api/app.ts" if target == "cdk-typescript" else "src/api/app.py"
    assert {"README.md", module, "src/report/Dockerfile"} <= set(files)
    assert any(path.startswith("tests/") for path in files)


def test_no_project_is_made_of_what_a_target_cannot_express(book: Book) -> None:
    design = design_of(book, [("application", "publish", "msk")])
    (refused,) = blueprints.check(design, "sam")
    assert refused.reason.en
    assert refused.reason.ja
    with pytest.raises(blueprints.Unsupported) as raised:
        blueprints.build(design, "sam", lang="en", extras={})
    assert raised.value == refused


def test_a_target_that_does_not_exist_is_an_error(designs: Mapping[str, Design]) -> None:
    with pytest.raises(KeyError):
        blueprints.check(designs["web-application"], "terraform")
