"""The check `freshness`: what is kept is asked for again in time, and what is kept for too long is found."""

import pytest

from tests.prove.behaviour.planting import rules_after
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
CHECK, SCRIPT = "freshness", "scripts/stack.py"


@pytest.mark.parametrize("name", ["relational-web-app", "container-web-service"])
def test_sound_projects_have_no_problem(stories: Stories, name: str) -> None:
    assert stories.project(name).rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("name", "path", "find", "put", "rule"),
    [
        ("relational-web-app", SCRIPT, '"no-cache"', '"public, max-age=31536000"', "stale-files"),
        ("relational-web-app", SCRIPT, '["/*"]', '["/index.html"]', "stale-cdn"),
        ("container-web-service", "src/web/secret_web.py", "KEEP_S = 300.0", "KEEP_S = 24 * 3600.0", "stale-secret"),
    ],
)
def test_what_is_kept_for_too_long_is_found(
    stories: Stories, name: str, path: str, find: str, put: str, rule: str
) -> None:
    assert rules_after(stories.project(name), CHECK, path, find, put) == {rule}
