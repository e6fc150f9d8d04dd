"""Clients with which generated programs send messages and start others, which record these calls."""

import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from prove.behaviour.running.cloud import Cloud, Json, Sent

#: The secret with which a sender signs its webhooks.
SIGNING_SECRET = "whsec_YSBzZW5kZXIncyBrZXkgb2YgdGhlIHByb29m"


class Messages:
    """Recording clients of SQS, SNS, EventBridge, Kinesis, Firehose and SES."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def _send(self, channel: str, text: Any, group: str = "", attributes: Json | None = None) -> None:
        words = text.decode() if isinstance(text, bytes) else str(text)
        sent = Sent(self._cloud.program, channel, words, group, attributes or {})
        self._cloud.sent.append(sent)
        self._cloud.told.append(sent)

    def send_message(self, QueueUrl: str, MessageBody: str, MessageGroupId: str = "", **_options: Any) -> Json:
        """Send to a queue."""
        self._send(QueueUrl, MessageBody, MessageGroupId)
        return {}

    def send_message_batch(self, QueueUrl: str, Entries: list[Json]) -> Json:
        """Send several messages to a queue."""
        for entry in Entries:
            self._send(QueueUrl, entry["MessageBody"], entry.get("MessageGroupId", ""))
        return {"Successful": [{"Id": entry["Id"]} for entry in Entries]}

    def receive_message(self, QueueUrl: str, **_options: Any) -> Json:
        """Return the messages of a queue."""
        waiting, self._cloud.queued[QueueUrl] = self._cloud.queued.get(QueueUrl, []), []
        return {"Messages": waiting}

    def delete_message(self, **_options: Any) -> Json:
        """Remove a message that was delivered."""
        return {}

    def publish(self, TopicArn: str, Message: str, MessageGroupId: str = "", **options: Any) -> Json:
        """Publish to a topic."""
        self._send(TopicArn, Message, MessageGroupId, options.get("MessageAttributes", {}))
        return {}

    def publish_batch(self, TopicArn: str, PublishBatchRequestEntries: list[Json]) -> Json:
        """Publish several messages to a topic."""
        for entry in PublishBatchRequestEntries:
            group, attributes = entry.get("MessageGroupId", ""), entry.get("MessageAttributes", {})
            self._send(TopicArn, entry["Message"], group, attributes)
        return {"Successful": [{"Id": entry["Id"]} for entry in PublishBatchRequestEntries]}

    def put_events(self, Entries: list[Json]) -> Json:
        """Publish events to a bus."""
        for entry in Entries:
            attributes = {"source": entry["Source"], "detail-type": entry["DetailType"]}
            self._send(entry["EventBusName"], entry["Detail"], attributes=attributes)
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in Entries]}

    def put_record(self, **options: Any) -> Json:
        """Put a record into a Kinesis or Firehose stream."""
        data = options["Data"] if "Data" in options else options["Record"]["Data"]
        self._send(options.get("StreamName") or options["DeliveryStreamName"], data, options.get("PartitionKey", ""))
        return {}

    def put_records(self, StreamName: str, Records: list[Json]) -> Json:
        """Put several records into a Kinesis stream."""
        for record in Records:
            self._send(StreamName, record["Data"], record["PartitionKey"])
        return {"FailedRecordCount": 0, "Records": [{"SequenceNumber": "1"} for _ in Records]}

    def send_email(self, **options: Any) -> Json:
        """Send a mail."""
        self._send("mail", json.dumps(options))
        return {}


class Starts:
    """The clients of Step Functions, Lambda and Secrets Manager."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

        class Already(Exception):
            pass

        names = ("ExecutionAlreadyExists", "DurableExecutionAlreadyStartedException", "ResourceNotFoundException")
        self.exceptions = SimpleNamespace(**dict.fromkeys(names, Already))

    def _named(self, resource: str, name: str) -> None:
        """Refuse the name of an execution that was started before, as Step Functions and Lambda do."""
        if name and (resource, name) in self._cloud.executions:
            raise self.exceptions.ExecutionAlreadyExists
        self._cloud.executions.add((resource, name))

    def start_execution(self, stateMachineArn: str, input: str, name: str = "", **_options: Any) -> Json:
        """Note that a state machine was started."""
        self._named(stateMachineArn, name)
        self._cloud.started.append((stateMachineArn, json.loads(input)))
        return {}

    def describe_execution(self, **_options: Any) -> Json:
        """Return the status of an execution that was started before: none of them has failed."""
        return {"status": "RUNNING"}

    def start_sync_execution(self, stateMachineArn: str, input: str, **_options: Any) -> Json:
        """Note that a workflow was run."""
        self._cloud.started.append((stateMachineArn, json.loads(input)))
        return {"status": "SUCCEEDED", "output": "{}"}

    def invoke(self, FunctionName: str, Payload: bytes, DurableExecutionName: str = "", **_options: Any) -> Json:
        """Note that a function was called."""
        self._named(FunctionName, DurableExecutionName)
        self._cloud.started.append((FunctionName, json.loads(Payload)))
        return {"Payload": io.BytesIO(b'{"id": "answer"}')}

    def get_secret_value(self, SecretId: str = "", **_options: Any) -> Json:
        """Return a secret: that of a sender of webhooks, or the password of a database user."""
        if "SigningSecret" in SecretId:
            return {"SecretString": SIGNING_SECRET, "CreatedDate": datetime(2026, 1, 1, tzinfo=UTC)}
        return {"SecretString": json.dumps({"username": "app", "password": "secret"})}
