"""Building: the questions that the command line and the page ask."""

from collections.abc import Mapping

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
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


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize(
    ("component", "said"),
    [
        ({"protocol": "websocket"}, "The program must store the open connections"),
    ],
)
def test_what_lacks_a_part_is_refused_with_the_way_out(
    target: str, component: dict[str, object], said: str, book: Book
) -> None:
    stores = [{"id": "one"}, {"id": "two"}]
    raw = {"components": [{"id": "door", "trigger": "request", **component}], "stores": stores}
    design = advise(make_requirements(raw), book)
    (refused,) = blueprints.check(design, target)
    assert said in refused.reason.en
    with pytest.raises(blueprints.Unsupported, match=said):
        blueprints.build(design, target, lang="en", extras={})
