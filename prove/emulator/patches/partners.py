"""Plain HTTP on the loopback interface replaces the HTTPS of a partner: topics call `https://127.0.0.1` without TLS."""

from typing import Any

from ministack.services import sns

HERE = "https://127.0.0.1:"


def _plain(address: str) -> str:
    return address.replace("https:", "http:", 1) if address.startswith(HERE) else address


def install() -> None:
    """Replace the scheme of the URL where a topic delivers or requests a confirmation."""
    deliver, ask = sns._deliver_to_http, sns._send_subscription_confirmation

    async def plainly(address: str, *rest: Any, **options: Any) -> Any:
        return await deliver(_plain(address), *rest, **options)

    async def ask_plainly(topic: str, subscription: dict[str, Any]) -> Any:
        return await ask(topic, {**subscription, "endpoint": _plain(subscription["endpoint"])})

    sns._deliver_to_http, sns._send_subscription_confirmation = plainly, ask_plainly
