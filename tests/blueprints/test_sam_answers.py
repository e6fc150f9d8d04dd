"""SAM projects of requirements that lead to services which no story holds."""

import json

import pytest

import blueprints
from advisor.book import Book
from blueprints.errors import Unsupported
from blueprints.hosts import windows
from tests.blueprints.answers import NAMES, design_from
from tests.blueprints.translation import findings, translated


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out_is_clean(name: str, book: Book) -> None:
    design = design_from(name, book)
    refused = {
        target.id: [one.reason.en for one in blueprints.check(design, target.id)] for target in blueprints.TARGETS
    }
    if any(windows(node) for node in design.architecture.nodes):
        (reason,) = refused.pop("cdk-typescript")
        assert "Windows" in reason
        with pytest.raises(Unsupported):
            blueprints.build(design, "cdk-typescript", lang="en", extras={})
    assert not any(refused.values()), refused
    assert findings(json.dumps(translated(blueprints.build(design, "sam", lang="ja", extras={})))) == []
