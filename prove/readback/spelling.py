"""One spelling for what has two names.

What is taken as the same, and why:

* What `Ref` gives of a resource is one of its attributes: a security group's id, the ARN of what Batch makes or of a
  provider of identities.
* The address of an HTTP API is an attribute; SAM puts it together from its parts.
* A secret is meant whole by its ARN alone and by its ARN with an empty rest.
* Batch takes types in capitals and in small letters.
* A function is meant by its name or by its ARN where Lambda takes either (permissions, event sources).
* The ARN of a database cluster or of an access point and the address of a repository are attributes; CDK puts them
  together from their parts.
* The partition and the Region of a function of the stack are the stack's own; CDK reads them off the function's ARN.
* A key of KMS is meant by its id or by its ARN where a property names the key of something (not in policies).
* An alias of a key of this account and Region is meant by its name or by its ARN.
* An origin of a distribution has an id by which behaviours name it: origins are numbered in their order.
* A data source of AppSync is meant by its attribute `Name` or by the name that the data source states.
* Labels (`labels.yaml`) are names and descriptions that nothing refers to and that CDK or SAM makes up by itself.
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
#: Types and the attribute that `Ref` gives of them, as CloudFormation documents it.
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
_NAME = re.compile(r"^\{'Fn::Select': \['?6'?, \{'Fn::Split': \[':', '\$\{([^}.]+)\}'\]\}\]\}$")
_HERE = re.escape("${AWS::Region}:${AWS::AccountId}")
_CLUSTER = re.compile(rf"arn:\$\{{AWS::Partition\}}:rds:{_HERE}:cluster:\$\{{([^}}.]+)\}}")
_MOUNT = re.compile(rf"arn:\$\{{AWS::Partition\}}:elasticfilesystem:{_HERE}:access-point/\$\{{([^}}.]+)\}}")
_ALIAS = re.compile(rf"^arn:\$\{{AWS::Partition\}}:kms:{_HERE}:(alias/.+)$")
_KEY, _KEY_ARN = re.compile(r"(?i)kms.*key|encryptionkey"), re.compile(r"^\$\{([^}.]+)\.Arn\}$")
_PART = r"\{'Fn::Select': \['%d', \{'Fn::Split': \[':', '\$\{([^}.]+)\.Arn\}'\]\}\]\}"
_INVOKED = re.compile(rf"arn:{_PART % 1}:apigateway:{_PART % 3}:lambda:path/")
_REPOSITORY = re.compile(_PART % 4 + r"\.dkr\.ecr\." + _PART % 3 + r"\.\$\{AWS::URLSuffix\}/\$\{([^}.]+)\}")


def spelling(resources: Resources) -> Resources:
    """Return the resources with one name for everything that has two."""

    def name(id: str, attribute: str) -> str:
        found = resources.get(id)
        return f"${{{id}}}" if found and _REFERRED.get(found.type) == attribute else f"${{{id}{attribute}}}"

    said = {id: replace(one, properties=renamed(dict(one.properties), name)) for id, one in resources.items()}
    return {id: _spelled(one, said) for id, one in said.items()}


def _function(named: Value) -> Value:
    """Return a function by its name where its ARN stands, and by its ARN where its name is taken out of that."""
    found = _NAME.match(str(named))
    if found:
        return f"${{{found[1]}}}"
    return re.sub(r"^\$\{([^}.]+)\.Arn\}$", r"${\1}", named) if isinstance(named, str) else named


def _spelled(one: Resource, resources: Resources) -> Resource:
    keys = {id for id, found in resources.items() if found.type == "AWS::KMS::Key"}
    made = {key: _keyed(_texts(value), keys, key) for key, value in one.properties.items()}
    if one.type in _EITHER and _EITHER[one.type] in made:
        made[_EITHER[one.type]] = _function(made[_EITHER[one.type]])
    if one.type == "AWS::Batch::ComputeEnvironment":
        made["Type"] = str(made["Type"]).upper()
    if one.type == "AWS::CloudFront::Distribution":
        made = _numbered(made)
    if one.type == "AWS::AppSync::Resolver":
        made = _sourced(made, resources)
    for path in labels().get(one.type, ()):
        made = _without(made, path.split("/"))
    return replace(one, properties=made)


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
        return [_texts(one) for one in value]
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    return value


def _keyed(value: Value, keys: set[str], name: str) -> Value:
    """Return a value with keys of KMS by their ids where a property names one."""
    if isinstance(value, dict):
        return {inside: _keyed(one, keys, inside) for inside, one in value.items()}
    if isinstance(value, list):
        return [_keyed(one, keys, name) for one in value]
    found = _KEY_ARN.match(value) if isinstance(value, str) and _KEY.search(name) else None
    return f"${{{found[1]}}}" if found and found[1] in keys else value


def _numbered(properties: dict[str, Any]) -> dict[str, Any]:
    """Call the origins of a distribution by their numbers."""
    origins = properties["DistributionConfig"].get("Origins", ())
    names = {one["Id"]: f"origin {number}" for number, one in enumerate(origins, 1)}

    def named(value: Value, key: str = "") -> Value:
        if isinstance(value, dict):
            return {inside: named(one, inside) for inside, one in value.items()}
        if isinstance(value, list):
            return [named(one, key) for one in value]
        return names.get(value, value) if key in ("Id", "TargetOriginId", "OriginId") else value

    return {**properties, "DistributionConfig": named(properties["DistributionConfig"])}


def _sourced(properties: dict[str, Any], resources: Resources) -> dict[str, Any]:
    sources = {
        one.properties.get("Name"): id for id, one in resources.items() if one.type == "AWS::AppSync::DataSource"
    }
    name = properties.get("DataSourceName")
    return {**properties, "DataSourceName": f"${{{sources[name]}.Name}}"} if name in sources else properties


@lru_cache(maxsize=1)
def labels() -> Mapping[str, list[str]]:
    """Return the paths of labels by the type of their resource."""
    found: dict[str, list[str]] = yaml.safe_load((files(__package__) / "tables" / "labels.yaml").read_text("utf-8"))
    return found


def _without(value: Any, path: list[str]) -> Any:
    if not isinstance(value, dict) or path[0] not in value:
        return value
    if len(path) == 1:
        return {key: one for key, one in value.items() if key != path[0]}
    return {**value, path[0]: _without(value[path[0]], path[1:])}
