"""REST APIs in one spelling: an OpenAPI document, or a resource for each path and method.

Both are read as the API's `Methods` ("GET /items" and what it asks and answers) and its `Answers` (what the API says
by itself, such as 401). Resources of paths, methods, authorisers, models, validators and gateway responses are then no
resources of their own; the OpenAPI document is read whole, and what this module does not know of it stays in `Body`.

What is taken as the same, and why: `openapi`, `info`, summaries, descriptions and the schemas of headers in answers
are documentation; models, validators and authorisers are compared by what they state and not by their names. An
authoriser in an OpenAPI document has no id: where an API has one authoriser, it is meant by `/authorizers/*` too. The
parameter of an import that repeats the type of the endpoint says nothing more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prove.readback.stack import Resource
from prove.readback.values import Value, references

_API = "AWS::ApiGateway::RestApi"
_KINDS = ("Resource", "Method", "Authorizer", "Model", "RequestValidator", "GatewayResponse")
_VERBS = ("get", "post", "put", "delete", "options", "patch", "head", "x-amazon-apigateway-any-method")
_INTEGRATION = {
    "uri": "Uri", "httpMethod": "IntegrationHttpMethod", "timeoutInMillis": "TimeoutInMillis",
    "credentials": "Credentials", "requestParameters": "RequestParameters", "requestTemplates": "RequestTemplates",
    "passthroughBehavior": "PassthroughBehavior", "cacheKeyParameters": "CacheKeyParameters",
    "connectionType": "ConnectionType", "connectionId": "ConnectionId",
}  # fmt: skip
_AUTHORIZATIONS = {"cognito_user_pools": "COGNITO_USER_POOLS", "awsSigv4": "AWS_IAM", "custom": "CUSTOM"}
_DOCUMENTATION = ("summary", "description")
#: What is read of an operation; whatever else it says counts as it stands.
_READ = (
    "parameters", "requestBody", "responses", "security",
    "x-amazon-apigateway-integration", "x-amazon-apigateway-request-validator",
)  # fmt: skip
#: How a parameter is described that may be any text.
_ANY_TEXT = {"type": "string"}
_PLACES = {"path": "path", "header": "header", "query": "querystring"}
Resources = Mapping[str, Resource]


def rest(resources: Resources) -> Resources:
    """Return the resources with what a REST API asks and answers at the API."""
    made = dict(resources)
    for api in [one for one in resources.values() if one.type == _API]:
        if "Body" in api.properties:
            made[api.id] = _described(api)
        else:
            parts = _Parts(api, resources)
            made[api.id] = api.with_(Methods=parts.methods(), Answers=parts.answers() or None)
            made = {id: parts.meant(one) for id, one in made.items() if id not in parts.ids}
    return made


def _described(api: Resource) -> Resource:
    """Read an OpenAPI document."""
    body = dict(api.properties["Body"])
    components = dict(body.pop("components", {}))
    schemes, schemas = components.pop("securitySchemes", {}), components.pop("schemas", {})
    validators = body.pop("x-amazon-apigateway-request-validators", {})
    answers = {
        kind: {key: value for key, value in one.items() if value != {}}
        for kind, one in body.pop("x-amazon-apigateway-gateway-responses", {}).items()
    }
    made: dict[str, Value] = {}
    for path, item in body.pop("paths", {}).items():
        for verb in _VERBS:
            if verb in item:
                made[f"{_verb(verb)} {path}"] = _Operation(item[verb], schemes, schemas, validators).read()
        besides = {key: value for key, value in item.items() if key not in (*_VERBS, *_DOCUMENTATION)}
        made |= {path: besides} if besides else {}
    policy = body.pop("x-amazon-apigateway-policy", None)
    left = {key: value for key, value in body.items() if key not in ("openapi", "swagger", "info")} | components
    answers = {kind: {key[0].upper() + key[1:]: value for key, value in one.items()} for kind, one in answers.items()}
    more = {"Policy": policy} if policy is not None else {}
    given = _parameters(api)
    return api.with_(Body=left or None, Methods=made, Answers=answers or None, Parameters=given or None, **more)


def _parameters(api: Resource) -> dict[str, Value]:
    """Return the parameters of an import, without one that repeats the type of the endpoint."""
    kinds = ",".join(api.properties.get("EndpointConfiguration", {}).get("Types", ()))
    given = api.properties.get("Parameters", {})
    return {key: value for key, value in given.items() if (key, value) != ("endpointConfigurationTypes", kinds)}


def _verb(verb: str) -> str:
    return "ANY" if verb.startswith("x-") else verb.upper()


class _Operation:
    """A method of a path in an OpenAPI document."""

    def __init__(self, given: Mapping[str, Any], schemes: Value, schemas: Value, validators: Value) -> None:
        self._given, self._schemes, self._schemas, self._validators = given, schemes, schemas, validators

    def read(self) -> Value:
        """Return it as the properties of a method."""
        given = self._given
        found: dict[str, Value] = {"Authorization": {"Type": "NONE"}, **self._shown()}
        asked = {
            f"method.request.{_PLACES[one['in']]}.{one['name']}": one.get("required", "false")
            for one in given.get("parameters", ())
        }
        models = {
            kind: self._schema(one["schema"]) for kind, one in given.get("requestBody", {}).get("content", {}).items()
        }
        validator = given.get("x-amazon-apigateway-request-validator")
        checked = None if validator is None else _capitals(self._validators.get(validator, {}))
        found |= {"Integration": self._integration(), "Answers": self._answers()}
        found |= {"Parameters": asked, "Models": models, "Validator": checked}
        found["Described"] = [one for one in given.get("parameters", ()) if one.get("schema", _ANY_TEXT) != _ANY_TEXT]
        found |= {key: value for key, value in given.items() if key not in (*_READ, *_DOCUMENTATION)}
        return {key: value for key, value in found.items() if value not in ({}, [], None)}

    def _shown(self) -> dict[str, Value]:
        """Return what a caller must show; a scheme without an authoriser is a key."""
        found: dict[str, Value] = {}
        for asked in self._given.get("security", ()):
            for name in asked:
                scheme = self._schemes[name]
                kind = scheme.get("x-amazon-apigateway-authtype")
                if kind is None and scheme["name"] == "x-api-key":
                    found["ApiKeyRequired"] = "true"
                    continue
                authorizer = scheme.get("x-amazon-apigateway-authorizer", {})
                more = {key: value for key, value in authorizer.items() if key not in ("type", "providerARNs")}
                if kind == "custom":
                    more = _capitals(more) | {"Kind": authorizer["type"].upper()}
                found["Authorization"] = {
                    "Type": _AUTHORIZATIONS.get(str(kind), str(kind)),
                    **({"Providers": authorizer["providerARNs"]} if "providerARNs" in authorizer else {}),
                    **({"Source": f"method.request.header.{scheme['name']}"} if authorizer else {}),
                    **more,
                }
        return found

    def _schema(self, schema: Value) -> Value:
        name = str(schema.get("$ref", "")).removeprefix("#/components/schemas/")
        return self._schemas.get(name, schema)

    def _integration(self) -> Value:
        given = self._given.get("x-amazon-apigateway-integration", {})
        found = {_INTEGRATION.get(key, key): value for key, value in given.items()}
        found["Type"] = str(found.pop("type", "")).upper()
        if "PassthroughBehavior" in found:
            found["PassthroughBehavior"] = found["PassthroughBehavior"].upper()
        if "responses" in found:
            found["Responses"] = {
                "" if pattern == "default" else pattern: _capitals(one)
                for pattern, one in found.pop("responses").items()
            }
        return found

    def _answers(self) -> Value:
        """Return the headers of each answer of a method that maps them; a function's answer is passed on as it is."""
        if str(self._given.get("x-amazon-apigateway-integration", {}).get("type", "")).endswith("_proxy"):
            return None
        return {code: sorted(one.get("headers", {})) for code, one in self._given.get("responses", {}).items()}


