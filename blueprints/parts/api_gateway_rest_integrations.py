"""Integrations of a REST API: a function, containers, or an AWS service directly."""

from advisor.architecture import Edge
from advisor.vocabulary.store import KEPT
from blueprints import settings
from blueprints.parts.api_gateway_rest import REST
from blueprints.parts.lambda_ import permission
from blueprints.parts.nlb import inner_balancer
from blueprints.plan import TABLE_EXPIRY, TABLE_KEY
from blueprints.plan.callers.authorizers import CALLER_HEADER, caller_of
from blueprints.plan.callers.tenants import TENANT_HEADER, has_tenants, tenant_of
from blueprints.plan.network import APPLICATION_PORT
from blueprints.plan.routes import Route, asks, routes_to, starting
from blueprints.shared.api_gateway import (
    EVERY_ROUTE,
    PRINCIPAL,
    execution_arn,
    invocation_uri,
    service_uri,
    timeout_ms,
)
from blueprints.shared.openapi import described_answers, operation
from blueprints.shared.service_integrations import REQUEST_BODY, in_json, integration_role, service_integration
from blueprints.stack.registry import connection
from blueprints.stack.scope import Scope
from blueprints.traits.served_items import served
from blueprints.traits.state_machine import SERVICES
from blueprints.traits.workflow_outcomes import settles
from blueprints.values import ACCOUNT, Att, Ref, Value, joined, stack_name
from blueprints.values.json_text import JsonText


@connection([REST], "invoke", ["lambda"])
def invokes_function(scope: Scope, edge: Edge) -> None:
    """Integrate the function."""
    node, isolated = scope.architecture.node(edge.source), has_tenants(scope.plan, scope.plan.node(edge.target))
    for route in routes_to(scope.architecture, edge.target):
        integration = {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": invocation_uri(scope.of(edge.target, "arn")),
            "timeoutInMillis": timeout_ms(node),
        }
        if isolated:
            tenant = tenant_of(scope.plan, node.id, authenticated=asks(node, route))
            integration["requestParameters"] = {f"integration.request.header.{TENANT_HEADER}": tenant}
        operation(scope, node, route, integration, described_answers(route, "function", **_refusing(scope, edge)))
    scope.carry(scope.main(node.id), edge.id)
    id = f"{scope.name(edge.id)}Permission"
    source = execution_arn(scope.main(node.id), EVERY_ROUTE)
    permission(scope, id, edge.target, PRINCIPAL, source, edge.id)


@connection([REST], "invoke", ["ecs", "eks"])
def rest_api_forwards(scope: Scope, edge: Edge) -> None:
    """Integrate the containers through a VPC link."""
    node, (name, _) = scope.architecture.node(edge.source), inner_balancer(scope, edge)
    api = scope.main(node.id)
    link = {"Name": stack_name(api), "TargetArns": [Ref(name)]}
    scope.add(f"{api}Link", "AWS::ApiGateway::VpcLink", link, edge=edge.id)
    caller = caller_of(scope.architecture, edge.source)
    for route in routes_to(scope.architecture, edge.target):
        names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
        mapped = {f"integration.request.path.{name}": f"method.request.path.{name}" for name in names}
        identity = caller if asks(node, route) else None
        mapped[f"integration.request.header.{CALLER_HEADER}"] = "''" if identity is None else f"context.{identity}"
        integration = {
            "type": "http_proxy",
            "httpMethod": route.method,
            "connectionType": "VPC_LINK",
            "connectionId": Ref(f"{api}Link"),
            "uri": joined("http://", Att(name, "DNSName"), f":{APPLICATION_PORT}{route.path}"),
            "requestParameters": mapped,
            "timeoutInMillis": timeout_ms(node),
        }
        operation(scope, node, route, integration, described_answers(route, "containers", **_refusing(scope, edge)))
    scope.carry(api, edge.id)


def _refusing(scope: Scope, edge: Edge) -> dict[str, bool]:
    """Return whether the program behind an API refuses a change without the version of the item, and one of a settled item."""
    program = scope.architecture.node(edge.target)
    settled = settles(scope.architecture, program)
    return {"conditional": served(scope.architecture, program).conditional, "settles": settled}


