"""The shipped fonts, as paths for the libraries that draw with them."""

from functools import cache
from importlib.resources import files

FAMILY = "Noto Sans JP"


@cache
def paths() -> tuple[str, ...]:
    """Return the paths of the regular and the bold font."""
    folder = files("renderers").joinpath("assets/fonts")
    return tuple(str(folder.joinpath(f"NotoSansJP-{style}.ttf")) for style in ("Regular", "Bold"))
