"""The table of L1 classes, made from the jsii assembly of the pinned aws-cdk-lib: `python -m prove.l1_table`.

It holds every type that the product's stacks use and that has no lift, or one that lifts only some: those are printed
as their L1 classes.
`blueprints.cdk.lifting.l1_table` reads it.
"""

import gzip
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from blueprints.cdk.lifting.l1_table import FILE, LIST, MAP, RESOLVABLE
from blueprints.cdk.lifting.registry import lifts
from blueprints.cdk.lifting.short_forms import WRITTEN_OUT

SITE = Path(".venv-cdk/lib")
TABLE = Path("blueprints/cdk/lifting") / FILE
PARTS = ("blueprints/parts", "blueprints/shared")
_NAMED = re.compile(r'"(AWS::\w+::\w+)"')
_SHORT = "AWS::Serverless::"
_LIBRARY = "aws-cdk-lib."
_RESOURCE = "cloudformationResource"


@cache
def assembly(site: Path = SITE) -> Mapping[str, Any]:
    """Return the types of the library that is installed below `site`, by their names in full."""
    (packed,) = site.glob("python3*/site-packages/aws_cdk/_jsii/*.tgz")
    with tarfile.open(packed) as tar:
        manifest = json.loads(_member(tar, ".jsii"))
        if manifest.get("schema") == "jsii/file-redirect":
            manifest = json.loads(gzip.decompress(_member(tar, manifest["filename"])))
    types: Mapping[str, Any] = manifest["types"]
    return types


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(f"package/{name}")
    assert file is not None
    return file.read()


def types_without_lift() -> set[str]:
    """Return the resource types that parts name, or that SAM's short forms are expanded to, and that no lift prints."""
    sources = (file.read_text("utf-8") for folder in PARTS for file in Path(folder).rglob("*.py"))
    named = {type for source in sources for type in _NAMED.findall(source)}
    lifted = set(lifts().types) - lifts().partly
    return ({type for type in named if not type.startswith(_SHORT)} | WRITTEN_OUT) - lifted


def rows(types: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """Return the table's rows for these resource types. Raises KeyError if the library lacks one.

    Of a type that two modules have (`aws_eks`, `aws_eks_v2`), it is the class of the first: cdk-nag supports only this one.
    """
    classes = {
        types[name]["docs"]["custom"][_RESOURCE]: name
        for name in sorted(types, reverse=True)
        if _is_l1(name, types[name])
    }
    return {type: _row(types, classes[type]) for type in sorted(names)}


def _is_l1(name: str, definition: Mapping[str, Any]) -> bool:
    custom = definition.get("docs", {}).get("custom", {})
    return definition["kind"] == "class" and _RESOURCE in custom and name.split(".")[-1].startswith("Cfn")


def _row(types: Mapping[str, Any], name: str) -> dict[str, Any]:
    prefix = f"{name}."
    row: dict[str, Any] = {
        "class": name.removeprefix(_LIBRARY),
        "properties": _shapes(types, f"{name}Props", prefix),
    }
    structs: dict[str, dict[str, str]] = {}
    waiting = list(row["properties"].values())
    while waiting:
        struct = waiting.pop().removeprefix(MAP)
        if f"{prefix}{struct}" in types and struct not in structs:
            structs[struct] = _shapes(types, prefix + struct, prefix)
            waiting += structs[struct].values()
    if structs:
        row["structs"] = {struct: structs[struct] for struct in sorted(structs)}
    attributes = [
        definition["name"] for definition in types[name]["properties"] if definition["name"].startswith("attr")
    ]
    return {**row, "attributes": sorted(attributes)} if attributes else row


def _shapes(types: Mapping[str, Any], struct: str, prefix: str) -> dict[str, str]:
    """Return the value type of each property of a struct: a struct, or the marker of a plain value."""
    properties = sorted(types[struct].get("properties", ()), key=lambda definition: str(definition["name"]))
    return {
        definition["name"]: next(_structs(definition["type"], prefix), _plain(definition["type"]))
        for definition in properties
    }


def _plain(type: Mapping[str, Any]) -> str:
    """Return the value type of a property without a struct: a list of strings, or a value that may be a token."""
    inner = type.get("union", {}).get("types", [type])
    if any(alternative.get("collection", {}).get("kind") == "array" for alternative in inner):
        return LIST
    return RESOLVABLE if any(alternative.get("fqn") == f"{_LIBRARY}IResolvable" for alternative in inner) else ""


def _structs(type: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for alternative in type.get("union", {}).get("types", ()):
        yield from _structs(alternative, prefix)
    if "collection" in type:
        keyed = MAP if type["collection"]["kind"] == "map" else ""
        for inner in _structs(type["collection"]["elementtype"], prefix):
            yield keyed + inner
    name = type.get("fqn", "")
    if name.startswith(prefix) and name.endswith("Property"):
        yield name.removeprefix(prefix)
    elif name == f"{_LIBRARY}CfnTag":
        yield "CfnTag"


def text(table: Mapping[str, Any]) -> str:
    """Return the content of the table's file: one line for each type."""
    lines = [f"{json.dumps(type)}: {json.dumps(row, separators=(',', ':'))}" for type, row in table.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    table_rows = rows(assembly(), types_without_lift())
    TABLE.write_text(text(table_rows), encoding="utf-8")
    print(f"{TABLE}: {len(table_rows)} types")
