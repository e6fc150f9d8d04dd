"""A subscription of an address over HTTP that a template makes is asked to confirm itself, as one made by a call is."""

import asyncio
import contextvars
import threading
import uuid
from typing import Any

from ministack.services import sns
from ministack.services.cloudformation import provisioners


def _ask(topic: str, subscription: dict[str, Any]) -> None:
    subscription.setdefault("token", uuid.uuid4().hex)
    subscription["attributes"]["PendingConfirmation"] = "true"
    # The emulator knows account and Region by the context of a request.
    context = contextvars.copy_context()
    asking = sns._send_subscription_confirmation(topic, subscription)
    threading.Thread(target=lambda: context.run(asyncio.run, asking), daemon=True).start()


def install() -> None:
    """Ask after a subscription was made."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::SNS::Subscription"]
    make = handler["create"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        made = make(logical_id, properties, stack)
        topic = properties["TopicArn"]
        if properties.get("Protocol") in ("http", "https"):
            for one in sns._topics[topic]["subscriptions"]:
                if one["arn"] == made[0]:
                    _ask(topic, one)
        return made

    handler["create"] = create
