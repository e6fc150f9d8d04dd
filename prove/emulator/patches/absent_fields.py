"""An HTTP API omits absent fields of an event; the emulator sets null, which Powertools for TypeScript refuses."""

from typing import Any

from ministack.services import apigateway


def install() -> None:
    """Remove null fields at the top level of an event of format 2.0."""
    run = apigateway.run_reentrant

    async def ran(function: Any, record: Any, event: Any, *rest: Any, **options: Any) -> Any:
        if isinstance(event, dict) and event.get("version") == "2.0":
            event = {key: value for key, value in event.items() if value is not None}
        return await run(function, record, event, *rest, **options)

    apigateway.run_reentrant = ran
