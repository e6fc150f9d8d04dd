"""Direct uploads: files that clients send to a bucket, with URLs that a program issues and its role signs."""

from advisor.architecture import Architecture, Edge

#: The connection of the program that issues the URLs, and that of the clients that use them.
ISSUE, UPLOAD = "presign", "upload"
#: Uploads have the keys `uploads/<owner>/<id of the item>`, or a random id where callers have no items.
PREFIX = "uploads/"
#: How long an upload may start after its URL was issued.
EXPIRES_S = 300


def issuing(architecture: Architecture, program: str) -> Edge | None:
    """Return the connection by which a program issues upload URLs, or None if it issues none."""
    return next(iter(architecture.leaving(program, ISSUE)), None)


def takes_uploads(architecture: Architecture, store: str) -> bool:
    """Return whether clients upload files to a store."""
    return bool(architecture.entering(store, UPLOAD))


def largest_bytes(edge: Edge) -> int:
    """Return the maximum size of an upload whose URL is issued by a connection."""
    return int(str(edge.settings["upload_bytes"]))
