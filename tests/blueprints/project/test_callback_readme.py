"""The README of a project that waits for callbacks, or keeps files of items: what happens when, and sizes as people write them."""

import re
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from tests.prove.behaviour.sam_projects import story


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_section_on_callbacks_has_steps(lang: Any) -> None:
    made = advise(make_requirements(story("callback")), rules.load_book())
    readme = blueprints.build(made, "sam", lang=lang, extras={})["README.md"].decode()
    (section,) = [part for part in readme.split("\n## ") if "CallbackFailed" in part]
    lines = section[section.index("`OrderStateMachine`") :].splitlines()
    assert sum(bool(re.match(r"\d\. ", line)) for line in lines) >= 4
    assert "32 KiB" in section
    assert "32768" not in section


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_it_says_that_the_file_of_a_deleted_item_stays(target: str, lang: Any) -> None:
    archive = {
        "id": "archive", "trigger": "request", "authentication": "sign-up", "direct_uploads": True, "reads": ["entries"],
        "writes": ["entries", "films"],
    }  # fmt: skip
    stores = [{"id": "entries", "access": "key-value"}, {"id": "films", "access": "objects", "item_bytes": "20 MiB"}]
    requirements = {"schema": 2, "components": [archive], "stores": stores}
    made = advise(make_requirements(requirements), rules.load_book())
    readme = blueprints.build(made, target, lang=lang, extras={})["README.md"].decode()
    assert "`FilmsBucket`" in readme
    assert "s3:DeleteObject" in readme
