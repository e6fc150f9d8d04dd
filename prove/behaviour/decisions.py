"""Decisions tried on the approvals endpoint of a project in either language; equal programs are tried once."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from prove.behaviour.tries import Same, tried


def wrongs(endpoint: Path, asker: Path | None, payload: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return the faults of an approval endpoint.

    `asker` is the folder of a program that asks by itself, `payload` what a state machine hands the endpoint.
    """
    folders = (endpoint, *([asker] if asker else []))
    content = tuple(file.read_bytes() for folder in folders for file in sorted(folder.iterdir()) if file.is_file())
    return _once(content, Same((endpoint, asker)), json.dumps(payload))


@lru_cache(maxsize=64)
def _once(content: tuple[bytes, ...], folders: Same[tuple[Path, Path | None]], payload: str) -> tuple[str, ...]:
    endpoint, asker = folders.value
    return tuple(tried("decide", endpoint, (str(endpoint), str(asker or ""), json.loads(payload))))
