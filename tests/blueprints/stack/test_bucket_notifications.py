"""A bucket that notifies a queue: whom the queue admits, in which order they are made, and the key of both."""

import json
from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.traits.s3 import known_name
from tests.blueprints.templates import of_type
from tests.blueprints.translation import translated

ANSWERS: dict[str, Any] = {
    "components": [{"id": "read", "trigger": "message", "listens_to": "arrivals", "reads": ["files"]}],
    "channels": [{"id": "arrivals", "carries": "event", "source": "aws-service"}],
    "stores": [{"id": "files", "access": "objects"}],
}


def design(book: Book, **workload: Any) -> Design:
    return advise(make_requirements({**ANSWERS, "workload": workload}), book)


def template(book: Book, **workload: Any) -> dict[str, Any]:
    return translated(blueprints.build(design(book, **workload), "sam", lang="en", extras={}))


def test_the_queue_admits_the_bucket_before_the_bucket_is_made(book: Book) -> None:
    resources = template(book)["Resources"]
    bucket = resources["FilesBucket"]
    assert bucket["DependsOn"] == ["ArrivalsQueuePolicy"]
    queue = {"Fn::GetAtt": ["ArrivalsQueue", "Arn"]}
    notified = [{"Event": "s3:ObjectCreated:*", "Queue": queue}]
    assert bucket["Properties"]["NotificationConfiguration"] == {"QueueConfigurations": notified}
    policy = resources["ArrivalsQueuePolicy"]["Properties"]
    # A reference to the bucket would be a cycle.
    assert "FilesBucket" not in json.dumps(policy).replace("AllowFilesBucketSend", "")
    [statement] = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    assert "filesbucket-" in json.dumps(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
    assert "filesbucket-" in json.dumps(bucket["Properties"]["BucketName"])
    assert "AWS::StackId" in json.dumps(bucket["Properties"]["BucketName"])


def test_s3_uses_the_key_of_the_queue(book: Book) -> None:
    ((_, key),) = [
        one for one in of_type(template(book, customer_managed_keys=True), "AWS::KMS::Key") if one[0] == "DataKey"
    ]
    [statement] = [one for one in key["KeyPolicy"]["Statement"] if one["Sid"] == "AllowBucketsToNotify"]
    assert statement["Principal"] == {"Service": "s3.amazonaws.com"}
    assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]


def test_the_name_of_a_bucket_fits(book: Book) -> None:
    name = known_name("ABucketWithAVeryLongNameThatWouldNotFit")
    assert len(str(name.parts[0])) + 36 <= 63
    assert known_name("QuarterlyStatementDocumentsEuBucket") != known_name("QuarterlyStatementDocumentsUsBucket")


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_every_target_notifies_the_queue_without_a_function_of_its_own(target: str, book: Book) -> None:
    files = blueprints.build(design(book), target, lang="ja", extras={})
    programs = b"".join(content for path, content in files.items() if path.endswith((".py", ".ts", ".yaml")))
    assert b"s3:ObjectCreated:*" in programs
    assert b"addEventNotification" not in programs
    assert b"add_event_notification" not in programs