def _capitals(value: Mapping[str, Value]) -> dict[str, Value]:
    return {key[0].upper() + key[1:]: one for key, one in value.items()}


class _Parts:
    """The resources that make one API."""

    def __init__(self, api: Resource, resources: Resources) -> None:
        types = {f"AWS::ApiGateway::{kind}" for kind in _KINDS}
        self._api = api.id
        self._of = {
            one.id: one
            for one in resources.values()
            if one.type in types and _to(one.properties.get("RestApiId")) == (api.id, "")
        }
        self.ids = frozenset(self._of)

    def meant(self, one: Resource) -> Resource:
        """Return a permission with the only authoriser of the API as any of its authorisers; others as they are."""
        known = [part.id for part in self._kind("Authorizer")]
        source = one.properties.get("SourceArn") if one.type == "AWS::Lambda::Permission" else None
        if not isinstance(source, str) or len(known) != 1:
            return one
        place = f"${{{self._api}}}/authorizers/"
        return one.with_(SourceArn=source.replace(f"{place}${{{known[0]}}}", f"{place}*"))

    def methods(self) -> Value:
        """Return the methods by verb and path."""
        return {
            f"{one.properties['HttpMethod']} {self._path(one.properties['ResourceId']) or '/'}": self._method(one)
            for one in self._kind("Method")
        }

    def answers(self) -> Value:
        """Return what the API says by itself."""
        return {
            one.properties["ResponseType"]: {
                key: value for key, value in one.properties.items() if key not in ("ResponseType", "RestApiId")
            }
            for one in self._kind("GatewayResponse")
        }

    def _kind(self, kind: str) -> Iterator[Resource]:
        return (one for one in self._of.values() if one.type == f"AWS::ApiGateway::{kind}")

    def _path(self, value: Value) -> str:
        id, attribute = _to(value)
        if (id, attribute) == (self._api, ".RootResourceId"):
            return ""
        part = self._of[id].properties
        return f"{self._path(part['ParentId'])}/{part['PathPart']}"

    def _method(self, one: Resource) -> Value:
        given = dict(one.properties)
        found: dict[str, Value] = {"Authorization": self._authorization(given)}
        for name, kind in (("Models", "RequestModels"), ("Parameters", "RequestParameters")):
            found[name] = given.pop(kind, {})
        found["Models"] = {kind: self._stated(ref, "Schema") for kind, ref in found["Models"].items()}
        validator = given.pop("RequestValidatorId", None)
        if validator is not None:
            checks = self._of[_to(validator)[0]].properties
            found["Validator"] = {key: value for key, value in checks.items() if key.startswith("Validate")}
        found["ApiKeyRequired"] = None if (asked := given.pop("ApiKeyRequired", "false")) == "false" else asked
        found["Integration"] = _integration(given.pop("Integration", {}))
        responses = given.pop("MethodResponses", [])
        if not found["Integration"]["Type"].endswith("_PROXY"):
            found["Answers"] = {answer["StatusCode"]: _headers(answer) for answer in responses}
        left = {key: value for key, value in given.items() if key not in ("HttpMethod", "ResourceId", "RestApiId")}
        return {key: value for key, value in (found | left).items() if value not in ({}, None)}

    def _authorization(self, given: dict[str, Value]) -> Value:
        found: dict[str, Value] = {"Type": given.pop("AuthorizationType", "NONE")}
        authorizer = given.pop("AuthorizerId", None)
        if authorizer is not None:
            stated = dict(self._of[_to(authorizer)[0]].properties)
            found |= {"Providers": stated.pop("ProviderARNs", None), "Source": stated.pop("IdentitySource", None)}
            found |= {"Kind": stated["Type"]} if found["Type"] == "CUSTOM" else {}
            found |= {key: value for key, value in stated.items() if key not in ("Name", "RestApiId", "Type")}
        return {key: value for key, value in found.items() if value is not None}

    def _stated(self, ref: Value, name: str) -> Value:
        found = dict(self._of[_to(ref)[0]].properties[name])
        found.pop("$schema", None)
        return found


def _integration(given: Mapping[str, Value]) -> Value:
    found = dict(given)
    answers = found.pop("IntegrationResponses", None)
    if answers is not None:
        found["Responses"] = {
            one.get("SelectionPattern", ""): {key: value for key, value in one.items() if key != "SelectionPattern"}
            for one in answers
        }
    return found


def _headers(answer: Mapping[str, Value]) -> list[str]:
    return sorted(name.rsplit(".", 1)[-1] for name in answer.get("ResponseParameters", {}))


def _to(value: Value) -> tuple[str, str]:
    """Return what a value is a reference to."""
    found = list(references(value)) if isinstance(value, str) else []
    return found[0] if len(found) == 1 else ("", "")
