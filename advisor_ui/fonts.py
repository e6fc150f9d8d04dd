"""Fonts that the page brings along for browsers without them."""

import base64
from functools import cache
from importlib.resources import files


@cache
def japanese_font() -> str:
    """Return the shipped Japanese font in base64, for a browser on a machine that has none."""
    return base64.b64encode((files("renderers") / "assets/fonts/NotoSansJP-Regular.ttf").read_bytes()).decode()
