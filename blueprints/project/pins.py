"""Pinned packages: one list for every requirements file of every generated project."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _pins() -> dict[str, str]:
    lines = files("blueprints.project").joinpath("pins.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    return {pin.split("==")[0].split("[")[0]: pin for pin in pins}


def pinned(*packages: str) -> str:
    """Return the lines of a requirements file for these packages. Raises KeyError if one has no pin."""
    return "".join(f"{_pins()[package]}\n" for package in sorted(set(packages), key=str.lower))
