"""Messages of a topic to people (email, SMS, push) are written to a file; the emulator drops them."""

import json
import os
from pathlib import Path
from typing import Any

from ministack.services import sns

#: A line of JSON per message. Given by `prove.emulator.process`.
FILE = "PROVE_MAILBOX"
TO_PEOPLE = ("email", "email-json", "sms", "application")


def install() -> None:
    """Write the messages to people when a topic delivers to its subscriptions."""
    mailbox = Path(os.environ[FILE])
    original = sns._fanout

    def fanout(topic: str, id: str, message: str, subject: str, *rest: Any, **options: Any) -> Any:
        topic_record = sns._topic_by_arn_any_scope(topic) or {}
        with mailbox.open("a", encoding="utf-8") as file:
            for subscription in topic_record.get("subscriptions", ()):
                if subscription.get("protocol") in TO_PEOPLE:
                    entry = {
                        "protocol": subscription["protocol"],
                        "to": subscription["endpoint"],
                        "topic": topic,
                        "message": message,
                    }
                    file.write(json.dumps(entry) + "\n")
        return original(topic, id, message, subject, *rest, **options)

    sns._fanout = fanout
