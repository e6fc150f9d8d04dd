"""Lambda function URLs."""

from advisor.architecture import Edge, Node
from blueprints import settings
from blueprints.parts.lambda_ import qualified
from blueprints.shared.function_releases import alias_of
from blueprints.stack.registry import carried, connection, own, service
from blueprints.stack.scope import Scope
from blueprints.traits.function_releases import ALIAS, published
from blueprints.values import Att, Ref

carried(["client"], ["request"], ["lambda-function-url"], by="target")


@service("lambda-function-url", url=own("FunctionUrl"))
def function_url(scope: Scope, node: Node) -> None:
    """A function URL with IAM authentication, unless the API is public."""
    edges = scope.architecture.leaving(node.id, "invoke")
    target = scope.name(edges[0].target)
    gradual = published(scope.architecture.node(edges[0].target))
    qualifier = {"Qualifier": ALIAS} if gradual else {}
    checked = bool(scope.architecture.leaving(node.id, "authorize"))
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
    scope.output(f"{id}Address", Att(id, "FunctionUrl"), "URL of the function")


@connection(["lambda-function-url"], "invoke", ["lambda"])
def url_invokes(scope: Scope, edge: Edge) -> None:
    """Allow callers of the URL to invoke the function: Lambda requires both actions, the second only through the URL."""
    url = scope.main(edge.source)
    kind = scope.properties(url)["AuthType"]
    caller = {
        "FunctionName": qualified(scope, scope.architecture.node(edge.target)),
        "Principal": Ref("AWS::AccountId") if kind == "AWS_IAM" else "*",
    }
    by_url = {"Action": "lambda:InvokeFunctionUrl", **caller, "FunctionUrlAuthType": kind}
    scope.add(f"{url}Permission", "AWS::Lambda::Permission", by_url, edge=edge.id)
    invoking = {"Action": "lambda:InvokeFunction", **caller, "InvokedViaFunctionUrl": True}
    scope.add(f"{url}InvokePermission", "AWS::Lambda::Permission", invoking, edge=edge.id)


@connection(["lambda-function-url"], "authorize", ["iam-auth"])
def url_checks_signatures(scope: Scope, edge: Edge) -> None:
    """The URL requires IAM authentication."""
    url = scope.main(edge.source)
    scope.carry(url, edge.id)
    scope.also(url, edge.target)
