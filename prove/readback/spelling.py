"""Uniform names where CloudFormation has two notations.

Treated as equal, and why:

* `Ref` of a resource equals one of its attributes: a security group's id, the ARN of a Batch resource or of an identity
  provider.
* The URL of an HTTP API is an attribute; SAM composes it from its parts.
* A dynamic reference to a whole secret is its ARN alone or its ARN with empty parts.
* Batch accepts types in upper and lower case.
* A function is named by its name or by its ARN where Lambda accepts both (permissions, event sources), an alias by its
  ARN or by the names of its function and its own.
* The ARN of a database cluster or of an access point and the URI of a repository are attributes; CDK composes them from
  their parts.
* The partition and the Region of a function of the stack are those of the stack; CDK takes them from the function's
  ARN.
* The full name of a load balancer is its attribute; CDK takes it from the ARN of one of its listeners.
* A KMS key is named by its id or by its ARN where a property names an encryption key (not in policies).
* An alias of a key of this account and Region is named by its name or by its ARN.
* An origin of a distribution has an id by which behaviors name it: origins are numbered in their order.
* A data source of AppSync is named by its attribute `Name` or by the name that the data source states.
* The queries of an alarm are a set, and the one that is returned has any id.
* Labels (`labels.yaml`) are names and descriptions without references that CDK or SAM generates.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from prove.readback.stack import Resource
from prove.readback.values import Value, renamed

Resources = Mapping[str, Resource]
#: Type -> the attribute that `Ref` returns, as CloudFormation documents it.
_REFERRED = {
    "AWS::EC2::SecurityGroup": ".GroupId",
    "AWS::Batch::JobQueue": ".JobQueueArn",
    "AWS::Batch::ComputeEnvironment": ".ComputeEnvironmentArn",
    "AWS::IAM::OIDCProvider": ".Arn",
}
_ADDRESS = re.compile(r"https://\$\{([^}.]+)\}\.execute-api\.\$\{AWS::Region\}\.\$\{AWS::URLSuffix\}$")
_SECRET = re.compile(r"(\{\{resolve:secretsmanager:\$\{[^}]+\}):SecretString:::\}\}")
_EITHER = {"AWS::Lambda::Permission": "FunctionName", "AWS::Lambda::EventSourceMapping": "FunctionName"}
#: The name of a function outside the stack, whose ARN is a parameter that admits no version and no alias.
_NAME = re.compile(r"^\{'Fn::Select': \['?6'?, \{'Fn::Split': \[':', '\$\{([^}.]+)\}'\]\}\]\}(?::\w+)?$")
_HERE = re.escape("${AWS::Region}:${AWS::AccountId}")
_CLUSTER = re.compile(rf"arn:\$\{{AWS::Partition\}}:rds:{_HERE}:cluster:\$\{{([^}}.]+)\}}")
_MOUNT = re.compile(rf"arn:\$\{{AWS::Partition\}}:elasticfilesystem:{_HERE}:access-point/\$\{{([^}}.]+)\}}")
_ALIAS = re.compile(rf"^arn:\$\{{AWS::Partition\}}:kms:{_HERE}:(alias/.+)$")
_KEY, _KEY_ARN = re.compile(r"(?i)kms.*key|encryptionkey"), re.compile(r"^\$\{([^}.]+)\.Arn\}$")
_PART = r"\{'Fn::Select': \['%d', \{'Fn::Split': \[':', '\$\{([^}.]+)(?:\.Arn)?\}'\]\}\]\}"
_INVOKED = re.compile(rf"arn:{_PART % 1}:apigateway:{_PART % 3}:lambda:path/")
_SLICE = r"\{'Fn::Select': \['%d', \{'Fn::Split': \['/', '\$\{([^}.]+)\}'\]\}\]\}"
_BALANCER = re.compile("/".join(_SLICE % number for number in (1, 2, 3)))
_REPOSITORY = re.compile(_PART % 4 + r"\.dkr\.ecr\." + _PART % 3 + r"\.\$\{AWS::URLSuffix\}/\$\{([^}.]+)\}")


def spelling(resources: Resources) -> Resources:
    """Return the resources with uniform names."""

    def name(id: str, attribute: str) -> str:
        resource = resources.get(id)
        return f"${{{id}}}" if resource and _REFERRED.get(resource.type) == attribute else f"${{{id}{attribute}}}"

    renamed_resources = {
        id: replace(resource, properties=renamed(dict(resource.properties), name)) for id, resource in resources.items()
    }
    return {id: _uniform(resource, renamed_resources) for id, resource in renamed_resources.items()}


def _function(named: Value) -> Value:
    """Return a function by its name in place of its ARN, and by its ARN in place of a name that is split from it."""
    match = _NAME.match(str(named))
    if match:
        return f"${{{match[1]}}}"
    return re.sub(r"^\$\{([^}.]+)\.Arn\}$", r"${\1}", named) if isinstance(named, str) else named


def _uniform(resource: Resource, resources: Resources) -> Resource:
    keys = {id for id, other in resources.items() if other.type == "AWS::KMS::Key"}
    properties = {key: _with_key_ids(_texts(value), keys, key) for key, value in resource.properties.items()}
    if resource.type in _EITHER and _EITHER[resource.type] in properties:
        properties[_EITHER[resource.type]] = _function(properties[_EITHER[resource.type]])
    if resource.type == "AWS::Batch::ComputeEnvironment":
        properties["Type"] = str(properties["Type"]).upper()
    if resource.type == "AWS::ApplicationAutoScaling::ScalingPolicy":
        properties = _with_balancers(properties, resources)
    if resource.type == "AWS::CloudFront::Distribution":
        properties = _with_numbered_origins(properties)
    if resource.type == "AWS::CloudWatch::Alarm" and "Metrics" in properties:
        properties["Metrics"] = _with_one_result(properties["Metrics"])
    if resource.type == "AWS::AppSync::Resolver":
        properties = _with_data_source(properties, resources)
    for path in labels().get(resource.type, ()):
        properties = _without(properties, path.split("/"))
    return replace(resource, properties=properties)


def _texts(value: Value) -> Value:
    if isinstance(value, str):
        value = _CLUSTER.sub(r"${\1.DBClusterArn}", value)
        value = _MOUNT.sub(r"${\1.Arn}", value)
        value = _REPOSITORY.sub(r"${\1.RepositoryUri}", value)
        value = _INVOKED.sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/", value)
        value = _SECRET.sub(r"\1}}", value)
        value = _ADDRESS.sub(r"${\1.ApiEndpoint}", value)
        return _ALIAS.sub(r"\1", value)
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    return value


def _with_key_ids(value: Value, keys: set[str], name: str) -> Value:
    """Return a value with KMS keys by their ids where a property names one."""
    if isinstance(value, dict):
        return {key: _with_key_ids(item, keys, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_key_ids(item, keys, name) for item in value]
    match = _KEY_ARN.match(value) if isinstance(value, str) and _KEY.search(name) else None
    return f"${{{match[1]}}}" if match and match[1] in keys else value


def _with_numbered_origins(properties: dict[str, Any]) -> dict[str, Any]:
    """Return a distribution with its origins named by their numbers."""
    origins = properties["DistributionConfig"].get("Origins", ())
    names = {origin["Id"]: f"origin {number}" for number, origin in enumerate(origins, 1)}

    def named(value: Value, key: str = "") -> Value:
        if isinstance(value, dict):
            return {name: named(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [named(item, key) for item in value]
        return names.get(value, value) if key in ("Id", "TargetOriginId", "OriginId") else value

    return {**properties, "DistributionConfig": named(properties["DistributionConfig"])}


def _with_one_result(queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the queries of an alarm in the order of their ids, with one id for the query that is returned."""
    named = [query | {"Id": "returned"} if query.get("ReturnData") == "true" else query for query in queries]
    return sorted(named, key=lambda query: str(query["Id"]))


