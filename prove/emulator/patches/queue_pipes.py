"""Pipes read queues; the emulator reads streams of tables only.

A record is the message with its attributes, as it was sent:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html (read 2026-12-02).
"""

from typing import Any

from ministack.services import pipes, sqs


def install() -> None:
    """Deliver the messages of a queue to the target of a pipe, and delete them once it has taken them."""
    pipes._poll_pipe = _polled(pipes._poll_pipe)


def _polled(poll: Any) -> Any:
    def polled(tables: Any, pipe: dict[str, Any], account: str) -> None:
        source = str(pipe.get("Source", ""))
        if ":sqs:" not in source or pipe.get("CurrentState") != "RUNNING":
            poll(tables, pipe, account)
            return
        queue = sqs._queue_url(source.rsplit(":", 1)[-1])
        most = pipe.get("SourceParameters", {}).get("SqsQueueParameters", {}).get("BatchSize", 1)
        while messages := sqs._receive_messages_for_esm(queue, most):
            if not pipes._deliver_batch(pipe, [_record(message, source) for message in messages]):
                return
            sqs._delete_messages_for_esm(queue, {message["receipt_handle"] for message in messages})

    return polled


def _record(message: dict[str, Any], queue: str) -> dict[str, Any]:
    return {
        "messageId": message["id"],
        "receiptHandle": message["receipt_handle"],
        "body": message["body"],
        "attributes": {},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": queue,
    }
