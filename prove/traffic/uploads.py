"""Direct uploads: a client asks for a URL, and uploads a file with it once; the file starts the work that waits for it."""

import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import replace

from advisor.architecture import Edge
from advisor.architecture.balancing import identities, is_shared, path_of
from blueprints.traits.direct_uploads import ISSUE, largest_bytes
from blueprints.traits.served_items import served
from prove.traffic import messages, stores
from prove.traffic.http_api import entry_address
from prove.traffic.identity import Call, callers
from prove.traffic.session import Session

PATH = "/uploads"


def file(mark: str, size: int) -> dict[str, object]:
    """Return the description of a file that a client wants to upload."""
    return {"name": f"{mark}.txt", "content_type": "text/plain", "size": size}


def drive(session: Session, edge: Edge) -> None:
    """Upload a file to a bucket by each program that issues URLs for it."""
    for issued in session.architecture.entering(edge.target, ISSUE):
        for invoked in session.architecture.entering(issued.source, "invoke"):
            address = entry_address(session, invoked.source)
            if is_shared(session.node(invoked.source)):
                address = replace(address, stage=path_of(invoked))
            calls = callers(session, identities(session.architecture, invoked), address)
            _upload(session, edge, issued, calls.authorised)


def _upload(session: Session, edge: Edge, issued: Edge, call: Call) -> None:
    mark = session.mark()
    item = _item(session, issued, call, mark)
    large = call("POST", PATH, file(mark, largest_bytes(issued) + 1) | item)
    session.check(issued, large.status == 400, "400 for a file that is too large", large)
    answer = call("POST", PATH, file(mark, len(mark)) | item)
    if not session.check(issued, answer.status == 201, "an upload URL is issued", answer):
        return
    given = answer.value
    first = _put(given["url"], given["headers"], mark)
    if not session.check(edge, first == 200, "the file is uploaded", first):
        return
    second = _put(given["url"], given["headers"], mark[::-1])
    session.check(edge, second == 412, "a second upload with the same URL is rejected", second)
    session.check(edge, stores.holds(session, edge.target, f"{given['id']}\n{mark}"), "the file is in the bucket")
    for read in session.architecture.leaving(issued.source, "read"):
        if read.target == edge.target:
            _read(session, read, given["id"], item, call)
    for write in _results(session, edge.target):
        stored = session.wait_for(lambda one=write: stores.holds(session, one.target, given["id"]) or None)  # type: ignore[misc]
        session.check(write, bool(stored), "the work on the uploaded file has stored its result")


def _item(session: Session, issued: Edge, call: Call, mark: str) -> dict[str, object]:
    """Return the id of a new item, whose file is uploaded; nothing where callers have no items."""
    if not served(session.architecture, session.node(issued.source)).upload_of_item:
        return {}
    return {"item": call("POST", "/items", {"name": mark}).value["id"]}


def _read(session: Session, read: Edge, key: str, item: dict[str, object], call: Call) -> None:
    """Check that callers list the upload; a program with items of its own looks up the object of each item instead."""
    if not item:
        listed = call("GET", "/items")
        session.check(read, key in listed.text, "the upload is listed", listed)
        return
    one = call("GET", f"/items/{item['item']}")
    field = session.node(read.target).subject.replace("-", "_")
    # The key of an object ends with the id of its item, which is also that of its upload.
    found = one.status == 200 and str((one.value[field] or {}).get("id")).endswith(f"/{key}")
    session.check(read, found, "an item is read with its file", one)


def _results(session: Session, bucket: str) -> Iterator[Edge]:
    """Yield the connections by which programs that new objects start store their results."""
    for emitted in session.architecture.leaving(bucket, "emit"):
        for started in session.architecture.leaving(emitted.target, "start"):
            for write in session.architecture.leaving(started.target):
                if write.verb in messages.STORING and session.node(write.target).service in stores.READABLE:
                    yield write


def _put(url: str, headers: Mapping[str, str], content: str) -> int:
    request = urllib.request.Request(url, data=content.encode(), method="PUT", headers=dict(headers))
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
