"""Programs whose workflow waits read the version of the object that started it, and may do so; others read the current one."""

from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements

ORDER = {
    "id": "order", "trigger": "event", "event_source": "s3-object", "listens_to": "claims", "longest_run_s": "20 s", "steps": 2,
    "reads": ["claims"], "writes": ["orders"],
}  # fmt: skip
STORES = [{"id": "claims", "access": "objects"}, {"id": "orders", "access": "key-value"}]


def files(**more: Any) -> dict[str, bytes]:
    requirements = {"schema": 2, "components": [{**ORDER, **more}], "stores": STORES}
    return dict(
        blueprints.build(advise(make_requirements(requirements), rules.load_book()), "sam", lang="en", extras={})
    )


@pytest.mark.parametrize(("more", "versions"), [({"human_approval": True}, True), ({}, False)])
def test_a_wait_is_a_reason_to_read_a_version(more: dict[str, Any], versions: bool) -> None:
    made = files(**more)
    assert ("s3:GetObjectVersion" in made["template.yaml"].decode()) == versions
    assert ("version_of(message)" in made["src/order/service.py"].decode()) == versions
