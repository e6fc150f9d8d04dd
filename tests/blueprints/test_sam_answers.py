"""SAM projects of requirements that lead to services which no story holds."""

import json

import pytest

import blueprints
from advisor.book import Book
from advisor.design import Design
from blueprints.errors import Unsupported
from blueprints.hosts import windows
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.translation import findings, translated

#: Whose programs reach something that no TypeScript is written for yet; a project says so before it is made.
UNWRITTEN = (
    "nlb-pods",
    "nlb-sockets",
)


def assert_not_built(design: Design) -> None:
    """A project that is refused beforehand is refused as well by who asks for it at once."""
    with pytest.raises(Unsupported):
        blueprints.build(design, "cdk-typescript", lang="en", extras={})


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out_is_clean(name: str, book: Book) -> None:
    design = design_from(name, book)
    refused = {
        target.id: [one.reason.en for one in blueprints.check(design, target.id)] for target in blueprints.TARGETS
    }
    if any(windows(node) for node in design.architecture.nodes):
        (reason,) = refused.pop("cdk-typescript")
        assert "Windows" in reason
        assert_not_built(design)
    elif name in UNWRITTEN:
        reasons = refused.pop("cdk-typescript")
        assert reasons, f"take {name} out of UNWRITTEN: its programs are written in TypeScript now"
        assert all("There is no TypeScript yet" in reason for reason in reasons), reasons
        assert_not_built(design)
    assert not any(refused.values()), refused
    assert findings(json.dumps(translated(blueprints.build(design, "sam", lang="ja", extras={})))) == []
