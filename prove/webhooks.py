"""Webhooks as their sender signs them, according to Standard Webhooks 1.0.0.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (read 2026-11-28)
"""

import base64
import hashlib
import hmac
import time
import uuid


def signed(secret: str, text: str, id: str = "", seconds: int = 0) -> dict[str, str]:
    """Return the headers of a webhook with this body; `seconds` is the distance of its timestamp from the current time."""
    id, timestamp = id or str(uuid.uuid4()), str(int(time.time()) + seconds)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{id}.{timestamp}.{text}".encode(), hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}
