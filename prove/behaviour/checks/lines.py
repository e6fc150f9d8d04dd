"""Lines: the records in an object of a data lake are separated where their source does not end them with a line break.

https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html (read 2026-11-29)
"""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import ids_in

STREAM, RULE = "AWS::KinesisFirehose::DeliveryStream", "AWS::Events::Rule"
_SEPARATES = "AppendDelimiterToRecord"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield delivery streams that write records of a Kinesis stream or a bus one after the other on one line."""
    sent = ids_in([dict(rule.properties).get("Targets") for rule in evidence.stack.of_type(RULE)])
    for stream in evidence.stack.of_type(STREAM):
        properties: Any = dict(stream.properties)
        processing = properties.get("ExtendedS3DestinationConfiguration", {}).get("ProcessingConfiguration", {})
        separated = any(one["Type"] == _SEPARATES for one in processing.get("Processors", ()))
        if ("KinesisStreamSourceConfiguration" in properties or stream.id in sent) and not separated:
            message = "Its records follow one another on one line, which no reader of lines can take apart."
            yield Problem("records-run-together", stream.id, message, STREAM)
