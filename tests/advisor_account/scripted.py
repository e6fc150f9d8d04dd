"""An account whose answers are written down: botocore's Stubber in front of every client."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.stub import Stubber

from advisor_account.session import Account

REGION = "ap-northeast-1"
NUMBER = "111122223333"


class Script:
    """What an account answers, call by call in the order in which they are said."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._stubbers: dict[str, Stubber] = {}

    def answer(self, service: str, operation: str, answer: dict[str, Any], expected: Any = None) -> None:
        self._stubber(service).add_response(operation, answer, expected)

    def refuse(self, service: str, operation: str, code: str, message: str = "") -> None:
        self._stubber(service).add_client_error(operation, code, message)

    def _stubber(self, service: str) -> Stubber:
        if service not in self._stubbers:
            self._stubbers[service] = Stubber(self.account.client(service))
            self._stubbers[service].activate()
        return self._stubbers[service]

    def done(self) -> None:
        for stubber in self._stubbers.values():
            stubber.assert_no_pending_responses()


@contextmanager
def scripted(region: str = REGION) -> Iterator[Script]:
    """An account that answers what is said, and was asked all of it."""
    session = boto3.Session(aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="example", region_name=region)
    script = Script(Account(session, region))
    yield script
    script.done()
