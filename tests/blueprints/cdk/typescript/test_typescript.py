"""The CDK target in TypeScript: strict, and the same templates as the target in Python, whatever the design."""

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from blueprints.cdk.typescript.classes import listed
from blueprints.cdk.typescript.names import variables
from tests.blueprints.cdk.typescript.conftest import Json

#: What differs because functions are written in another language; what a function does is tested with its code.
_OF_THE_LANGUAGE = ("Handler", "Runtime", "Code")
_HASHED = re.compile(r"((?:Deployment|CurrentVersion)[0-9A-F]{8})[0-9a-f]{32}$")


def _alike(value: Any) -> Any:
    """Return a template without what its language alone decides.

    The id of a deployment ends with a hash of how CDK put it, that of a function's version with one of its code too.
    """
    if isinstance(value, dict):
        named = {_HASHED.sub(r"\1", key): _alike(item) for key, item in value.items()}
        if named.get("Type") == "AWS::Lambda::Function":
            named["Properties"] = {k: v for k, v in named["Properties"].items() if k not in _OF_THE_LANGUAGE}
            named["Metadata"] = {k: v for k, v in named["Metadata"].items() if not k.startswith("aws:asset:")}
        return named
    if isinstance(value, list):
        return [_alike(item) for item in value]
    return _HASHED.sub(r"\1", value) if isinstance(value, str) else value


def test_every_design_comes_to_the_template_that_python_makes(
    synthesised: Mapping[str, Json], synthesised_in_typescript: Mapping[str, Json]
) -> None:
    assert set(synthesised) == set(synthesised_in_typescript)
    different = {}
    for name, template in synthesised.items():
        mine, theirs = _alike(synthesised_in_typescript[name]), _alike(template)
        for part in sorted({*mine, *theirs}):
            keys = sorted({*mine.get(part, {}), *theirs.get(part, {})}) if isinstance(mine.get(part), dict) else []
            for key in keys:
                if mine[part].get(key) != theirs[part].get(key):
                    different[f"{name}: {part} {key}"] = (theirs[part].get(key), mine[part].get(key))
        assert mine == theirs or different, name
    assert not different, json.dumps(dict(list(different.items())[:5]), indent=1)


def test_functions_are_typescript_on_a_runtime_of_node(synthesised_in_typescript: Mapping[str, Json]) -> None:
    functions = [
        resource["Properties"]
        for template in synthesised_in_typescript.values()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function" and resource["Properties"].get("PackageType") != "Image"
    ]
    assert functions
    assert {(function["Runtime"], function["Handler"]) for function in functions} == {("nodejs24.x", "index.handler")}


def test_the_listed_classes_are_those_of_the_library(node_modules: Path) -> None:
    """A class that is made of options alone must be listed: it would be taken for a struct otherwise."""
    types = json.loads(gzip.decompress((node_modules / "aws-cdk-lib" / ".jsii.gz").read_bytes()))["types"]
    classes = set()
    for name, type in types.items():
        parameters = (type.get("initializer") or {}).get("parameters", [])
        if type["kind"] == "class" and not type.get("abstract") and len(parameters) == 1:
            struct = types.get(parameters[0]["type"].get("fqn", ""), {})
            _, *module, called = name.split(".")
            if struct.get("datatype") and len(module) < 2:
                classes.add((module[0] if module else "", called))
    assert classes == listed()


def test_variables_are_apart_and_none_is_a_word_of_the_language() -> None:
    written = variables(["new", "a_1", "a1", "sqs", "orders_queue"], {"sqs"})
    assert written == {"new": "new_", "a_1": "a1", "a1": "a1_", "sqs": "sqs_", "orders_queue": "ordersQueue"}
