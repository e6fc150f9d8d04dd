"""Lambda function URLs."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.parts.lambda_ import qualified
from blueprints.shared.function_releases import alias_of
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Json, Scope
from blueprints.traits import cloudfront
from blueprints.traits.function_releases import ALIAS, published
from blueprints.values import Att, Fn, Ref, Value

carried(["client"], ["request"], ["lambda-function-url"], by="target")


def _host(scope: Scope, node: Node) -> Value:
    """Return the host name of the URL, which is its third part between slashes."""
    return Fn("Select", [2, Fn("Split", ["/", Att(scope.name(node.id), "FunctionUrl")])])


@service("lambda-function-url", url=own("FunctionUrl"), host=_host)
def function_url(scope: Scope, node: Node) -> None:
    """A function URL with IAM authentication, unless the API is public and no CloudFront distribution signs its requests."""
    edges = scope.architecture.leaving(node.id, "invoke")
    target = scope.name(edges[0].target)
    gradual = published(scope.architecture.node(edges[0].target))
    qualifier = {"Qualifier": ALIAS} if gradual else {}
    delivered = cloudfront.delivered(scope.architecture, node.id) is not None
    checked = delivered or bool(scope.architecture.leaving(node.id, "authorize"))
    streams = settings.flag(node, "streaming")
    properties = {
        "TargetFunctionArn": Att(target, "Arn"),
        **qualifier,
        "AuthType": "AWS_IAM" if checked else "NONE",
        "InvokeMode": "RESPONSE_STREAM" if streams else "BUFFERED",
    }
    id = scope.name(node.id)
    # The name of an alias is no reference to it: without this, the address may be made before it.
    scope.add(id, "AWS::Lambda::Url", properties, node=node.id, depends=[alias_of(target).name] if gradual else [])
    words = "URL of the function, which only CloudFront may call" if delivered else "URL of the function"
    scope.output(f"{id}Address", Att(id, "FunctionUrl"), words)


@connection(["lambda-function-url"], "invoke", ["lambda"])
def url_invokes(scope: Scope, edge: Edge) -> None:
    """Allow callers of the URL to invoke the function: Lambda requires both actions, the second only through the URL."""
    url = scope.main(edge.source)
    kind = scope.properties(url)["AuthType"]
    by = _callers(scope, edge.source, kind)
    caller = {"FunctionName": qualified(scope, scope.architecture.node(edge.target)), **by}
    by_url = {"Action": "lambda:InvokeFunctionUrl", **caller}
    if "SourceArn" not in by:
        by_url["FunctionUrlAuthType"] = kind
    scope.add(f"{url}Permission", "AWS::Lambda::Permission", by_url, edge=edge.id)
    invoking = {"Action": "lambda:InvokeFunction", **caller, "InvokedViaFunctionUrl": True}
    scope.add(f"{url}InvokePermission", "AWS::Lambda::Permission", invoking, edge=edge.id)


def _callers(scope: Scope, url: str, kind: str) -> Json:
    """Return who may call a URL: the distribution before it, or the principals of the account, or everybody.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
    (read 2026-11-30)
    """
    distribution = cloudfront.delivered(scope.architecture, url)
    if distribution is not None:
        source = cloudfront.distribution_arn(scope.name(distribution.id))
        return {"Principal": cloudfront.PRINCIPAL, "SourceArn": source}
    return {"Principal": Ref("AWS::AccountId") if kind == "AWS_IAM" else "*"}


@connection(["lambda-function-url"], "authorize", ["iam-auth"])
def url_checks_signatures(scope: Scope, edge: Edge) -> None:
    """The URL requires IAM authentication."""
    url = scope.main(edge.source)
    scope.carry(url, edge.id)
    scope.also(url, edge.target)
