"""The page as it runs without a browser."""

from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from advisor_ui.state import draft as drafts
from advisor_ui.state.session import story

APP = str(Path(__file__).parents[2] / "advisor_ui" / "app.py")

# Streamlit reads the metadata of every installed package at each run of a page; nothing is installed meanwhile.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def opened(**params: str) -> AppTest:
    """Return the page at an address with these parameters."""
    page = AppTest.from_file(APP, default_timeout=60)
    for key, value in params.items():
        page.query_params[key] = value
    return ran(page)


def web_service() -> dict[str, Any]:
    """Return the draft of a web service of which each assumption that is left is seldom wrong."""
    draft = drafts.with_answer(story("container-web-service"), "web", "authentication", "none")
    return drafts.with_answer(draft, "sessions", "item_bytes", "4 KiB")


def ran(page: AppTest) -> AppTest:
    """Return a page after it ran again, without an exception."""
    page.run()
    assert not page.exception, [e.message for e in page.exception]
    return page
