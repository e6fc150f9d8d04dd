"""An HTTP subscription of a template gets a confirmation request, as one that an API call creates does."""

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
    # The emulator reads account and Region from the context of a request.
    context = contextvars.copy_context()
    confirmation = sns._send_subscription_confirmation(topic, subscription)
    threading.Thread(target=lambda: context.run(asyncio.run, confirmation), daemon=True).start()


def install() -> None:
    """Send the request after a subscription was created."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::SNS::Subscription"]
    make = handler["create"]

    def create(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        created = make(logical_id, properties, stack)
        topic = properties["TopicArn"]
        if properties.get("Protocol") in ("http", "https"):
            for subscription in sns._topics[topic]["subscriptions"]:
                if subscription["arn"] == created[0]:
                    _ask(topic, subscription)
        return created

    handler["create"] = create
