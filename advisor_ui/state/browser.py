"""What the browser tells about the visitor and about the current run."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from advisor.text import Lang


def browser_language() -> Lang:
    """Return the language that the browser asks for."""
    return "ja" if str(st.context.locale or "").lower().startswith("ja") else "en"


def stepped_through_history() -> bool:
    """Return whether the run follows a step back or forward in the browser."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation
