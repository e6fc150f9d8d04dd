"""REST APIs in the normal form: from an OpenAPI document, or from a resource for each path and method.

Both are read as the API's `Methods` ("GET /items" with its request and responses) and its `Answers` (gateway responses,
such as 401). Paths, methods, authorizers, models, validators and gateway responses are then no separate resources; the
OpenAPI document is read as a whole, and unknown parts of it stay in `Body`.

Treated as equal, and why: `openapi`, `info`, summaries, descriptions and the schemas of headers in responses are
documentation; models, validators and authorizers are compared by their properties and not by their names. An authorizer
in an OpenAPI document has no id: where an API has one authorizer, `/authorizers/*` refers to it too. The parameter of
an import that repeats the type of the endpoint adds nothing.
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
#: Keys of an operation that are read; all others are compared literally.
_READ = (
    "parameters", "requestBody", "responses", "security",
    "x-amazon-apigateway-integration", "x-amazon-apigateway-request-validator",
)  # fmt: skip
#: The schema of a parameter without constraints.
_ANY_TEXT = {"type": "string"}
_PLACES = {"path": "path", "header": "header", "query": "querystring"}
Resources = Mapping[str, Resource]


def rest(resources: Resources) -> Resources:
    """Return the resources with methods and gateway responses at their REST API."""
    merged = dict(resources)
    for api in [resource for resource in resources.values() if resource.type == _API]:
        if "Body" in api.properties:
            merged[api.id] = _from_openapi(api)
        else:
            parts = _Parts(api, resources)
            merged[api.id] = api.with_(Methods=parts.methods(), Answers=parts.gateway_responses() or None)
            merged = {id: parts.with_any_authorizer(resource) for id, resource in merged.items() if id not in parts.ids}
    return merged


def _from_openapi(api: Resource) -> Resource:
    """Read an OpenAPI document."""
    body = dict(api.properties["Body"])
    components = dict(body.pop("components", {}))
    schemes, schemas = components.pop("securitySchemes", {}), components.pop("schemas", {})
    validators = body.pop("x-amazon-apigateway-request-validators", {})
    answers = {
        kind: {key: value for key, value in response.items() if value != {}}
        for kind, response in body.pop("x-amazon-apigateway-gateway-responses", {}).items()
    }
    methods: dict[str, Value] = {}
    for path, item in body.pop("paths", {}).items():
        for verb in _VERBS:
            if verb in item:
                methods[f"{_verb(verb)} {path}"] = _Operation(item[verb], schemes, schemas, validators).read()
        besides = {key: value for key, value in item.items() if key not in (*_VERBS, *_DOCUMENTATION)}
        methods |= {path: besides} if besides else {}
    policy = body.pop("x-amazon-apigateway-policy", None)
    unknown = {key: value for key, value in body.items() if key not in ("openapi", "swagger", "info")} | components
    answers = {
        kind: {key[0].upper() + key[1:]: value for key, value in response.items()} for kind, response in answers.items()
    }
    extra = {"Policy": policy} if policy is not None else {}
    parameters = _parameters(api)
    return api.with_(
        Body=unknown or None, Methods=methods, Answers=answers or None, Parameters=parameters or None, **extra
    )


def _parameters(api: Resource) -> dict[str, Value]:
    """Return the parameters of an import, without one that repeats the type of the endpoint."""
    kinds = ",".join(api.properties.get("EndpointConfiguration", {}).get("Types", ()))
    parameters = api.properties.get("Parameters", {})
    return {key: value for key, value in parameters.items() if (key, value) != ("endpointConfigurationTypes", kinds)}


def _verb(verb: str) -> str:
    return "ANY" if verb.startswith("x-") else verb.upper()


class _Operation:
    """A method of a path in an OpenAPI document."""

    def __init__(self, operation: Mapping[str, Any], schemes: Value, schemas: Value, validators: Value) -> None:
        self._operation, self._schemes, self._schemas, self._validators = operation, schemes, schemas, validators

    def read(self) -> Value:
        """Return the operation as the properties of a method."""
        operation = self._operation
        method: dict[str, Value] = {"Authorization": {"Type": "NONE"}, **self._requirements()}
        parameters = {
            f"method.request.{_PLACES[parameter['in']]}.{parameter['name']}": parameter.get("required", "false")
            for parameter in operation.get("parameters", ())
        }
        models = {
            kind: self._schema(content["schema"])
            for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        }
        validator = operation.get("x-amazon-apigateway-request-validator")
        checks = None if validator is None else _capitals(self._validators.get(validator, {}))
        method |= {"Integration": self._integration(), "Answers": self._answers()}
        method |= {"Parameters": parameters, "Models": models, "Validator": checks}
        method["Described"] = [
            parameter
            for parameter in operation.get("parameters", ())
            if parameter.get("schema", _ANY_TEXT) != _ANY_TEXT
        ]
        method |= {key: value for key, value in operation.items() if key not in (*_READ, *_DOCUMENTATION)}
        return {key: value for key, value in method.items() if value not in ({}, [], None)}

    def _requirements(self) -> dict[str, Value]:
        """Return the authorization of a method; a scheme without an authorizer is an API key."""
        requirements: dict[str, Value] = {}
        for requirement in self._operation.get("security", ()):
            for name in requirement:
                scheme = self._schemes[name]
                kind = scheme.get("x-amazon-apigateway-authtype")
                if kind is None and scheme["name"] == "x-api-key":
                    requirements["ApiKeyRequired"] = "true"
                    continue
                authorizer = scheme.get("x-amazon-apigateway-authorizer", {})
                settings = {key: value for key, value in authorizer.items() if key not in ("type", "providerARNs")}
                if kind == "custom":
                    settings = _capitals(settings) | {"Kind": authorizer["type"].upper()}
                requirements["Authorization"] = {
                    "Type": _AUTHORIZATIONS.get(str(kind), str(kind)),
                    **({"Providers": authorizer["providerARNs"]} if "providerARNs" in authorizer else {}),
                    **({"Source": f"method.request.header.{scheme['name']}"} if authorizer else {}),
                    **settings,
                }
        return requirements

    def _schema(self, schema: Value) -> Value:
        name = str(schema.get("$ref", "")).removeprefix("#/components/schemas/")
        return self._schemas.get(name, schema)

    def _integration(self) -> Value:
        integration = self._operation.get("x-amazon-apigateway-integration", {})
        spelled = {_INTEGRATION.get(key, key): value for key, value in integration.items()}
        spelled["Type"] = str(spelled.pop("type", "")).upper()
        if "PassthroughBehavior" in spelled:
            spelled["PassthroughBehavior"] = spelled["PassthroughBehavior"].upper()
        if "responses" in spelled:
            spelled["Responses"] = {
                "" if pattern == "default" else pattern: _capitals(response)
                for pattern, response in spelled.pop("responses").items()
            }
        return spelled

    def _answers(self) -> Value:
        """Return the headers of each response of a method that maps them; a proxy integration maps none."""
        if str(self._operation.get("x-amazon-apigateway-integration", {}).get("type", "")).endswith("_proxy"):
            return None
        return {
            code: sorted(response.get("headers", {})) for code, response in self._operation.get("responses", {}).items()
        }


def _capitals(value: Mapping[str, Value]) -> dict[str, Value]:
    return {key[0].upper() + key[1:]: item for key, item in value.items()}


class _Parts:
    """The resources of one API."""

    def __init__(self, api: Resource, resources: Resources) -> None:
        types = {f"AWS::ApiGateway::{kind}" for kind in _KINDS}
        self._api = api.id
        self._of = {
            resource.id: resource
            for resource in resources.values()
            if resource.type in types and _reference(resource.properties.get("RestApiId")) == (api.id, "")
        }
        self.ids = frozenset(self._of)

    def with_any_authorizer(self, resource: Resource) -> Resource:
        """Return a permission for the only authorizer of the API as one for any authorizer; others unchanged."""
        authorizers = [part.id for part in self._kind("Authorizer")]
        source = resource.properties.get("SourceArn") if resource.type == "AWS::Lambda::Permission" else None
        if not isinstance(source, str) or len(authorizers) != 1:
            return resource
        place = f"${{{self._api}}}/authorizers/"
        return resource.with_(SourceArn=source.replace(f"{place}${{{authorizers[0]}}}", f"{place}*"))

    def methods(self) -> Value:
        """Return the methods by verb and path."""
        return {
            f"{method.properties['HttpMethod']} {self._path(method.properties['ResourceId']) or '/'}": self._method(
                method
            )
            for method in self._kind("Method")
        }

    def gateway_responses(self) -> Value:
        """Return the gateway responses by type."""
        return {
            response.properties["ResponseType"]: {
                key: value for key, value in response.properties.items() if key not in ("ResponseType", "RestApiId")
            }
            for response in self._kind("GatewayResponse")
        }

    def _kind(self, kind: str) -> Iterator[Resource]:
        return (resource for resource in self._of.values() if resource.type == f"AWS::ApiGateway::{kind}")

    def _path(self, value: Value) -> str:
        id, attribute = _reference(value)
        if (id, attribute) == (self._api, ".RootResourceId"):
            return ""
        part = self._of[id].properties
        return f"{self._path(part['ParentId'])}/{part['PathPart']}"

    def _method(self, method: Resource) -> Value:
        properties = dict(method.properties)
        spelled: dict[str, Value] = {"Authorization": self._authorization(properties)}
        for name, kind in (("Models", "RequestModels"), ("Parameters", "RequestParameters")):
            spelled[name] = properties.pop(kind, {})
        spelled["Models"] = {kind: self._stated(ref, "Schema") for kind, ref in spelled["Models"].items()}
        validator = properties.pop("RequestValidatorId", None)
        if validator is not None:
            checks = self._of[_reference(validator)[0]].properties
            spelled["Validator"] = {key: value for key, value in checks.items() if key.startswith("Validate")}
        spelled["ApiKeyRequired"] = (
            None if (key_required := properties.pop("ApiKeyRequired", "false")) == "false" else key_required
        )
        spelled["Integration"] = _integration(properties.pop("Integration", {}))
        responses = properties.pop("MethodResponses", [])
        if not spelled["Integration"]["Type"].endswith("_PROXY"):
            spelled["Answers"] = {answer["StatusCode"]: _headers(answer) for answer in responses}
        unknown = {
            key: value for key, value in properties.items() if key not in ("HttpMethod", "ResourceId", "RestApiId")
        }
        return {key: value for key, value in (spelled | unknown).items() if value not in ({}, None)}

    def _authorization(self, method_properties: dict[str, Value]) -> Value:
        authorization: dict[str, Value] = {"Type": method_properties.pop("AuthorizationType", "NONE")}
        authorizer = method_properties.pop("AuthorizerId", None)
        if authorizer is not None:
            properties = dict(self._of[_reference(authorizer)[0]].properties)
            authorization |= {
                "Providers": properties.pop("ProviderARNs", None),
                "Source": properties.pop("IdentitySource", None),
            }
            authorization |= {"Kind": properties["Type"]} if authorization["Type"] == "CUSTOM" else {}
            authorization |= {
                key: value for key, value in properties.items() if key not in ("Name", "RestApiId", "Type")
            }
        return {key: value for key, value in authorization.items() if value is not None}

    def _stated(self, ref: Value, name: str) -> Value:
        spelled = dict(self._of[_reference(ref)[0]].properties[name])
        spelled.pop("$schema", None)
        return spelled


def _integration(integration: Mapping[str, Value]) -> Value:
    spelled = dict(integration)
    answers = spelled.pop("IntegrationResponses", None)
    if answers is not None:
        spelled["Responses"] = {
            response.get("SelectionPattern", ""): {
                key: value for key, value in response.items() if key != "SelectionPattern"
            }
            for response in answers
        }
    return spelled


def _headers(answer: Mapping[str, Value]) -> list[str]:
    return sorted(name.rsplit(".", 1)[-1] for name in answer.get("ResponseParameters", {}))


def _reference(value: Value) -> tuple[str, str]:
    """Return the logical id and the attribute that a value refers to."""
    targets = list(references(value)) if isinstance(value, str) else []
    return targets[0] if len(targets) == 1 else ("", "")