def _with_data_source(properties: dict[str, Any], resources: Resources) -> dict[str, Any]:
    """Refer to the data source of a resolver, which is named there: several APIs may have one of the same name."""
    sources = {
        (resource.properties.get("Name"), str(resource.properties.get("ApiId"))): id
        for id, resource in resources.items()
        if resource.type == "AWS::AppSync::DataSource"
    }
    of_api = (properties.get("DataSourceName"), str(properties.get("ApiId")))
    return {**properties, "DataSourceName": f"${{{sources[of_api]}.Name}}"} if of_api in sources else properties


def _with_balancers(value: Value, resources: Resources) -> Value:
    """Return a value with load balancers by their full name in place of parts of the ARN of one of their listeners."""

    def full_name(match: re.Match[str]) -> str:
        listener = resources.get(match[1])
        balancer = str(listener.properties.get("LoadBalancerArn", "")) if listener else ""
        same = len(set(match.groups())) == 1 and re.fullmatch(r"\$\{[^}.]+\}", balancer)
        return f"{balancer[:-1]}.LoadBalancerFullName}}" if same else match[0]

    if isinstance(value, str):
        return _BALANCER.sub(full_name, value)
    if isinstance(value, list):
        return [_with_balancers(item, resources) for item in value]
    if isinstance(value, dict):
        return {key: _with_balancers(item, resources) for key, item in value.items()}
    return value


@lru_cache(maxsize=1)
def labels() -> Mapping[str, list[str]]:
    """Return the paths of labels by the type of their resource."""
    table: dict[str, list[str]] = yaml.safe_load((files(__package__) / "tables" / "labels.yaml").read_text("utf-8"))
    return table


def _without(value: Any, path: list[str]) -> Any:
    if not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) == 1:
        return {key: item for key, item in value.items() if key != path[0]}
    return {**value, path[0]: _without(value[path[0]], path[1:])}
