"""AWS service integrations of REST APIs: a request goes to an action of another service, without code between."""

from collections.abc import Mapping
from typing import Any

from advisor.architecture import Edge
from blueprints.plan.routes import ACCEPT
from blueprints.shared.api_gateway import PRINCIPAL, service_uri
from blueprints.shared.openapi import operation
from blueprints.shared.roles import role, trust
from blueprints.stack.scope import Scope
from blueprints.values import Value, joined
from blueprints.values.json_text import JsonText

#: The body of a request as a string of JSON, as API Gateway puts it in.
REQUEST_BODY = "$body"


def in_json(name: str, text: str) -> str:
    """Return the line of a mapping template that sets a variable to a text for a string of JSON.

    `escapeJavaScript` escapes apostrophes, which JSON does not allow, so they are turned back
    (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html, read 2026-12-01).
    """
    return f'#set(${name} = $util.escapeJavaScript({text}).replaceAll("\\\\\'","\'"))\n'


_SET_BODY = in_json("body", "$input.body")


def service_integration(
    scope: Scope,
    edge: Edge,
    action: Value,
    template: Value,
    *,
    form: bool = False,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Integrate a route with an AWS service action (`sns:action/Publish`), with a role and a mapping template.

    The template can contain `REQUEST_BODY`. `form`: the service takes a form, and no JSON. `headers` are sent too; a service that needs any takes JSON 1.1.
    """
    node = scope.architecture.node(edge.source)
    arn = integration_role(scope, edge)
    content = "'application/x-www-form-urlencoded'" if form else f"'application/x-amz-json-1.{1 if headers else 0}'"
    sent = {"Content-Type": content, **(headers or {})}
    integration = {
        "type": "aws",
        "httpMethod": "POST",
        "uri": service_uri(action),
        "credentials": arn,
        "requestParameters": {f"integration.request.header.{name}": value for name, value in sent.items()},
        "requestTemplates": {"application/json": template if form else joined(_SET_BODY, _text(template))},
        "passthroughBehavior": "never",
        "responses": {
            "default": {"statusCode": "202", "responseTemplates": {"application/json": JsonText({"accepted": True})}},
            r"[45]\d\d": {
                "statusCode": "500",
                "responseTemplates": {"application/json": JsonText({"accepted": False})},
            },
        },
    }
    answers = {"202": {"description": "Accepted"}, "500": {"description": "Not accepted"}}
    operation(scope, node, ACCEPT, integration, answers)
    scope.carry(scope.main(node.id), edge.id)


def _text(template: Value) -> Value:
    return template.text if isinstance(template, JsonText) else template


def integration_role(scope: Scope, edge: Edge) -> Any:
    """Add the role that the API assumes for one connection, with the statements of that connection; return its ARN."""
    assumed = trust(PRINCIPAL, confined=True)
    statements = scope.statements(edge.source, edge.id)
    return role(scope, f"{scope.name(edge.id)}Role", assumed, statements, edge=edge.id)