@connection([REST], "publish", ["sqs"])
def puts_into_queue(scope: Scope, edge: Edge) -> None:
    """Send the body of a request to the queue."""
    action = joined("sqs:path/", ACCOUNT, "/", scope.of(edge.target, "name"))
    service_integration(scope, edge, action, "Action=SendMessage&MessageBody=$util.urlEncode($input.body)", form=True)


@connection([REST], "publish", ["sns"])
def publishes(scope: Scope, edge: Edge) -> None:
    """Publish a request's body to the topic."""
    template = joined("Action=Publish&TopicArn=", scope.of(edge.target, "arn"), "&Message=$util.urlEncode($input.body)")
    service_integration(scope, edge, "sns:action/Publish", template, form=True)


@connection([REST], "publish", ["eventbridge-bus"])
def puts_on_bus(scope: Scope, edge: Edge) -> None:
    """Publish the body of a request to the bus."""
    entry = {
        "EventBusName": scope.of(edge.target, "name"),
        "Source": scope.architecture.node(edge.source).subject,
        "DetailType": "request",
        "Detail": REQUEST_BODY,
    }
    template = JsonText({"Entries": [entry]})
    service_integration(
        scope, edge, "events:action/PutEvents", template, headers={"X-Amz-Target": "'AWSEvents.PutEvents'"}
    )


@connection([REST], "start", SERVICES)
def starts_machine(scope: Scope, edge: Edge) -> None:
    """Start an execution with a request's body; an Express workflow answers with its result."""
    template = JsonText({"stateMachineArn": scope.of(edge.target, "arn"), "input": REQUEST_BODY})
    start = starting(scope.architecture.node(edge.target).service)
    service_integration(scope, edge, f"states:action/{start}", template)


@connection([REST], "write", ["dynamodb"])
@connection([REST], "read-write", ["dynamodb"])
def writes_item(scope: Scope, edge: Edge) -> None:
    """Write a request's body as an item under the request's id; with reading too, get one by its id.

    The template computes the end of a stated retention in seconds: `requestTimeEpoch` is in milliseconds
    (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html, read 2026-12-01).
    """
    table, kept_s = scope.of(edge.target, "name"), settings.number(scope.architecture.node(edge.target), KEPT)
    id = {"S": "$context.requestId"}
    item = {TABLE_KEY: id, "id": id, "body": {"S": REQUEST_BODY}}
    template: Value = JsonText({"TableName": table, "Item": item})
    if kept_s:
        item[TABLE_EXPIRY] = {"N": "$expires"}
        expires = f"#set($expires = $context.requestTimeEpoch / 1000 + {kept_s})\n"
        template = joined(expires, JsonText({"TableName": table, "Item": item}).text)
    service_integration(scope, edge, "dynamodb:action/PutItem", template)
    if edge.verb == "read-write":
        _gets_item(scope, edge, table)


@connection([REST], "read", ["dynamodb"])
def reads_item(scope: Scope, edge: Edge) -> None:
    """Get an item by its id."""
    integration_role(scope, edge)
    _gets_item(scope, edge, scope.of(edge.target, "name"))
    scope.carry(scope.main(edge.source), edge.id)


def _gets_item(scope: Scope, edge: Edge, table: Value) -> None:
    node = scope.architecture.node(edge.source)
    request = JsonText({"TableName": table, "Key": {TABLE_KEY: {"S": "$id"}}})
    integration = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": service_uri("dynamodb:action/GetItem"),
        "credentials": joined(Att(f"{scope.name(edge.id)}Role", "Arn")),
        "requestTemplates": {"application/json": joined(in_json("id", "$input.params('id')"), request.text)},
        "passthroughBehavior": "when_no_templates",
        "responses": {
            "default": {
                "statusCode": "200",
                "responseTemplates": {"application/json": "$input.path('$.Item.body.S')"},
            }
        },
    }
    operation(scope, node, Route("GET", "/items/{id}"), integration, {"200": {"description": "the item"}})
