"""Runtimes near their end are worth a note, on the day on which they come near."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from advisor.book import Book
from advisor_account.runtimes import WARNING_PERIOD, check_runtimes


def template(runtime: str) -> dict[str, Any]:
    return {
        "Parameters": {"Version": {"Default": "1.36"}},
        "Resources": {
            "F": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": runtime}},
            "G": {"Type": "AWS::Lambda::Function", "Properties": {"PackageType": "Image"}},
            "C": {"Type": "AWS::EKS::Cluster", "Properties": {"Version": {"Ref": "Version"}}},
        },
    }


@pytest.mark.parametrize(("days", "state"), [(0, "fine"), (1, "warned"), (1000, "warned")])
def test_half_a_year_before_the_end_is_near(book: Book, days: int, state: str) -> None:
    ends = date.fromisoformat(str(book.facts["lambda-runtime-python3-13"].value(book.newest)))
    day = datetime.combine(ends - WARNING_PERIOD + timedelta(days=days), datetime.min.time(), UTC)
    runtime, cluster = check_runtimes(template("python3.13"), book, day)
    assert (runtime.about.en, runtime.state) == ("Lambda runtime python3.13", state)
    assert "2029" in runtime.words.en
    assert cluster.about.en == "Kubernetes 1.36"


def test_a_runtime_that_the_book_does_not_know_is_said(book: Book) -> None:
    found = next(iter(check_runtimes(template("cobol1"), book, datetime(2026, 11, 25, tzinfo=UTC))))
    assert found.state == "unknown"
