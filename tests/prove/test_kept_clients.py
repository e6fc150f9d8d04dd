"""Clients of which what stays is kept: they do what other clients do, and each emulation of AWS begins empty."""

import json
import subprocess
from pathlib import Path

DRIVERS = Path(__file__).parents[2] / "prove" / "drivers"
SCRIPT = """\
import functools, json, os, sys
import boto3, botocore.hooks
from moto import mock_aws

sys.path.insert(0, sys.argv[1])
import kept_clients

class Handler:
    def named(self, request): ...
    def any(self, **words): ...

@functools.wraps(Handler.named)
def wrapped(*all, **words): ...

FUNCTIONS = [
    Handler().named, Handler().any, Handler.named, lambda **words: 0, lambda a: 0, wrapped, Handler,
    functools.partial(Handler.named, None), functools.partial(lambda **words: 0),
]
os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")

def seen():
    found = []
    for region in ("us-east-1", "eu-west-1"):
        with mock_aws():
            table = boto3.resource("dynamodb", region_name=region).create_table(
                TableName="t", KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST",
            )
            table.put_item(Item={"pk": "a"}, ConditionExpression="attribute_not_exists(pk)")
            client = table.meta.client
            try:
                table.put_item(Item={"pk": "a"}, ConditionExpression="attribute_not_exists(pk)")
            except client.exceptions.ConditionalCheckFailedException as error:
                found.append(type(error).__name__)
            queue = boto3.client("sqs", region_name=region)
            found += [client.meta.endpoint_url, queue.create_queue(QueueName="q")["QueueUrl"], client.list_tables()["TableNames"]]
            found += [queue.list_queues().get("QueueUrls"), hasattr(boto3.client("s3"), "upload_file"), hasattr(queue, "upload_file")]
    return [*found, [bool(botocore.hooks.accepts_kwargs(function)) for function in FUNCTIONS]]

before = seen()
kept_clients.keep_what_stays()
print(json.dumps([before, seen(), seen()]))
"""


def test_a_client_of_kept_parts_does_what_another_does(project_python: Path) -> None:
    command = [str(project_python), "-c", SCRIPT, str(DRIVERS)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    before, first, second = json.loads(run.stdout)
    assert before == first == second
    assert before[0] == "ConditionalCheckFailedException"
    assert before[-1] == [False, True, False, True, False, True, False, False, True]
    assert "https://dynamodb.eu-west-1.amazonaws.com" in before
