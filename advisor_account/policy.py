"""The least-privilege policy of a preflight, derived from the tables of its API calls."""

from typing import Any

from advisor_account.changeset import FOLDER, STACK_SUFFIX
from advisor_account.data import table
from advisor_account.session import action_of

Json = dict[str, Any]
_ALWAYS = (
    "cloudformation:DescribeStacks",
    "cloudwatch:GetMetricStatistics",
    "servicequotas:GetAWSDefaultServiceQuota",
    "servicequotas:GetServiceQuota",
)
_CHANGE_SET = (
    "CreateChangeSet",
    "DeleteChangeSet",
    "DeleteStack",
    "DescribeChangeSet",
    "DescribeEvents",
    "DescribeStacks",
)


def read_policy() -> Json:
    """Return the policy of a preflight without a change set, which is read-only."""
    rows = [row["count"] for row in table("quotas.yaml")["quotas"] if "count" in row]
    rows += table("names.yaml")["names"].values()
    actions = {action_of(row["client"], _operation(row["operation"])) for row in rows}
    parameters = "arn:aws:ssm:*:*:parameter/aws/service/global-infrastructure/*"
    return _policy(
        _allow("Read", sorted(actions | set(_ALWAYS)), "*"),
        _allow("ReadRegions", ["ssm:GetParametersByPath"], parameters),
    )


def change_set_policy() -> Json:
    """Return the additional permissions of a change set: stacks with its suffix, and its folder in BUCKET."""
    return _policy(
        _allow(
            "ChangeSet",
            [f"cloudformation:{name}" for name in _CHANGE_SET],
            f"arn:aws:cloudformation:*:*:stack/*{STACK_SUFFIX}/*",
        ),
        _allow("Template", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], f"arn:aws:s3:::BUCKET/{FOLDER}/*"),
    )


def _operation(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _allow(sid: str, actions: list[str], resource: str) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def _policy(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}
