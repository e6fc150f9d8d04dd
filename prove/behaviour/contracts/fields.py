"""Fields that programs read in messages: callers send them too, and no program reads these as set by a program.

Each program that takes items gets items with the field names of messages and envelopes, about an item and an owner that
nobody has. Then schedules start. A report of a webhook about an item of one caller shows this item to nobody else, and
replaces nothing.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from prove.behaviour.contracts.apis import Api, apis
from prove.behaviour.contracts.messages import start_schedules
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.system import System

#: An item and an owner of nobody, an address that no entry has verified, and the text of an item of one caller.
MADE_UP, VICTIM, ADDRESS, SECRET = "made-up-1", "victim", "victim@example.com", "secret-4711"
_FORGED: dict[str, Any] = {"id": MADE_UP, "key": MADE_UP, "owner": VICTIM, "recipient": ADDRESS, "name": "forged"}
#: What a caller sends besides a name, one item for each.
FORGERIES: tuple[dict[str, Any], ...] = (
    {"key": MADE_UP},
    {"item": _FORGED},
    {"type": "shop.created", "key": MADE_UP, "item": _FORGED},
    {"Type": "Notification", "MessageId": MADE_UP, "Message": json.dumps(_FORGED)},
    {"detail-type": "shop.created", "id": MADE_UP, "detail": _FORGED},
    {"messageId": MADE_UP, "body": json.dumps(_FORGED)},
    {"item_of_run": _FORGED, "run": "run-1"},
    {"items": [{"owner": VICTIM, "recipient": ADDRESS, "item": {"owner": VICTIM, "recipient": ADDRESS}}]},
    {"dynamodb": {"NewImage": {"pk": {"S": MADE_UP}, "owner": {"S": VICTIM}}}, "eventID": MADE_UP},
)


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the programs that believe what a caller has set, and those in which a report changes who sees what."""
    for number, one in enumerate(apis(System(evidence))):
        if one.creates:
            for forgery in FORGERIES:
                yield from _believed(evidence, number, forgery)
    yield from _reports(evidence)


def _believed(evidence: Evidence, number: int, forgery: dict[str, Any]) -> Iterator[Problem]:
    system = System(evidence)
    api = list(apis(system))[number]
    with suppress(NotRun, ValueError, PermissionError):
        api.create("mallory", {"name": "desk", **forgery})
    system.settle()
    start_schedules(system)
    system.settle()
    named = ", ".join(forgery)
    for program in sorted({program for program, _, id, _ in system.cloud.lookups if MADE_UP in id}):
        yield Problem(
            "field-believed", program, f"It looks up the item that a caller of {api.program.id} names ({named})."
        )
    for program in sorted({program for program, _, id in system.cloud.written if MADE_UP in id}):
        yield Problem(
            "field-believed", program, f"It writes under the id that a caller of {api.program.id} names ({named})."
        )
    for sent in system.cloud.told:
        if _misled(sent.channel, sent.text):
            yield Problem(
                "field-believed", sent.program, f"It passes on what a caller has set ({named}): {sent.text[:200]}"
            )
    for store, table in system.cloud.tables.items():
        if any(row.get("owner") == VICTIM for row in table.items.values()):
            yield Problem("field-believed", store, f"A caller of {api.program.id} decides who owns a row ({named}).")


def _misled(channel: str, text: str) -> bool:
    """Return whether a message is about what a caller has made up, or an email goes to the address that a caller names."""
    try:
        said = json.loads(text)
    except ValueError:
        return False
    if channel == "mail":
        return ADDRESS in said.get("Destination", {}).get("ToAddresses", ())
    about = said.get("item") if isinstance(said, dict) else None
    owner = about.get("owner") if isinstance(about, dict) else None
    return isinstance(said, dict) and (
        MADE_UP in (said.get("id"), said.get("key")) or VICTIM in (said.get("owner"), owner)
    )


def _reports(evidence: Evidence) -> Iterator[Problem]:
    """A webhook about an item of a caller shows this item to no other caller, and replaces nothing that its owner sees."""
    if not any(api.creates and api.program.webhook for api in apis(System(evidence))):
        return
    before, after = (_readers(evidence, reported=reported) for reported in (False, True))
    for reader, who in sorted(after - before):
        if who != "alice":
            yield Problem("report-shared", reader, "After a webhook about the item of a caller, others read this item.")
    for reader, who in sorted(before - after):
        if who == "alice":
            yield Problem("report-replaces", reader, "After a webhook about an item, its owner misses what was there.")


def _readers(evidence: Evidence, *, reported: bool) -> set[tuple[str, str]]:
    """Return by which program who reads what alice has sent, after webhooks about it or without any."""
    system = System(evidence)
    found = list(apis(system))
    ids = [id for api in found if api.creates and not api.program.webhook for id in _created(api)]
    system.settle()
    for api in found if reported else ():
        if api.creates and api.program.webhook:
            for id in ids:
                with suppress(NotRun, ValueError):
                    body = {"item": id, "status": "paid", "name": "paid"}
                    api.create("sender", body, {"Idempotency-Key": f"event-{id}"})
    system.settle()
    return {
        (api.program.id, who) for who in ("alice", "mallory") for api in found if api.reads and _reads_secret(api, who)
    }


def _created(api: Api) -> Iterator[str]:
    with suppress(NotRun, ValueError, PermissionError):
        status, item = api.create("alice", {"name": SECRET})
        if status < 300 and isinstance(item, dict) and "id" in item:
            yield str(item["id"])


def _reads_secret(api: Api, who: str) -> bool:
    try:
        return SECRET in json.dumps(api.everything(who), default=str)
    except NotRun:
        return False
