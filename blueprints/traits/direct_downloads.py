"""Direct downloads: objects that clients get from a bucket, with URLs that a program issues and its role signs."""

from advisor.architecture import Node
from advisor.graph_builder.large_answers import DIRECT_DOWNLOADS
from blueprints import settings

#: Objects have the keys `downloads/<owner>/<id>`, both percent-encoded.
PREFIX = "downloads/"
#: How long a download may start after its URL was issued. A download that has started is not interrupted.
EXPIRES_S = 300


def hands_out(bucket: Node) -> bool:
    """Return whether clients download the objects of a bucket, each of which is in the folder of its owner."""
    return settings.flag(bucket, DIRECT_DOWNLOADS)
