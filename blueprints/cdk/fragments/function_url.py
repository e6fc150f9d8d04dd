"""Function URLs: a function's own HTTPS address; callers sign their requests unless it is open to all."""

from collections.abc import Iterator

from advisor.architecture import Edge, Node
from advisor.text import Text
from blueprints import settings
from blueprints.cdk.context import Context
from blueprints.cdk.entry import identity_of
from blueprints.cdk.modules import cdk, lambda_
from blueprints.cdk.outputs import output
from blueprints.cdk.registry import connection, granted, service
from blueprints.cdk.tree import THIS, Do, Let, Statement, Value

SERVICE = "lambda-function-url"
granted(("client",), ("request",), (SERVICE,))
granted((SERVICE,), ("authorize",), ("iam-auth",))


@service(SERVICE)
def address(context: Context, node: Node) -> Iterator[Statement]:
    """Make the address."""
    invoked = context.architecture.leaving(node.id, "invoke")
    checked = identity_of(context, node.id) is not None
    kinds = lambda_.FunctionUrlAuthType
    streams = settings.flag(node, "streaming")
    made = lambda_.FunctionUrl(
        THIS,
        context.id(node.id),
        function=context.ref(invoked[0].target),
        auth_type=kinds.AWS_IAM if checked else kinds.NONE,
        invoke_mode=lambda_.InvokeMode.RESPONSE_STREAM if streams else lambda_.InvokeMode.BUFFERED,
    )
    yield Let(context.name(node.id), made)
    words = Text("Address of the function", "関数の URL")
    yield output(context, context.id(node.id, "Address"), context.ref(node.id).url, words)


@connection((SERVICE,), "invoke", ("lambda",))
def invokes(context: Context, edge: Edge) -> Iterator[Statement]:
    """Let callers of this account invoke the function; where all may, the address itself says so.

    Lambda wants both actions to be allowed; the second only for what comes by the address.
    """
    if identity_of(context, edge.source) is None:
        return
    yield _permission(context, edge, "Permission", "lambda:InvokeFunctionUrl", function_url_auth_type="AWS_IAM")
    yield _permission(context, edge, "InvokePermission", "lambda:InvokeFunction", invoked_via_function_url=True)


def _permission(context: Context, edge: Edge, part: str, action: str, **condition: Value) -> Do:
    made = lambda_.CfnPermission(
        THIS,
        context.id(edge.source, part),
        action=action,
        function_name=context.ref(edge.target).function_name,
        principal=cdk.Aws.ACCOUNT_ID,
        **condition,
    )
    return Do(made)
