"""Upload URLs that a program issues: the bucket, the maximum size of an upload, and the expiry."""

from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from blueprints.plan.callers.owners import holds_uploads_only
from blueprints.plan.environment import variable_name
from blueprints.shared.openapi import MEDIA_TYPE
from blueprints.traits.direct_uploads import EXPIRES_S, PREFIX, issuing, largest_bytes
from blueprints.traits.served_items import served


@dataclass(frozen=True, slots=True)
class Uploads:
    """The bucket to which clients upload with URLs of a program; `variable` is the environment variable with its name.

    `of_item`: each file belongs to an item of its owner, whose id is in its key. `alone`: the bucket contains only
    uploads, so that the id of one is the last part of its key.
    """

    store: str
    subject: str
    variable: str
    largest_bytes: int
    of_item: bool
    alone: bool
    prefix: str = PREFIX
    expires_s: int = EXPIRES_S
    media_type: str = MEDIA_TYPE


def uploads_of(architecture: Architecture, program: Node) -> Uploads | None:
    """Return the uploads for which a program issues URLs, or None if it issues none."""
    edge = issuing(architecture, program.id)
    if edge is None:
        return None
    store = architecture.node(edge.target)
    variable = variable_name(store.subject, "BUCKET_NAME")
    of_item, alone = served(architecture, program).upload_of_item, holds_uploads_only(architecture, store.id)
    return Uploads(store.id, store.subject, variable, largest_bytes(edge), of_item, alone)
