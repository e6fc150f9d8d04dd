"""Ids in lists: whatever a list shows is found by exactly that id, also what other programs and systems have stored.

Routes of frameworks take no "/" as a part of an id, and a load balancer does not decode query parameters for a function
(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html, read 2026-12-01).
Only unreserved characters are the same in all of them, encoded or not:
https://www.rfc-editor.org/rfc/rfc3986#section-2.3 (read 2026-12-01).
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running import uploads
from prove.behaviour.running.cloud import NotRun, Stored
from prove.behaviour.running.system import System

_WHO = "alice"
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]+")
#: Keys that other systems give to what they store: with folders, blanks, and what an encoding of keys uses itself.
_KEYS = ("results/2026/list a.csv.2", "r~2F1%2F", "run-1:m1", "机?#+")
_BODY = b"film"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield ids in lists by which no request finds the item."""
    for number, one in enumerate(apis(System(evidence))):
        if one.reads:
            system = System(evidence)
            with suppress(NotRun):
                yield from _found(system, list(apis(system))[number])


def _found(system: System, api: Api) -> Iterator[Problem]:
    store = api.store(_WHO)
    expected = {*_uploaded(system, api), *_stored(system, api, store)}
    system.settle()
    place = api.program.id
    listed = [str(item.get("id")) for item in api.everything(_WHO)]
    changed = [id for id in listed if not _UNRESERVED.fullmatch(id)]
    if changed:
        yield Problem(
            "listed-id-in-path", place, f"The list of {store} has {changed[:3]}, which a path cannot contain as it is."
        )
    unread = [id for id in listed if (api.read(_WHO, id) or {}).get("id") != id]
    if unread:
        yield Problem(
            "listed-id-unread", place, f"The list of {store} has {unread[:3]}, and no request by that id finds them."
        )
    if len(set(listed)) < len(expected):
        yield Problem(
            "listed-id-missing", place, f"Of {len(expected)} items the list of {store} has {len(set(listed))}."
        )


def _stored(system: System, api: Api, store: str) -> Iterator[str]:
    """Store items of the caller under the keys of other systems, and yield these keys."""
    owner = "everyone" if api.anonymous else _WHO
    item = {"owner": owner, "name": "desk"}
    if table := system.cloud.tables.get(store):
        for key in _KEYS:
            table.items[key] = {table.key: key, **item}
            yield key
    elif store in system.cloud.buckets and (folders := _folders(api)):
        for key in _KEYS:
            place = f"{folders}{quote(owner, safe='')}/{quote(key, safe='')}"
            system.cloud.buckets[store][place] = Stored(_BODY, "text/plain")
            yield key
    elif store in system.cloud.buckets and not _uploads_only(api):
        for key in _KEYS:
            system.cloud.buckets[store][key] = Stored(json.dumps({"id": "1", **item}).encode(), "application/json")
            yield key


def _folders(api: Api) -> str:
    """Return the prefix of the objects that the callers of an API download, each in the folder of its owner; "" if it has none."""
    clients = (module for name, module in vars(api.program.service).items() if name.startswith("store_"))
    return next((str(module.DOWNLOADS) for module in clients if hasattr(module, "DOWNLOADS")), "")


def _uploads_only(api: Api) -> bool:
    """Return whether the list of an API shows nothing but the uploads of its caller."""
    return any(
        hasattr(module, "find") for name, module in vars(api.program.service).items() if name.startswith("store_")
    )


def _uploaded(system: System, api: Api) -> Iterator[str]:
    """Upload a file that belongs to no item, and yield its id if the program that stores it keeps items that are listed."""
    if not (api.program.folder / "uploads.py").exists() or api.graphql:
        return
    file = {"name": "film", "content_type": "text/plain", "size": len(_BODY)}
    status, issued = api.program.request("POST", "/uploads", _WHO, body=file)
    if status == 201:
        uploads.put(system.cloud, issued["url"], issued["headers"], _BODY)
        yield issued["id"]
