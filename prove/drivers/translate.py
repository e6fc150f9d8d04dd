"""aws-sam-translator over many SAM projects: jobs are [[project, output]…], each line a project and its errors.

References to artifacts that `sam package` would upload are replaced by S3 URIs and image URIs first. AWS is not called.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

IMAGE = "111122223333.dkr.ecr.ap-northeast-1.amazonaws.com/image:1.0.0"
LOCAL = ("CodeUri", "DefinitionUri", "DefinitionS3Location", "ContentUri")
MANAGED = (
    "AWSXrayWriteOnlyAccess",
    "AWSXRayDaemonWriteAccess",
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSLambdaVPCAccessExecutionRole",
)


class Policies(ManagedPolicyLoader):  # type: ignore[misc]
    """The managed policies that SAM itself attaches, without asking IAM for them."""

    def __init__(self) -> None:
        self._policy_map = None
        self.max_items = 1

    def load(self) -> dict[str, str]:
        """Return the ARN of each policy by its name."""
        return {name.split("/")[-1]: f"arn:aws:iam::aws:policy/{name}" for name in MANAGED}


def translated(project: Path) -> dict[str, Any]:
    """Return the CloudFormation template of a SAM project."""
    document = yaml_parse((project / "template.yaml").read_text("utf-8"))
    for resource in document["Resources"].values():
        properties = resource.get("Properties", {})
        if properties.get("PackageType") == "Image":
            properties["ImageUri"] = IMAGE
        for key in LOCAL:
            if isinstance(properties.get(key), str):
                _package(project, resource["Type"], properties, key)
    template: dict[str, Any] = transform(document, {}, Policies())
    return template


def _package(project: Path, type: str, properties: dict[str, Any], key: str) -> None:
    path = properties.pop(key)
    if type == "AWS::Serverless::StateMachine":
        properties["Definition"] = json.loads((project / path).read_text("utf-8"))
    elif type == "AWS::StepFunctions::StateMachine":
        properties["DefinitionString"] = (project / path).read_text("utf-8")
    else:
        properties[key] = f"s3://packaged/{path}.zip"


def errors(project: Path, output: Path) -> list[dict[str, str]]:
    """Write the translated template; return the translator's errors."""
    try:
        template = translated(project)
    except InvalidDocumentException as error:
        return [{"rule": "sam-translate", "place": "", "message": cause.message} for cause in error.causes]
    except (yaml.YAMLError, OSError, ValueError) as error:
        return [{"rule": "sam-translate", "place": "", "message": str(error)}]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(template, indent=1, default=str, ensure_ascii=False), "utf-8")
    return []


def answers(jobs: list[list[str]]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Translate every project."""
    for folder, path in jobs:
        yield folder, errors(Path(folder), Path(path))
