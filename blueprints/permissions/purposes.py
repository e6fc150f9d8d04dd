"""The purpose of statements of which the sentence on their connection says too little."""

from advisor.architecture import Edge, Node
from advisor.text import EMPTY, Text
from blueprints.traits import cloudfront, traits_of
from blueprints.traits.lambda_function_url import TRAITS as URL

_MAPPED = Text("Lists the objects that the map processes", "マップが処理するオブジェクトを一覧表示する")
#: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html (read 2026-11-28)
_BOTH_ACTIONS = Text(
    "Allows invocations through the function URL only; a function URL requires both actions",
    "関数 URL を経由する呼び出しだけを許可する（関数 URL には両方のアクションの許可が必要）",
)
_EVERYBODY = Text("All callers (no IAM authentication)", "すべての呼び出し元（IAM 認証なし）")
_DISTRIBUTION = Text(
    "The CloudFront distribution before the function URL", "関数 URL の前段の CloudFront ディストリビューション"
)
_OF_ACCOUNT = Text("IAM principals of this account", "このアカウントの IAM プリンシパル")


def purpose(edge: Edge, actions: tuple[str, ...], resource: Node) -> Text:
    """Return the purpose of a statement: that of its only action, or the sentence on its connection."""
    if len(actions) != 1:
        return edge.sentence
    if edge.verb == "run" and actions == ("s3:ListBucket",):
        return _MAPPED
    return traits_of(resource.service).purposes.get(actions[0], edge.sentence)


def purpose_of_url(source: Node, edge: Edge, actions: tuple[str, ...]) -> Text:
    """Return the purpose of a permission of a function: the second one of a function URL has its own."""
    return _BOTH_ACTIONS if source.service == URL.service and actions == ("lambda:InvokeFunction",) else edge.sentence


def callers(source: Node, principal: str) -> Text:
    """Return whom a permission for a function URL lets in; empty for another source, which is the principal itself."""
    if source.service != URL.service:
        return EMPTY
    return {"*": _EVERYBODY, cloudfront.PRINCIPAL: _DISTRIBUTION}.get(principal, _OF_ACCOUNT)
