"""Parameters of Parameter Store, and REST APIs that write them without a function."""

from advisor.architecture import Edge, Node
from blueprints.shared.service_integrations import REQUEST_BODY, service_integration
from blueprints.stack.registry import connection, itself, service
from blueprints.stack.scope import Scope
from blueprints.values import Ref, arn, joined
from blueprints.values.json_text import JsonText

#: By which name the API of Systems Manager knows the action.
_PUT = {"X-Amz-Target": "'AmazonSSM.PutParameter'"}


@service(
    "parameter-store",
    name=itself,
    arn=lambda scope, node: arn("ssm", joined("parameter/", Ref(scope.main(node.id)))),
)
def parameter(scope: Scope, node: Node) -> None:
    """A parameter; its first value is empty, and its connections write it."""
    id = scope.name(node.id)
    properties = {"Type": "String", "Value": "{}", "Description": f"Value of {node.subject}"}
    scope.add(id, "AWS::SSM::Parameter", properties, node=node.id)
    scope.output(f"{id}Name", Ref(id), "Name of the parameter")


@connection(["api-gateway-rest"], "write", ["parameter-store"])
def puts_parameter(scope: Scope, edge: Edge) -> None:
    """Write a request's body to the parameter."""
    template = JsonText({"Name": scope.of(edge.target, "name"), "Value": REQUEST_BODY, "Overwrite": True})
    service_integration(scope, edge, "ssm:action/PutParameter", template, headers=_PUT)
