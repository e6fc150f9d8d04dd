"""The table of L1 classes, made from the jsii assembly of the pinned aws-cdk-lib: `python -m prove.l1_table`.

It holds every type that the product's stacks use and that has no lift: those are printed as their L1 classes.
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
    """Return the resource types that parts name, or that SAM's short forms are expanded to, and that have no lift."""
    sources = (file.read_text("utf-8") for folder in PARTS for file in Path(folder).rglob("*.py"))
    named = {type for source in sources for type in _NAMED.findall(source)}
    return ({type for type in named if not type.startswith(_SHORT)} | WRITTEN_OUT) - set(lifts().types)


def rows(types: Mapping[str, Any], wanted: set[str]) -> dict[str, Any]:
    """Return the table's rows for these resource types; KeyError when the library lacks one."""
    classes = {
        definition["docs"]["custom"][_RESOURCE]: name for name, definition in types.items() if _is_l1(name, definition)
    }
    return {type: _row(types, classes[type]) for type in sorted(wanted)}


def _is_l1(name: str, definition: Mapping[str, Any]) -> bool:
    custom = definition.get("docs", {}).get("custom", {})
    return definition["kind"] == "class" and _RESOURCE in custom and name.split(".")[-1].startswith("Cfn")


def _row(types: Mapping[str, Any], name: str) -> dict[str, Any]:
    own = f"{name}."
    row: dict[str, Any] = {
        "class": name.removeprefix(_LIBRARY),
        "properties": _shapes(types, f"{name}Props", own),
    }
    structs: dict[str, dict[str, str]] = {}
    waiting = list(row["properties"].values())
    while waiting:
        struct = waiting.pop().removeprefix(MAP)
        if f"{own}{struct}" in types and struct not in structs:
            structs[struct] = _shapes(types, own + struct, own)
            waiting += structs[struct].values()
    if structs:
        row["structs"] = {struct: structs[struct] for struct in sorted(structs)}
    attributes = [member["name"] for member in types[name]["properties"] if member["name"].startswith("attr")]
    return {**row, "attributes": sorted(attributes)} if attributes else row


def _shapes(types: Mapping[str, Any], struct: str, own: str) -> dict[str, str]:
    """Return what each property of a struct takes: a struct, or "" and its like for plain values."""
    properties = sorted(types[struct].get("properties", ()), key=lambda member: str(member["name"]))
    return {member["name"]: next(_structs(member["type"], own), _plain(member["type"])) for member in properties}


def _plain(type: Mapping[str, Any]) -> str:
    """Return what a property without a struct takes: a list of texts, or a value that may be found when deploying."""
    inner = type.get("union", {}).get("types", [type])
    if any(inner_type.get("collection", {}).get("kind") == "array" for inner_type in inner):
        return LIST
    return RESOLVABLE if any(inner_type.get("fqn") == f"{_LIBRARY}IResolvable" for inner_type in inner) else ""


def _structs(type: Mapping[str, Any], own: str) -> Iterator[str]:
    for inner_type in type.get("union", {}).get("types", ()):
        yield from _structs(inner_type, own)
    if "collection" in type:
        keyed = MAP if type["collection"]["kind"] == "map" else ""
        for inner in _structs(type["collection"]["elementtype"], own):
            yield keyed + inner
    name = type.get("fqn", "")
    if name.startswith(own) and name.endswith("Property"):
        yield name.removeprefix(own)
    elif name == f"{_LIBRARY}CfnTag":
        yield "CfnTag"


def text(table: Mapping[str, Any]) -> str:
    """Return the table as it is kept: one line for each type."""
    lines = [f"{json.dumps(type)}: {json.dumps(row, separators=(',', ':'))}" for type, row in table.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    table = rows(assembly(), types_without_lift())
    TABLE.write_text(text(table), encoding="utf-8")
    print(f"{TABLE}: {len(table)} types")
