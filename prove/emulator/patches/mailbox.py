"""Messages of a topic to people (e-mail, text message, push) are kept in a file; the emulator drops them."""

import json
import os
from pathlib import Path
from typing import Any

from ministack.services import sns

#: A line of JSON per message. Given by `prove.emulator.process`.
FILE = "PROVE_MAILBOX"
TO_PEOPLE = ("email", "email-json", "sms", "application")


def install() -> None:
    """Write down what goes to people when a topic hands its message around."""
    mailbox = Path(os.environ[FILE])
    hand_around = sns._fanout

    def fanout(topic: str, id: str, message: str, subject: str, *rest: Any, **more: Any) -> Any:
        known = sns._topic_by_arn_any_scope(topic) or {}
        with mailbox.open("a", encoding="utf-8") as file:
            for one in known.get("subscriptions", ()):
                if one.get("protocol") in TO_PEOPLE:
                    kept = {"protocol": one["protocol"], "to": one["endpoint"], "topic": topic, "message": message}
                    file.write(json.dumps(kept) + "\n")
        return hand_around(topic, id, message, subject, *rest, **more)

    sns._fanout = fanout
