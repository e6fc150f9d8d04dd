"""SAM's short forms written out: a function and a state machine become themselves and the role that they assume, a
REST API itself, its deployment and its stage. A function that SAM publishes also gets its version and its alias.
"""

from collections.abc import Callable, Mapping
from typing import Any

from blueprints.shared.roles import policy, trust
from blueprints.stack.scope import Json, Scope
from blueprints.traits import lambda_durable
from blueprints.values import Att, ManagedPolicy, Ref, Value, replaced

_TRACES = "AWSXrayWriteOnlyAccess"
_LOGS = "service-role/AWSLambdaBasicExecutionRole"
_PLACED = "service-role/AWSLambdaVPCAccessExecutionRole"
#: What SAM builds an image of, which it reads from a function's metadata.
_BUILT = ("DockerContext", "Dockerfile", "DockerTag")
#: What SAM calls the application of CodeDeploy, and when CodeDeploy rolls a release back.
RELEASES = "ServerlessDeploymentApplication"
ROLLED_BACK = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]


def resources_of(scope: Scope) -> dict[str, Json]:
    """Return the resources of a scope with each SAM short form expanded to CloudFormation."""
    resources: dict[str, Json] = {}
    for id, resource in scope.resources.items():
        expand = _SHORT_FORMS.get(resource["Type"])
        resources |= expand(scope, id, resource) if expand else {id: resource}
    stages = {Ref(f"{id}.Stage"): Ref(f"{id}Stage") for id in _of_type(scope, "AWS::Serverless::Api")}
    return replaced(resources, stages) if stages else resources


def _of_type(scope: Scope, type: str) -> list[str]:
    return [id for id, resource in scope.resources.items() if resource["Type"] == type]


def _owner(resource: Json) -> dict[str, Value]:
    """Return the owner of an additional resource of a short form, which makes no connection."""
    return {key: value for key, value in resource["Metadata"]["Advisor"].items() if key not in ("edges", "nodes")}


def _role(resource: Json, principal: str, policies: list[str], documents: list[Json]) -> Json:
    """Return the role of a short form."""
    properties: Json = {
        "AssumeRolePolicyDocument": trust(principal),
        "ManagedPolicyArns": [ManagedPolicy(name) for name in policies],
    }
    statements = [statement for document in documents for statement in document["Statement"]]
    if statements:
        properties["Policies"] = [{"PolicyName": "connections", "PolicyDocument": policy(statements)}]
    return {"Type": "AWS::IAM::Role", "Metadata": {"Advisor": _owner(resource)}, "Properties": properties}


def _function(scope: Scope, id: str, resource: Json) -> dict[str, Json]:
    properties = dict(resource["Properties"])
    if "DeploymentPreference" in properties:
        properties["DeploymentPreference"] = dict(properties["DeploymentPreference"])
    documents = list(properties.pop("Policies", []))
    if "DeadLetterQueue" in properties:
        dead_letter_queue = properties.pop("DeadLetterQueue")
        properties["DeadLetterConfig"] = {"TargetArn": dead_letter_queue["TargetArn"]}
        node = resource["Metadata"]["Advisor"]["node"]
        for edge in scope.architecture.leaving(node, "dead-letter"):
            documents.append(policy(scope.statements(node, edge.id)))
    policies = [lambda_durable.POLICY if "DurableConfig" in properties else _LOGS]
    if properties.get("Tracing") == "Active":
        policies.append(_TRACES)
    if "VpcConfig" in properties:
        policies.append(_PLACED)
    role = _role(resource, "lambda.amazonaws.com", policies, documents)
    properties["TracingConfig"] = {"Mode": properties.pop("Tracing")}
    properties["Role"] = Att(f"{id}Role", "Arn")
    metadata = dict(resource["Metadata"])
    if properties.get("PackageType") == "Image":
        properties["Code"] = {key: metadata.pop(key) for key in _BUILT}
    published = _alias(id, resource, properties)
    function = {**resource, "Type": "AWS::Lambda::Function", "Metadata": metadata, "Properties": properties}
    return {f"{id}Role": role, id: function, **published}


def _alias(id: str, resource: Json, properties: Json) -> dict[str, Json]:
    """Expand the alias of a function to a retained version and the alias."""
    if "AutoPublishAlias" not in properties:
        return {}
    name = properties.pop("AutoPublishAlias")
    if properties.pop("AutoPublishAliasAllProperties") is not True:
        raise ValueError(f"{id} is published again only when its code changes")
    metadata: Json = {"Metadata": {"Advisor": _owner(resource)}}
    retention = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}
    version = {"Type": "AWS::Lambda::Version", **metadata, **retention, "Properties": {"FunctionName": Ref(id)}}
    published = {"Name": name, "FunctionName": Ref(id), "FunctionVersion": Att(f"{id}Version", "Version")}
    alias = {"Type": "AWS::Lambda::Alias", **metadata, "Properties": published}
    releases = _releases(id, properties.pop("DeploymentPreference", None), metadata, alias)
    return {f"{id}Version": version, f"{id}Alias{name}": alias, **releases}


