"""A SAM project as CloudFormation: aws-sam-translator as a library, without AWS, after what `sam package` would do."""

import json
import logging
import os
from collections.abc import Mapping
from typing import Any

os.environ.setdefault("AWS_DEFAULT_REGION", "ap-northeast-1")

from cfnlint.api import ManualArgs, lint
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

REGION = "ap-northeast-1"
_LOCAL = ("CodeUri", "DefinitionUri", "ContentUri")
_IMAGE = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/image:1.0.0"


class _Policies(ManagedPolicyLoader):  # type: ignore[misc]
    def __init__(self) -> None:
        self._policy_map = None
        self.max_items = 1

    def load(self) -> dict[str, str]:
        names = (
            "AWSXrayWriteOnlyAccess",
            "AWSXRayDaemonWriteAccess",
            "service-role/AWSLambdaBasicExecutionRole",
            "service-role/AWSLambdaVPCAccessExecutionRole",
        )
        return {name.split("/")[-1]: f"arn:aws:iam::aws:policy/{name}" for name in names}


def parsed(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the template of a project as a tree, functions in their long form."""
    found: dict[str, Any] = yaml_parse(files["template.yaml"].decode())
    return found


def translated(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what CloudFormation would get."""
    document = parsed(files)
    for resource in document["Resources"].values():
        properties = resource.get("Properties", {})
        if properties.get("PackageType") == "Image":
            properties["ImageUri"] = _IMAGE
        for key in _LOCAL:
            if isinstance(properties.get(key), str):
                _package(resource["Type"], properties, key, files)
    logging.disable(logging.CRITICAL)
    try:
        made: dict[str, Any] = transform(document, {}, _Policies())
    finally:
        logging.disable(logging.NOTSET)
    return made


def _package(type: str, properties: dict[str, Any], key: str, files: Mapping[str, bytes]) -> None:
    path = properties.pop(key)
    if type == "AWS::Serverless::StateMachine":
        properties["Definition"] = json.loads(files[path])
    else:
        properties[key] = "s3://placeholder/code.zip"


def findings(template: str) -> list[str]:
    """Return what cfn-lint says about a template, warnings too."""
    found = lint(template, config=ManualArgs(regions=[REGION]))
    return [f"{one.rule.id} {'/'.join(map(str, one.path or ()))}: {one.message}" for one in found]
