"""Streamlit's options of the page: those of the shipped file, and those of this machine."""

import os
import sys
import tomllib
from importlib.resources import files
from typing import Any

ADDRESS = "localhost"


def server_flags(port: int) -> dict[str, Any]:
    """Return the page's Streamlit options by name, such as "theme.light.primaryColor"."""
    settings = tomllib.loads((files("advisor_ui") / "streamlit.toml").read_text("utf-8"))
    return {
        **_flat(settings),
        "server.port": port,
        "server.address": ADDRESS,
        "server.headless": not has_display(),
        "server.fileWatcherType": "none",
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }


def _flat(settings: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in settings.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat


def has_display() -> bool:
    """Return whether a browser can be opened on this machine."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
