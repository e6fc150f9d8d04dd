"""Direct uploads: a URL uploads one file of its owner, once, of the stated size, and whoever waits for the file gets it.

A presigned URL allows what its signer is allowed to do, and can be used until it expires; an upload replaces an object with
the same key. S3 compares only headers that are signed, among them the size and the condition that there is no such object.
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html and
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html, read 2026-11-28)

Not judged: programs in TypeScript, which do not run in this process; their role and their own tests are judged as those in Python.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from advisor.requirements import Subject
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running import uploads
from prove.behaviour.running.program import Program
from prove.behaviour.running.system import System

#: A URL that lives longer can be passed on; the proof takes a quarter of an hour as some minutes.
LONGEST_S = 900
_OWNER, _OTHER = "provider|alice", "bob"
#: Whom the content of an uploaded file names as its owner.
_NAMED = "eve"
#: Who has so many uploads that they fill pages, all before those of the owner.
_FIRST, _MANY = "aaron", 150
#: The owner of what callers upload to whom the endpoint does not ask who they are.
_SHARED = "everyone"
_FILE = {"name": "film.json", "content_type": "application/json", "size": 40}
_BODY = b'{"id": "x", "owner": "eve", "name": "f"} '[:40]


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield what uploads of clients could do beyond one file of their own, and files that nobody gets."""
    components = [one for one in evidence.requirements.of_kind("component") if one.answer("direct_uploads")]
    if not components:
        return
    yield from _roles(evidence)
    system = System(evidence)
    for component in components:
        programs = (system.programs.get(name) for name in (component.id, f"{component.id}-starter"))
        program = next((one for one in programs if one and (one.folder / "uploads.py").exists()), None)
        if program is not None:
            yield from _issued(system, component, program)


def _roles(evidence: Evidence) -> Iterator[Problem]:
    """Yield roles of programs that issue upload URLs, and that may write other objects too."""
    issuing = {_node(module.parent.name) for module in evidence.folder.glob("src/*/uploads.*")}
    for role in evidence.stack.of_type("AWS::IAM::Role"):
        for statement in role.properties.get("Statements", ()) if role.owner.node in issuing else ():
            wide = [str(resource) for resource in statement["Resource"] if "/uploads/" not in str(resource)]
            if "s3:PutObject" in statement["Action"] and wide:
                message = f"It may write {wide[0]}, although only clients write there, under uploads/."
                yield Problem("uploads-anywhere", role.id, message, role.type)


def _node(folder: str) -> str:
    """Return the node of the program in a folder: its component's, or the one that starts the work of its component."""
    component = folder.removesuffix("-starter")
    return f"{component}.compute" if component == folder else f"{component}.compute-starter"


def _named(component: Subject, link: str) -> tuple[str, ...]:
    return tuple(component.answer(link) or ())  # type: ignore[arg-type]


def _issued(system: System, component: Subject, program: Program) -> Iterator[Problem]:
    stores = {one.id: one for one in system.evidence.requirements.of_kind("store")}
    store = next(one for id in _named(component, "writes") if (one := stores[id]).answer("access") == "objects")
    largest = int(float(str(store.answer("item_bytes"))))
    place = f"src/{program.id}/uploads.py"
    items = _has_items(component, store.id)
    status, issued = _asked(program, _OWNER, _file(program, _OWNER, items=items))
    if status != 201:
        yield Problem("upload-not-issued", place, f"A request for an upload URL is answered with {status}.")
        return
    yield from _sizes(program, place, largest, items=items)
    yield from _misused(system, program, place, issued, items=items)
    if items:
        yield from _foreign(program, place, shared=_shared(component))
    owner = _SHARED if _shared(component) else _OWNER
    if not _inside(_key(issued), owner) or _key(issued) == _key(_again(program, items=items)):
        yield Problem("upload-by-anyone", place, f"The key {_key(issued)!r} is not one of its owner alone.")
    yield from _stored(system, place, issued, store.id)
    # Callers list the objects of a bucket if the program has no other items for them.
    if _named(component, "reads") == (store.id,):
        yield from _listed(program, issued["id"], shared=_shared(component))
        yield from _leaked(system, program, issued, shared=_shared(component))


def _has_items(component: Subject, files: str) -> bool:
    """Return whether callers have items, to which their files belong: in a store that the component reads and writes."""
    return bool({*_named(component, "reads")} & {*_named(component, "writes")} - {files})


def _file(program: Program, who: str, *, items: bool) -> dict[str, Any]:
    """Return the description of a file, which belongs to a new item of a caller where callers have items."""
    if not items:
        return _FILE
    return {**_FILE, "item": program.request("POST", "/items", who, body={"name": "film"})[1]["id"]}


def _again(program: Program, *, items: bool) -> Any:
    return _asked(program, _OWNER, _file(program, _OWNER, items=items))[1]


def _foreign(program: Program, place: str, *, shared: bool) -> Iterator[Problem]:
    """Yield items to which a caller may upload a file although they are not theirs, or do not exist."""
    refused = {"an item that does not exist": "none"}
    if not shared:
        refused["an item of another caller"] = _file(program, _OTHER, items=True)["item"]
    for word, item in refused.items():
        status = _asked(program, _OWNER, {**_FILE, "item": item})[0]
        if status != 404:
            yield Problem("upload-without-item", place, f"A file of {word} is answered with {status}.")


def _asked(program: Program, who: str, file: dict[str, Any]) -> tuple[int, Any]:
    return program.request("POST", "/uploads", who, body=file)


