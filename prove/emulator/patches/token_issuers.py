"""Functions that verify the tokens of a user pool get its public keys from the emulator."""

import os
from pathlib import Path

INSIDE = Path(__file__).parents[1] / "inside"


def install() -> None:
    """Add the `sitecustomize` module to every Python that the emulator starts."""
    os.environ["PYTHONPATH"] = str(INSIDE)
