"""Bodies that an API puts into a channel as callers have sent them: they name no owner of what a worker stores."""

import json
from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.running.cloud import NotRun, Sent
from prove.behaviour.running.routes import CHANNELS
from prove.behaviour.running.system import System

_FORGED = "forged-owner"
_APIS = ("AWS::ApiGatewayV2::Integration", "AWS::ApiGateway::RestApi")
_NAMED = {"owner": _FORGED, "who": _FORGED, "name": "desk"}
_BODY = {"id": "forged-1", "type": "sold", **_NAMED, "item": _NAMED}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield stores with an item whose owner a caller of an API has named."""
    for channel in evidence.stack.of_type(*CHANNELS):
        if not _takes_bodies(evidence, channel.id):
            continue
        system = System(evidence)
        system.cloud.sent.append(Sent("outside", channel.id, json.dumps(_BODY), "g"))
        try:
            system.settle()
        except NotRun as error:
            system.unproven.append(str(error))
        for table in system.cloud.tables.values():
            if any(item.get("owner") == _FORGED for item in table.items.values()):
                message = f"A caller of the API behind {channel.id} names the owner of an item in it."
                yield Problem("caller-names-owner", table.name, message)


def _takes_bodies(evidence: Evidence, channel: str) -> bool:
    """Return whether an API calls the service of a channel itself, without a program."""
    return any(channel in json.dumps(api.properties, default=str) for api in evidence.stack.of_type(*_APIS))
