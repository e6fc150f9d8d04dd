"""Plain HTTP on the loopback interface stands for the TLS of a real endpoint: `aws:SecureTransport` is true."""

from typing import Any

from ministack.core import iam_evaluator


def install() -> None:
    """Answer for this one condition key; all others are looked up as before."""
    look_up = iam_evaluator._resolve_condition_key

    def resolve(key: str, context: Any) -> Any:
        return "true" if key.lower() == "aws:securetransport" else look_up(key, context)

    iam_evaluator._resolve_condition_key = resolve
