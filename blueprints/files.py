"""File systems: where programs find one, and as whom they read and write it."""

from advisor.architecture import Node

#: The user of the generated images: whoever mounts the file system acts as it, whatever it is itself.
USER_ID = "10001"
PERMISSIONS = "0750"
ROOT = "/data"
COLD_AFTER = "AFTER_30_DAYS"


def directory(node: Node) -> str:
    """Return where a program finds a file system; Lambda takes paths below /mnt only."""
    return f"/mnt/{node.subject}"
