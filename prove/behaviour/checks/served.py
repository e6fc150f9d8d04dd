"""Routes and fields: an API describes exactly what the function behind it handles.

A route without a handler is answered with 404 by the function, after callers have read in the description that it exists;
a handler without a route is never reached. A subscription that no resolver filters by owner notifies every caller of the
items of all others (https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html, read
2026-12-01). A browser asks first, by OPTIONS, whether it may send a method
(https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS, read 2026-11-28).

Not judged: the approvals endpoint, which tells requests apart itself and has no service, routes to containers, and the CORS methods of
HTTP APIs.
"""

import re
from collections.abc import Iterator
from typing import Any

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.programs import FunctionProgram, functions
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

SCHEMA = "AWS::AppSync::GraphQLSchema"
HTTP_ROUTE, REST, RESOLVER = "AWS::ApiGatewayV2::Route", "AWS::ApiGateway::RestApi", "AWS::AppSync::Resolver"
#: Registrations of handlers in either language: of a route, and of a field.
_HANDLED = re.compile(r"\bapp\.(get|post|put|delete)\(\s*[\"'](/[^\"']*)[\"']")
_RESOLVED = re.compile(r"field_name=\"(\w+)\"|^\s+'(?:Query|Mutation)\.(\w+)':", re.MULTILINE)
_SUBSCRIBED = re.compile(r"^\s+(\w+)\b[^\n]*@aws_subscribe", re.MULTILINE)
_FILTERED = re.compile(r"setSubscriptionFilter\(.*?fieldName: 'owner'", re.DOTALL)
_PARAMETER = re.compile(r"<\w+>|\{\w+\}|:\w+")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield routes and fields that no function handles, handlers that no route reaches, and dead preflights."""
    for program in functions(evidence):
        described = set(_routes(evidence.stack, program.function.id))
        if described and program.module == "app" and any(program.folder.glob("service.*")):
            handled = set(_handlers(program))
            for name in sorted(described - handled):
                yield Problem("dead-route", program.function.id, f"{program.folder.name} does not handle {name}.")
            for name in sorted(handled - described):
                yield Problem("unreached-handler", program.function.id, f"No route of the API leads to {name}.")
    for api in evidence.stack.of_type(REST):
        yield from _preflights(api.id, api.properties.get("Methods", {}))
    for schema in evidence.stack.of_type(SCHEMA):
        yield from _unfiltered(evidence.stack, schema)


def _plain(name: str) -> str:
    return _PARAMETER.sub("{}", name)


def _handlers(program: FunctionProgram) -> Iterator[str]:
    file = next(file for end in ("py", "ts") if (file := program.folder / f"app.{end}").exists())
    text = file.read_text("utf-8")
    yield from (_plain(f"{method.upper()} {path}") for method, path in _HANDLED.findall(text))
    yield from (python or typescript for python, typescript in _RESOLVED.findall(text))


def _routes(stack: Stack, function: str) -> Iterator[str]:
    """Yield the routes and fields that lead to a function."""
    for api in stack.of_type(REST):
        for name, method in api.properties.get("Methods", {}).items():
            if isinstance(method, dict) and function in ids_in(str(method.get("Integration", {}).get("Uri", ""))):
                yield _plain(name)
    for route in stack.of_type(HTTP_ROUTE):
        key, targets = str(route.properties.get("RouteKey", "")), ids_in(str(route.properties.get("Target", "")))
        integrations = [stack.resources[id] for id in targets if id in stack.resources]
        uris = [ids_in(str(integration.properties.get("IntegrationUri", ""))) for integration in integrations]
        if " " in key and any(function in uri for uri in uris):
            yield _plain(key)
    for resolver in stack.of_type(RESOLVER):
        sources = ids_in(str(resolver.properties.get("DataSourceName", "")))
        config = [stack.resources[id].properties.get("LambdaConfig", {}) for id in sources if id in stack.resources]
        if function in ids_in(str(config)):
            yield str(resolver.properties["FieldName"])


def _unfiltered(stack: Stack, schema: Resource) -> Iterator[Problem]:
    """Yield the subscriptions of an API without a resolver that filters by owner."""
    resolvers = [one for one in stack.of_type(RESOLVER) if one.properties["TypeName"] == "Subscription"]
    own = [one for one in resolvers if ids_in(str(one.properties["ApiId"])) == ids_in(str(schema.properties["ApiId"]))]
    filtered = {one.properties["FieldName"] for one in own if _FILTERED.search(str(one.properties.get("Code", "")))}
    for name in _SUBSCRIBED.findall(str(schema.properties.get("Definition", ""))):
        if name not in filtered:
            yield Problem("open-subscription", schema.id, f"Nothing filters {name} by owner.", RESOLVER)


def _preflights(api: str, methods: dict[str, Any]) -> Iterator[Problem]:
    """Yield preflights of paths that have no other method, or that name other methods than those."""
    for name, method in methods.items():
        verb, _, path = name.partition(" ")
        if verb != "OPTIONS":
            continue
        others = {other.partition(" ")[0] for other in methods if other.partition(" ")[2] == path} - {"OPTIONS"}
        named = {verb for verb in ("GET", "POST", "PUT", "DELETE") if re.search(rf"\b{verb}\b", str(method))}
        if named != others:
            message = f"The preflight of {path} names {sorted(named)}, and the path has {sorted(others)}."
            yield Problem("dead-preflight", api, message, REST)
