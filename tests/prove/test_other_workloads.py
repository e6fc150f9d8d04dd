"""The tier `policy` asks about resources of another workload, whose names a wildcard of the own ones does not match."""

from fnmatch import fnmatchcase

import pytest

from prove.live.policy import _of_another_workload


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("arn:aws:ecs:eu-west-1:0:task-definition/shop_work:thing", "arn:aws:ecs:eu-west-1:0:task-definition/shop_work:*"),
        ("arn:aws:s3:::uploads/thing", "arn:aws:s3:::uploads/*"),
        ("arn:aws:sqs:eu-west-1:0:orders", "arn:aws:sqs:eu-west-1:0:orders"),
    ],
)  # fmt: skip
def test_a_resource_of_another_workload_is_not_allowed(asked: str, allowed: str) -> None:
    assert fnmatchcase(asked, allowed)
    assert not fnmatchcase(_of_another_workload(asked), allowed)
