"""The page as it runs without a browser."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "advisor_ui" / "app.py")

# Streamlit reads the metadata of every installed package at each run of a page; nothing is installed meanwhile.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def opened(**params: str) -> AppTest:
    """Return the page at an address with these parameters."""
    page = AppTest.from_file(APP, default_timeout=60)
    for key, value in params.items():
        page.query_params[key] = value
    return ran(page)


def ran(page: AppTest) -> AppTest:
    """Return a page after it ran again, without an exception."""
    page.run()
    assert not page.exception, [e.message for e in page.exception]
    return page
