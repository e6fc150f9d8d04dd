"""Plain HTTP on the loopback interface replaces the TLS of a real endpoint: `aws:SecureTransport` is true."""

from typing import Any

from ministack.core import iam_evaluator


def install() -> None:
    """Set this condition key; all others are unchanged."""
    look_up = iam_evaluator._resolve_condition_key

    def resolve(key: str, context: Any) -> Any:
        return "true" if key.lower() == "aws:securetransport" else look_up(key, context)

    iam_evaluator._resolve_condition_key = resolve
