"""Functions that check the tokens of a user pool get its public keys, though its address is one of AWS."""

import os
from pathlib import Path

INSIDE = Path(__file__).parents[1] / "inside"


def install() -> None:
    """Let every Python that is started from here load what is inside."""
    os.environ["PYTHONPATH"] = str(INSIDE)
