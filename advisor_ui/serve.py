"""Starts the page on this machine, looking the same from a checkout and from an installed package."""

import os
import socket
import sys
import tomllib
from importlib.resources import files
from typing import Any

from advisor.book import DatedBook

ADDRESS = "localhost"


class PortTaken(Exception):
    """The page cannot listen on its port; the message is one sentence that names it and says what to do."""


def server_flags(port: int) -> dict[str, Any]:
    """Return the page's Streamlit options by name, such as "theme.light.primaryColor"."""
    settings = tomllib.loads((files("advisor_ui") / "streamlit.toml").read_text("utf-8"))
    return {
        **_flat(settings),
        "server.port": port,
        "server.address": ADDRESS,
        "server.headless": not _has_display(),
        "server.fileWatcherType": "none",
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }


def _flat(settings: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in settings.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(port: int, dated: DatedBook | None = None) -> None:
    """Serve the page on a port until it is interrupted; PortTaken when it cannot listen there.

    The page decides by a rule book as of a day (default: the product's own, as of its newest check date).
    """
    _check_free(port)
    from streamlit.web import bootstrap

    script = str(files("advisor_ui") / "app.py")
    options = {name.replace(".", "_"): value for name, value in server_flags(port).items()}
    bootstrap.load_config_options(options)
    import advisor_ui.page  # noqa: F401 (so that the first visitor does not wait for it)
    from advisor_ui.cached import use_book

    use_book(dated)
    print(f"http://{ADDRESS}:{port}", flush=True)
    bootstrap.run(script, False, [], options)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            another = port + 1 if port < 65535 else 8501
            raise PortTaken(
                f"--port: {port} cannot be listened on ({error.strerror}); name another, such as --port {another}."
            ) from error
