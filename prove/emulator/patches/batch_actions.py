"""Batches of messages need the permission for one: IAM has no actions such as `sqs:ChangeMessageVisibilityBatch`.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html (read on 2026-11-28)
"""

from typing import Any

from ministack.core import iam_actions


def install() -> None:
    """Ask IAM about the action on one message where a request has several."""
    extract = iam_actions.extract_iam_action

    def action(service: str, *rest: Any) -> str | None:
        name: str | None = extract(service, *rest)
        return name.removesuffix("Batch") if name and service == "sqs" else name

    iam_actions.extract_iam_action = action
