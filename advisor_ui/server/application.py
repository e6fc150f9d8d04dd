"""The page as an application that uvicorn serves: Streamlit's own, with the headers and the bounds of this product."""

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes
from streamlit.web import bootstrap

from advisor.book import DatedBook
from advisor_ui.server.headers import Headers
from advisor_ui.server.options import server_flags
from renderers.layout.placing.engine import ENGINE

#: How long a visitor waits for a picture; then he is told so, and the layout process is replaced.
RENDER_BUDGET_S = 30.0
_PING_S = 30.0
_FAREWELL_S = 2


def prepare(port: int, dated: DatedBook | None) -> None:
    """Set the options of the page, and load in advance what the first user would wait for."""
    options = {name.replace(".", "_"): value for name, value in server_flags(port).items()}
    bootstrap.load_config_options(options)
    import advisor_ui.page  # noqa: F401 (so that the first visitor does not wait for it)
    from advisor_ui.cached import dated_book, use_book

    use_book(dated)
    dated_book()
    ENGINE.limit_s = RENDER_BUDGET_S
    threading.Thread(target=ENGINE.start, daemon=True).start()
    # What is loaded now stays until the end: no collection of garbage has to look through it again.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _ending(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """End the layout process with the page, also in the middle of a layout."""
    yield None
    ENGINE.stop()


def server(*middleware: Middleware) -> uvicorn.Server:
    """Return the server of the page; `prepare` comes before."""
    script = str(files("advisor_ui") / "app.py")
    config = uvicorn.Config(
        st.App(script, lifespan=_ending, middleware=[*middleware, Middleware(Headers)]),
        ws_max_size=get_max_widget_state_size_bytes(),
        ws_ping_interval=_PING_S,
        ws_ping_timeout=_PING_S,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=_FAREWELL_S,
        access_log=False,
        log_level="warning",
        server_header=False,
    )
    return uvicorn.Server(config)
