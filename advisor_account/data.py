"""The tables of this package, read once."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table by its file's name ("quotas.yaml")."""
    text = files("advisor_account").joinpath(name).read_text(encoding="utf-8")
    rows: dict[str, Any] = json.loads(text) if name.endswith(".json") else yaml.safe_load(text)
    return rows