def _sizes(program: Program, place: str, largest: int, *, items: bool) -> Iterator[Problem]:
    """Yield sizes that are refused although the store takes them, and the other way round."""
    file = _file(program, _OWNER, items=items)
    for size, expected in ((largest, 201), (largest + 1, 400), (0, 400)):
        status, _ = _asked(program, _OWNER, {**file, "size": size})
        if status != expected:
            yield Problem("upload-of-any-size", place, f"An upload of {size} B is answered with {status}.")


def _misused(system: System, program: Program, place: str, issued: Any, *, items: bool) -> Iterator[Problem]:
    """Yield misuses of an upload URL that S3 would accept."""
    other = _asked(program, _OTHER, _file(program, _OTHER, items=items))[1]
    url, headers = issued["url"], issued["headers"]
    forged = url.replace(quote(_key(issued)), quote(_key(other)))
    misuses = {
        "a larger file": (url, headers, _BODY + b"more", 0),
        "a smaller file": (url, headers, _BODY[:-1], 0),
        "another content type": (url, {**headers, "content-type": "text/html"}, _BODY, 0),
        "the key of another owner": (forged, headers, _BODY, 0),
        "an upload after a quarter of an hour": (url, headers, _BODY, LONGEST_S),
    }
    if forged == url:
        yield Problem("upload-by-anyone", place, "The URL does not contain the key of the upload.")
    for word, (to, sent, body, after_s) in misuses.items():
        if uploads.put(system.cloud, to, sent, body, after_s=after_s) == 200:
            yield Problem("upload-by-anyone", place, f"The URL of one upload allows {word}.")
            for bucket in system.cloud.buckets.values():
                bucket.clear()


def _shared(component: Subject) -> bool:
    """Return whether all callers of a component own the same files: nobody is asked, or reading is public."""
    return component.answer("authentication") in (None, "none") or component.answer("open_reads") is True


def _key(issued: Any) -> str:
    """Return the key of an issued upload, whose id is the key or its last part."""
    path = unquote(urlsplit(issued["url"]).path)
    return path[path.index("uploads/") :] if "uploads/" in path else path


def _inside(key: str, owner: str) -> bool:
    """Return whether a key is below the folder of an owner, whose name cannot lead out of it."""
    folder = f"uploads/{quote(owner, '')}/"
    return key.startswith(folder) and "/" not in key.removeprefix(folder) and key != folder


def _stored(system: System, place: str, issued: Any, store: str) -> Iterator[Problem]:
    """Upload the file; yield whether a second upload replaces it, and who waits for it and does not get it."""
    cloud, key = system.cloud, _key(issued)
    status = uploads.put(cloud, issued["url"], issued["headers"], _BODY)
    if status != 200:
        yield Problem("upload-refused", place, f"S3 answers {status} to the upload that the program allows.")
        return
    # A client need not send a header that is not signed.
    fewer = {name: value for name, value in issued["headers"].items() if name != "if-none-match"}
    if 200 in (uploads.put(cloud, issued["url"], headers, _BODY[::-1]) for headers in (issued["headers"], fewer)):
        yield Problem("upload-replaced", place, "A second upload with the same URL replaces the first.")
    cloud.lookups.clear()
    system.settle()
    for refused in system.refused:
        yield Problem("upload-not-read", f"src/{refused.program}", f"It fails on an uploaded file: {refused.error}")
    for component in system.evidence.requirements.of_kind("component"):
        waits, reads = component.answer("listens_to") == store, store in _named(component, "reads")
        looked_up = any(found and id == key for program, _, id, found in cloud.lookups if program == component.id)
        if waits and reads and component.id in system.programs and not looked_up:
            yield Problem("upload-not-read", f"src/{component.id}", "It does not get the file that a client uploaded.")
    yield from _owned(system)


def _listed(program: Program, key: str, *, shared: bool) -> Iterator[Problem]:
    """Yield whether callers list or read an uploaded file that is not theirs, or do not get their own."""
    place = f"src/{program.id}"
    for who, expected in ((_OWNER, [key]), (_OTHER, [key] if shared else [])):
        listed = [item.get("id") for item in program.request("GET", "/items", who)[1]["items"]]
        if listed != expected:
            yield Problem("upload-names-its-owner", place, f"{who!r} lists {listed} of what {_OWNER!r} uploaded.")
        status, wanted = program.request("GET", f"/items/{key}", who)[0], 200 if expected else 404
        if status != wanted:
            yield Problem("upload-not-found", place, f"{who!r} reads what {_OWNER!r} uploaded: {status}, not {wanted}.")


def _leaked(system: System, program: Program, issued: Any, *, shared: bool) -> Iterator[Problem]:
    """Yield whether the list of a caller has pages that show, or count, the many uploads of others."""
    key = _key(issued)
    bucket = next(held for held in system.cloud.buckets.values() if key in held)
    others = {f"uploads/{_FIRST}/{number:03}": bucket[key] for number in range(_MANY)}
    bucket.update(others)
    page = program.request("GET", "/items", _OWNER)[1]
    for other in others:
        del bucket[other]
    if not shared and (_FIRST in str(page) or not page["items"]):
        message = f"The first page of {_OWNER!r} is {page} if another caller has {_MANY} uploads."
        yield Problem("upload-shown-to-others", f"src/{program.id}", message)


def _owned(system: System) -> Iterator[Problem]:
    """Yield results about an upload that belong to whoever the file names as its owner."""
    for table in system.cloud.tables.values():
        for item in table.items.values():
            if item.get("owner", _OWNER) == _NAMED:
                message = "A result about an uploaded file belongs to the owner that the file names itself."
                yield Problem("upload-names-its-owner", table.name, message)
