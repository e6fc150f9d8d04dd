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
#: What the migrations call through the Data API, in `scripts/databases.py`.
_STATEMENTS = ("ExecuteStatement", "BeginTransaction", "CommitTransaction", "RollbackTransaction")
_READING = ("cloudformation:DescribeStacks", "cloudformation:ListStackResources", "sns:ListSubscriptionsByTopic")


def release_permissions(plan: Plan, shared: Mapping[str, Any], lang: Lang) -> str:
    """Return the sentences with the actions that the deployment role needs for the commands of the Makefile."""
    tests = Text("the actions that the tests in `integration/` call", "`integration/` のテストが呼び出すアクション")
    called = listed([*map(_code, (*_READING, *_further(shared))), tests])
    needed = Text(
        f"For the other commands of `make deploy` and `make verify`, it also needs {called.en}.",
        f"`make deploy` と `make verify` がデプロイ以外に実行するコマンドには、{called.ja}も必要です。",
    )
    said = [needed, *_steps(plan, shared)]
    return Text(" ".join(one.en for one in said), "".join(one.ja for one in said)).in_(lang)


def _further(shared: Mapping[str, Any]) -> Iterator[str]:
    """Yield the actions of commands that need one each."""
    if shared["invoked"]:
        yield "lambda:InvokeFunction"
    if shared["distributed"]:
        yield "dsql:DbConnectAdmin"
    if shared["kubernetes"]:
        yield "eks:DescribeCluster"


def _steps(plan: Plan, shared: Mapping[str, Any]) -> Iterator[Text]:
    """Yield a sentence for each further step that a project has, with its actions."""
    if shared["images"]:
        push = listed([_code(one) for one in ("ecr:GetAuthorizationToken", *(f"ecr:{one}" for one in _PUSHING))])
        yield Text(f"To push the images, it needs {push.en}.", f"イメージのプッシュには、{push.ja} が必要です。")
    site = site_values(plan)
    if site is not None:
        put = listed([_code("s3:PutObject"), *([_code("cloudfront:CreateInvalidation")] * bool(site["distribution"]))])
        yield Text(f"To publish the website, it needs {put.en}.", f"Web サイトの公開には、{put.ja} が必要です。")
    if shared["serverless"]:
        data, secrets = (
            listed([_code(f"rds-data:{one}") for one in _STATEMENTS]),
            _code("secretsmanager:GetSecretValue"),
        )
        owners = Text("secret of the administrator", "管理者のシークレット")
        if shared["serverless_secrets"]:
            owners = Text(
                "secrets of the administrator and of the database users", "管理者と各データベースユーザーのシークレット"
            )
        yield Text(
            f"For the migrations, it needs {data.en} on the database cluster, and {secrets.en} on the {owners.en}.",
            f"マイグレーションには、データベースクラスターに対する {data.ja} と、{owners.ja}に対する {secrets.ja} が必要です。",
        )


def _code(action: str) -> Text:
    return Text.same(f"`{action}`")
