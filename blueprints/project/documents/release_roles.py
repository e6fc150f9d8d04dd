"""The permissions that the commands of `make deploy` and `make verify` need besides the deployment of the stack.

Pushes to Amazon ECR: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html (read 2026-12-01).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.text import Lang, Text
from advisor.vocabulary.formats import listed
from blueprints.plan import Plan
from blueprints.project.site import site_values

_PUSHING = ("DescribeRepositories", "DescribeImages", "BatchCheckLayerAvailability", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage", "BatchGetImage")  # fmt: skip
_READING = ("cloudformation:DescribeStacks", "cloudformation:ListStackResources", "sns:ListSubscriptionsByTopic")


def release_permissions(plan: Plan, shared: Mapping[str, Any], lang: Lang) -> str:
    """Return the sentence with the actions that the deployment role needs for the commands of the Makefile."""
    return _sentence(listed([_code(*_READING), *_further(plan, shared)])).in_(lang)


def _sentence(actions: Text) -> Text:
    return Text(
        f"For the other commands of `make deploy` and `make verify`, it also needs {actions.en}, and the actions that the tests "
        "in `integration/` call.",
        f"`make deploy` と `make verify` のほかのコマンドには、{actions.ja} と、`integration/` のテストが呼び出すアクションも必要です。",
    )


def _further(plan: Plan, shared: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the actions of each step that a project has."""
    if shared["images"]:
        push = _code("ecr:GetAuthorizationToken", *(f"ecr:{one}" for one in _PUSHING))
        yield Text(f"{push.en} (image repositories)", f"{push.ja}（イメージリポジトリ）")
    site = site_values(plan)
    if site is not None:
        put = _code("s3:PutObject")
        yield Text(f"{put.en} (website bucket)", f"{put.ja}（Web サイトのバケット）")
        if site["distribution"]:
            yield _code("cloudfront:CreateInvalidation")
    if shared["invoked"]:
        yield _code("lambda:InvokeFunction")
    if shared["serverless"]:
        yield _code("rds-data:*", "secretsmanager:GetSecretValue")
    if shared["distributed"]:
        yield _code("dsql:DbConnectAdmin")
    if shared["kubernetes"]:
        yield _code("eks:DescribeCluster")


def _code(*actions: str) -> Text:
    quoted = [f"`{action}`" for action in actions]
    return Text(", ".join(quoted), "、".join(quoted))
