"""Function URLs: a function's own HTTPS address, with what lets everybody call it where it checks nobody."""

from collections.abc import Iterator

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import NotLifted, Resource
from blueprints.cdk.modules import lambda_
from blueprints.cdk.tree import THIS, Let
from blueprints.values import Att, Ref

_FUNCTION = "AWS::Lambda::Function"
_PERMISSION = "AWS::Lambda::Permission"
_OPEN = "NONE"
_CHECKS = {"AWS_IAM": lambda_.FunctionUrlAuthType.AWS_IAM, _OPEN: lambda_.FunctionUrlAuthType.NONE}
_MODES = {"BUFFERED": lambda_.InvokeMode.BUFFERED, "RESPONSE_STREAM": lambda_.InvokeMode.RESPONSE_STREAM}


def _opened(lifter: Lifter, url: Resource) -> Iterator[Resource]:
    """Give the permissions by which everybody may call an address that checks nobody: the construct makes them."""
    if url.properties.get("AuthType") != _OPEN:
        return
    target = url.properties.get("TargetFunctionArn")
    for one in lifter.of_type(_PERMISSION):
        called = {"FunctionUrlAuthType", "InvokedViaFunctionUrl"} & set(one.properties)
        if called and isinstance(target, Att) and one.properties.get("FunctionName") == Ref(target.resource):
            yield one


@lift("AWS::Lambda::Url", ref="function_arn", members={"FunctionUrl": "url"}, absorbs=(_opened,))
def url(lifter: Lifter, resource: Resource) -> Statements:
    """A function's own HTTPS address; where it checks nobody, everybody may call it."""
    named = resource.take("TargetFunctionArn")
    of = lifter.construct(named, _FUNCTION, "Arn")
    allowed = [one.rest() for one in resource.of_type(_PERMISSION)]
    everybody = {"FunctionName": Ref(named.resource), "Principal": "*"}
    by_address = {"Action": "lambda:InvokeFunctionUrl", **everybody, "FunctionUrlAuthType": _OPEN}
    invoking = {"Action": "lambda:InvokeFunction", **everybody, "InvokedViaFunctionUrl": True}
    if allowed != ([by_address, invoking] if resource.properties["AuthType"] == _OPEN else []):
        raise NotLifted(f"{resource.where} is open to everybody by {allowed!r}")
    made = lambda_.FunctionUrl(
        THIS,
        resource.id,
        function=of,
        auth_type=resource.choose("AuthType", _CHECKS),
        invoke_mode=resource.choose("InvokeMode", _MODES),
    )
    yield Let(lifter.name(resource), made)
