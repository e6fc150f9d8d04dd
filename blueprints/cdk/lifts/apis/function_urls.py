"""Function URLs, with the permissions of a public URL."""

from collections.abc import Iterator

from blueprints.cdk.lifting.lifter import Lifter, Statements
from blueprints.cdk.lifting.registry import lift
from blueprints.cdk.lifting.resource import NotLifted, Resource
from blueprints.cdk.lifts.compute.releases import invoked
from blueprints.cdk.modules import lambda_
from blueprints.cdk.tree import THIS, Let
from blueprints.values import Att, Ref

_PERMISSION = "AWS::Lambda::Permission"
_OPEN = "NONE"
_CHECKS = {"AWS_IAM": lambda_.FunctionUrlAuthType.AWS_IAM, _OPEN: lambda_.FunctionUrlAuthType.NONE}
_MODES = {"BUFFERED": lambda_.InvokeMode.BUFFERED, "RESPONSE_STREAM": lambda_.InvokeMode.RESPONSE_STREAM}


def _public_permissions(lifter: Lifter, url: Resource) -> Iterator[Resource]:
    """Yield the permissions of a public function URL, which its construct makes."""
    if url.properties.get("AuthType") != _OPEN:
        return
    for permission in lifter.of_type(_PERMISSION):
        url_conditions = {"FunctionUrlAuthType", "InvokedViaFunctionUrl"} & set(permission.properties)
        if url_conditions and permission.properties.get("FunctionName") == _invoked(url):
            yield permission


def _invoked(url: Resource) -> Ref | None:
    """Return the target of URL permissions: the alias of the function, or the function."""
    target = url.properties.get("TargetFunctionArn")
    if not isinstance(target, Att):
        return None
    return Ref(f"{target.resource}Alias{url.properties.get('Qualifier')}" if "Qualifier" in url else target.resource)


@lift("AWS::Lambda::Url", ref="function_arn", members={"FunctionUrl": "url"}, absorbs=(_public_permissions,))
def url(lifter: Lifter, resource: Resource) -> Statements:
    """A function URL, which is public if its auth type is NONE."""
    function_arn, named = resource.take("TargetFunctionArn"), _invoked(resource)
    if resource.depends() != ([named.name] if named and resource.take("Qualifier", None) else []):
        raise NotLifted(f"{resource.where} waits for something else than its alias")
    function = invoked(lifter, function_arn if named == Ref(function_arn.resource) else named)
    allowed = [permission.rest() for permission in resource.of_type(_PERMISSION)]
    everybody = {"FunctionName": named, "Principal": "*"}
    by_url = {"Action": "lambda:InvokeFunctionUrl", **everybody, "FunctionUrlAuthType": _OPEN}
    invoking = {"Action": "lambda:InvokeFunction", **everybody, "InvokedViaFunctionUrl": True}
    if allowed != ([by_url, invoking] if resource.properties["AuthType"] == _OPEN else []):
        raise NotLifted(f"{resource.where} is open to everybody by {allowed!r}")
    construct = lambda_.FunctionUrl(
        THIS,
        resource.id,
        function=function,
        auth_type=resource.choose("AuthType", _CHECKS),
        invoke_mode=resource.choose("InvokeMode", _MODES),
    )
    yield Let(lifter.name(resource), construct)
