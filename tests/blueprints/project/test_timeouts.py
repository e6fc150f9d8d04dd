"""Timeouts of calls: bounded by the time of the program, and as the SDK for Python keeps them."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ReadTimeoutError

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints.project.programs.timeouts import (
    ATTEMPTS,
    LEAST_READ_S,
    MOST_READ_S,
    MOST_TRANSFER_S,
    Timeout,
    delays_s,
    timeouts_within,
    used,
)

LIMITS = (3, 5, 8, 10, 12, 15, 29, 30, 36, 60, 120, 900)


@pytest.mark.parametrize("limit_s", LIMITS)
def test_all_attempts_end_before_the_limit(limit_s: int) -> None:
    found = timeouts_within(limit_s, "")
    for timeout in (found.call, found.transfer, found.data_api, found.invoke, found.statement):
        assert 0 < timeout.longest_s < limit_s


@pytest.mark.parametrize("limit_s", [limit for limit in LIMITS if limit >= 10])
def test_a_call_is_tried_again_and_has_time_to_answer(limit_s: int) -> None:
    found = timeouts_within(limit_s, "").call
    assert found.attempts in ATTEMPTS
    assert LEAST_READ_S <= found.read_s <= MOST_READ_S


def test_a_long_time_of_the_program_does_not_make_calls_longer_than_sensible() -> None:
    assert timeouts_within(900, "").call == timeouts_within(100, "").call
    assert timeouts_within(900, "").transfer.read_s == MOST_TRANSFER_S


def test_records_of_a_batch_share_the_time() -> None:
    assert timeouts_within(36, "", shared=10).call == timeouts_within(10, "").call


def test_work_of_another_program_is_awaited_and_sent_once() -> None:
    found = timeouts_within(29, "", awaited_s=10).invoke
    assert (found.read_s, found.attempts) == (11, 1)
    # What may take as long as its caller is awaited until the caller has to answer.
    late = timeouts_within(30, "", awaited_s=30).invoke
    assert 20 < late.longest_s < 30


def test_waiting_for_a_paused_database_leaves_less_time() -> None:
    waits = (1, 2, 3, 4, 5, 5)
    found = timeouts_within(29, "", waits_s=waits).data_api
    assert sum(waits) + found.longest_s < 29


@pytest.mark.parametrize("limit_s", LIMITS)
def test_a_new_connection_and_its_statement_end_before_the_limit(limit_s: int) -> None:
    """The driver for Python limits both by the same time."""
    found = timeouts_within(limit_s, "").statement
    assert 1 <= found.connect_s <= min(3, found.read_s)
    assert 2 * found.read_s < limit_s


def test_delays_double_up_to_the_largest_of_the_sdk() -> None:
    assert [delays_s(attempts) for attempts in (1, 2, 3, 4)] == [0, 1, 3, 7]
    assert delays_s(8) - delays_s(7) == 20


def test_names_are_found_in_both_languages() -> None:
    assert used([b'boto3.client("sqs", config=timeouts.CALL)', b"import timeouts"]) == {"CALL"}
    assert used([b"import { unanswered } from './timeouts';", b"new S3Client(timeouts.TRANSFER)"]) == {
        "unanswered",
        "TRANSFER",
    }


@pytest.fixture
def silent() -> Iterator[str]:
    """Return the address of a server that accepts connections and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    held.append(server.accept()[0])
            except OSError:
                return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        for one in held:
            one.close()


def test_the_sdk_gives_up_within_the_longest_time_of_a_call(silent: str) -> None:
    timeout = Timeout(1, 1, 2)
    config = Config(
        connect_timeout=timeout.connect_s, read_timeout=timeout.read_s,
        retries={"mode": "standard", "total_max_attempts": timeout.attempts},
    )  # fmt: skip
    sqs = boto3.client(
        "sqs", "us-east-1", endpoint_url=silent, aws_access_key_id="a", aws_secret_access_key="b", config=config
    )
    start = time.monotonic()
    with pytest.raises(ReadTimeoutError):
        sqs.send_message(QueueUrl=f"{silent}/1/q", MessageBody="x")
    assert timeout.attempts * timeout.read_s <= time.monotonic() - start <= timeout.longest_s


def test_a_program_that_calls_no_aws_service_has_no_settings_of_its_client(book: Book) -> None:
    front = {"id": "front", "trigger": "request", "calls": ["back"]}
    back = {"id": "back", "trigger": "request", "steps": 3}
    files = blueprints.build(
        advise(make_requirements({"components": [front, back]}), book), "sam", lang="en", extras={}
    )
    module = files["src/front/timeouts.py"].decode()
    assert "ClientError" in module
    assert "Config" not in module
