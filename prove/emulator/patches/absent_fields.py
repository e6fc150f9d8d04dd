"""An HTTP API leaves out what a request does not have; the emulator says null, which Powertools for TypeScript refuses."""

from typing import Any

from ministack.services import apigateway


def install() -> None:
    """Take away what is null on top of an event of the second format."""
    run = apigateway.run_reentrant

    async def ran(function: Any, record: Any, event: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(event, dict) and event.get("version") == "2.0":
            event = {key: value for key, value in event.items() if value is not None}
        return await run(function, record, event, *rest, **more)

    apigateway.run_reentrant = ran