def _releases(id: str, preference: Json | None, metadata: Json, alias: Json) -> dict[str, Json]:
    """Expand the deployment preference of a function to a CodeDeploy deployment group in a shared application."""
    if preference is None:
        return {}
    group = {
        "ApplicationName": Ref(RELEASES),
        "DeploymentConfigName": preference.pop("Type"),
        "ServiceRoleArn": preference.pop("Role"),
        "AlarmConfiguration": {"Enabled": True, "Alarms": [{"Name": alarm} for alarm in preference.pop("Alarms")]},
        "AutoRollbackConfiguration": {"Enabled": True, "Events": ROLLED_BACK},
        "DeploymentStyle": {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
    }
    if preference:
        raise ValueError(f"{id} has releases with {preference!r}, which is not known here")
    moved = {"ApplicationName": Ref(RELEASES), "DeploymentGroupName": Ref(f"{id}DeploymentGroup")}
    alias["UpdatePolicy"] = {"CodeDeployLambdaAliasUpdate": moved}
    application = {"Type": "AWS::CodeDeploy::Application", "Metadata": {"Advisor": {"group": "cloud"}}}
    return {
        RELEASES: {**application, "Properties": {"ComputePlatform": "Lambda"}},
        f"{id}DeploymentGroup": {"Type": "AWS::CodeDeploy::DeploymentGroup", **metadata, "Properties": group},
    }


def _state_machine(scope: Scope, id: str, resource: Json) -> dict[str, Json]:
    properties = dict(resource["Properties"])
    tracing, logging = properties.pop("Tracing"), properties.pop("Logging")
    policies = [_TRACES] if tracing.get("Enabled") else []
    role = _role(resource, "states.amazonaws.com", policies, properties.pop("Policies", []))
    properties = {
        "StateMachineName": properties.pop("Name"),
        "StateMachineType": properties.pop("Type"),
        "DefinitionUri": properties.pop("DefinitionUri"),
        **properties,
        "RoleArn": Att(f"{id}Role", "Arn"),
        "LoggingConfiguration": logging,
        "TracingConfiguration": tracing,
    }
    machine = {**resource, "Type": "AWS::StepFunctions::StateMachine", "Properties": properties}
    return {f"{id}Role": role, id: machine}


def _rest_api(_scope: Scope, id: str, resource: Json) -> dict[str, Json]:
    """Expand a REST API: stage properties move to the stage, and dependents wait for the stage."""
    properties = dict(resource["Properties"])
    body = dict(properties.pop("DefinitionBody"))
    if properties.pop("OpenApiVersion") != body["openapi"]:
        raise ValueError(f"{id} states two versions of OpenAPI")
    if "GatewayResponses" in properties:
        body["x-amazon-apigateway-gateway-responses"] = _in_openapi(properties.pop("GatewayResponses"))
    endpoint = dict(properties.pop("EndpointConfiguration"))
    kind, endpoint_ids = endpoint.pop("Type"), endpoint.pop("VPCEndpointIds", None)
    api: Json = {
        "Name": properties.pop("Name"),
        "Body": body,
        "EndpointConfiguration": {
            "Types": [kind],
            **({"VpcEndpointIds": endpoint_ids} if endpoint_ids else {}),
            **endpoint,
        },
        "Parameters": {"endpointConfigurationTypes": kind},
    }
    stage = {"RestApiId": Ref(id), "DeploymentId": Ref(f"{id}Deployment"), **properties}
    metadata = {"Metadata": {"Advisor": _owner(resource)}}
    attributes = {key: value for key, value in resource.items() if key != "DependsOn"}
    dependencies = {"DependsOn": resource["DependsOn"]} if "DependsOn" in resource else {}
    deployment = {"Type": "AWS::ApiGateway::Deployment", **metadata, "Properties": {"RestApiId": Ref(id)}}
    return {
        id: {**attributes, "Type": "AWS::ApiGateway::RestApi", "Properties": api},
        f"{id}Deployment": deployment,
        f"{id}Stage": {"Type": "AWS::ApiGateway::Stage", **metadata, **dependencies, "Properties": stage},
    }


def _in_openapi(answers: Json) -> Json:
    """Return the properties of an API as an OpenAPI definition."""
    responses = {}
    for kind, answer in answers.items():
        response = dict(answer)
        parameters, status = dict(response.pop("ResponseParameters", {})), response.pop("StatusCode", None)
        headers = parameters.pop("Headers", {})
        if parameters or response:
            raise ValueError(f"an answer {kind} of an API says more than its status and its headers")
        named = {f"gatewayresponse.header.{name}": value for name, value in headers.items()}
        responses[kind] = ({"statusCode": status} if status else {}) | ({"responseParameters": named} if named else {})
    return responses


_SHORT_FORMS: Mapping[str, Callable[[Scope, str, Any], dict[str, Json]]] = {
    "AWS::Serverless::Api": _rest_api,
    "AWS::Serverless::Function": _function,
    "AWS::Serverless::StateMachine": _state_machine,
}
#: The types that short forms become.
WRITTEN_OUT = frozenset(
    {
        "AWS::ApiGateway::Deployment",
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Stage",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::IAM::Role",
        "AWS::Lambda::Alias",
        "AWS::Lambda::Function",
        "AWS::Lambda::Version",
        "AWS::StepFunctions::StateMachine",
    }
)
