"""The template that CloudFormation would get: a SAM project, translated here as AWS would translate it."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

Json = dict[str, Any]
_LOCAL = ("CodeUri", "DefinitionUri", "DefinitionS3Location", "ContentUri")
_MANAGED = (
    "AWSXrayWriteOnlyAccess",
    "AWSXRayDaemonWriteAccess",
    "service-role/AWSLambdaBasicExecutionRole",
    "service-role/AWSLambdaVPCAccessExecutionRole",
)


@dataclass(frozen=True, slots=True)
class _Place:
    """What the translator asks of a session of boto3, which takes longer to make than the rest of a small template."""

    region_name: str


class _Managed:
    """The ARNs of managed policies, which the translator would otherwise request from IAM."""

    def load(self) -> dict[str, str]:
        return {name.rpartition("/")[2]: f"arn:aws:iam::aws:policy/{name}" for name in _MANAGED}


def translate_template(files: Mapping[str, bytes], region: str, *, code: str, image: str) -> Json:
    """Return the template of a SAM project after translation; `code` and `image` replace the uploaded artifacts.

    `code` is an s3:// address; a `*` in it is the folder of the project that is meant.
    """
    import os

    os.environ.setdefault("AWS_DEFAULT_REGION", region)  # the translator asks for a Region as soon as it is loaded
    document = parse_template(files["template.yaml"])
    for resource in document["Resources"].values():
        _set_uploads(resource["Type"], resource.get("Properties", {}), files, code, image)
    logging.disable(logging.CRITICAL)
    try:
        template = _transformed(document, _Place(os.environ["AWS_DEFAULT_REGION"]))
    finally:
        logging.disable(logging.NOTSET)
    return template


def _transformed(document: Json, place: _Place) -> Json:
    """Do what `samtranslator.translator.transform.transform` does, in a place that is known."""
    from samtranslator.parser.parser import Parser
    from samtranslator.translator import translator
    from samtranslator.utils.py27hash_fix import to_py27_compatible_template, undo_mark_unicode_str_in_template

    # The translator validates its own templates of policies for each translation, which is half of its time.
    translator.make_policy_template_for_function_plugin = _policies()
    parameters: Json = {}
    to_py27_compatible_template(document, parameters)
    template = translator.Translator(None, Parser(), boto_session=place).translate(
        document, parameters, get_managed_policy_map=_Managed().load
    )
    translated: Json = undo_mark_unicode_str_in_template(template)
    return translated


@cache
def _policies() -> Any:
    """Return the translator's own maker of the plugin that knows templates of policies, which makes it once."""
    from samtranslator.translator import translator

    return cache(translator.make_policy_template_for_function_plugin)


def parse_template(content: bytes) -> Json:
    """Return a template as written, with the CloudFormation functions in their long form."""
    document: Json = yaml.load(content, Loader=_loader())
    return document


@cache
def _loader() -> Any:
    """Return the translator's own reader of YAML, on top of libyaml if it is there: five times as fast."""
    from samtranslator.yaml_helper import intrinsics_multi_constructor

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    Loader.add_multi_constructor("!", intrinsics_multi_constructor)
    return Loader


def _set_uploads(type: str, properties: Json, files: Mapping[str, bytes], code: str, image: str) -> None:
    if properties.get("PackageType") == "Image":
        properties["ImageUri"] = image
    for key in _LOCAL:
        if isinstance(properties.get(key), str):
            path = properties.pop(key)
            if type == "AWS::Serverless::StateMachine":
                properties["Definition"] = json.loads(files[path])
            elif type == "AWS::StepFunctions::StateMachine":
                properties["DefinitionString"] = files[path].decode()
            else:
                properties[key] = code.replace("*", path)


def types_of(template: Json) -> list[str]:
    """Return the resource types of a template, sorted."""
    return sorted({resource["Type"] for resource in template["Resources"].values()})


def of_type(template: Json, types: tuple[str, ...]) -> Iterator[Json]:
    """Yield the properties of the resources of some types."""
    for resource in template["Resources"].values():
        if resource["Type"] in types:
            yield resource.get("Properties", {})
