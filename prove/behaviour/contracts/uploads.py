"""Uploads: whoever looks up an item, its file, or what was made of the file, finds it when the file has been uploaded."""

from collections.abc import Iterator
from contextlib import suppress

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running import uploads
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.system import System

_WHO = "alice"
_BODY = b"film"
_PREFIX = "uploads/"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield what programs look up about an uploaded file and do not find."""
    for number, one in enumerate(apis(System(evidence))):
        if (one.program.folder / "uploads.py").exists() and one.creates and one.changes:
            system = System(evidence)
            with suppress(NotRun):
                yield from _missed(system, list(apis(system))[number])


def uploaded(system: System, api: Api, item: str) -> bool:
    """Upload the file of an item; return whether the program and S3 accept it."""
    file = {"name": "film", "content_type": "text/plain", "size": len(_BODY)}
    status, issued = api.program.request("POST", "/uploads", _WHO, body={**file, "item": item})
    return status == 201 and uploads.put(system.cloud, issued["url"], issued["headers"], _BODY) == 200


def _missed(system: System, api: Api) -> Iterator[Problem]:
    item = str(api.create(_WHO, {"name": "film"})[1]["id"])
    if not uploaded(system, api, item):
        yield Problem("upload-without-item", api.program.id, "An item that exists takes no file.")
        return
    told = [*system.cloud.sent]
    system.settle()
    # Who was told of the item before its file was processed looks everything up again.
    system.cloud.lookups.clear()
    system.cloud.sent += told
    files = ((bucket, key) for bucket, held in system.cloud.buckets.items() for key in held if key.startswith(_PREFIX))
    system.cloud.writes += [("outside", *file) for file in files]
    system.settle()
    if api.reads:
        api.read(_WHO, item)
    for program, store, id, found in system.cloud.lookups:
        if not found and system.cloud.stored_ids(store):
            held = sorted(system.cloud.stored_ids(store))[:3]
            message = f"After an upload, it looks up {id!r} in {store}, which holds {held}."
            yield Problem("upload-finds-nothing", program, message)
