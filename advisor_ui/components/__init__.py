"""The page's own components: a script and a style sheet each, in files of their own beside this one."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


@cache
def component(name: str, *, isolated: bool = True) -> "ComponentRenderer":
    """Return the component of a name ("frame", "gallery", "opener" or "diagram"); `isolated` keeps its styles to itself."""
    folder = files(__name__)
    return st.components.v2.component(
        f"advisor.{name}",
        html=f'<div class="{name}"></div>',
        css=(folder / f"{name}.css").read_text("utf-8"),
        js=(folder / f"{name}.js").read_text("utf-8"),
        isolate_styles=isolated,
    )
