"""The table of L1 classes, made from the jsii assembly of the pinned aws-cdk-lib: `python -m prove.l1_table`.

It holds the types of the product's stacks that have no lift, and those whose L1 classes lifts use; a type with a lift
needs no row. `blueprints.cdk.lifts.table` reads it.
"""

import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from blueprints.cdk import modules
from blueprints.cdk.lifts.expand import WRITTEN_OUT
from blueprints.cdk.lifts.registry import lifts
from blueprints.cdk.lifts.table import FILE, LIST, MAP, RESOLVABLE
from blueprints.cdk.tree import Module

SITE = Path(".venv-cdk/lib")
TABLE = Path("blueprints/cdk/lifts") / FILE
FRAGMENTS = ("blueprints/parts", "blueprints/shared")
LIFTS = ("blueprints/cdk/lifts",)
_NAMED = re.compile(r'"(AWS::\w+::\w+)"')
_L1_CLASS = re.compile(r"\b(\w+)\.(Cfn\w+)")
_SHORT = "AWS::Serverless::"
_LIBRARY = "aws-cdk-lib."
_RESOURCE = "cloudformationResource"


@cache
def assembly(site: Path = SITE) -> Mapping[str, Any]:
    """Return the types of the library that is installed below `site`, by their names in full."""
    (packed,) = site.glob("python3*/site-packages/aws_cdk/_jsii/*.tgz")
    with tarfile.open(packed) as tar:
        said = json.loads(_member(tar, ".jsii"))
        if said.get("schema") == "jsii/file-redirect":
            said = json.loads(gzip.decompress(_member(tar, said["filename"])))
    found: Mapping[str, Any] = said["types"]
    return found


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(f"package/{name}")
    assert file is not None
    return file.read()


def types_wanted(types: Mapping[str, Any]) -> set[str]:
    """Return the resource types of the table, by what the code says: without a lift, or with an L1 class that one uses."""
    return (types_named() - set(lifts().types)) | _used_by_lifts(types)


def types_named() -> set[str]:
    """Return the resource types that any fragment names, and what SAM's short forms are written out to."""
    named = {type for source in _sources(FRAGMENTS) for type in _NAMED.findall(source)}
    return {type for type in named if not type.startswith(_SHORT)} | WRITTEN_OUT


def _used_by_lifts(types: Mapping[str, Any]) -> set[str]:
    """Return the resource types whose L1 classes lifts use by name (`iam.CfnRole`)."""
    names = {alias: module._name for alias, module in vars(modules).items() if isinstance(module, Module)}
    found = {match for source in _sources(LIFTS) for match in _L1_CLASS.findall(source)}
    classes = {name: type for type, name in _classes(types).items()}
    wanted = (f"{_LIBRARY}{names.get(alias, f'aws_{alias}')}.{kind}" for alias, kind in found)
    return {classes[name] for name in wanted if name in classes}


def _sources(folders: Iterable[str]) -> Iterator[str]:
    return (file.read_text("utf-8") for folder in folders for file in Path(folder).rglob("*.py"))


def rows(types: Mapping[str, Any], wanted: set[str]) -> dict[str, Any]:
    """Return the table's rows for these resource types; KeyError when the library lacks one."""
    classes = _classes(types)
    return {type: _row(types, classes[type]) for type in sorted(wanted)}


def _classes(types: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the L1 classes, by resource type."""
    return {one["docs"]["custom"][_RESOURCE]: name for name, one in types.items() if _is_l1(name, one)}


def _is_l1(name: str, one: Mapping[str, Any]) -> bool:
    custom = one.get("docs", {}).get("custom", {})
    return one["kind"] == "class" and _RESOURCE in custom and name.split(".")[-1].startswith("Cfn")


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
    attributes = [one["name"] for one in types[name]["properties"] if one["name"].startswith("attr")]
    return {**row, "attributes": sorted(attributes)} if attributes else row


def _shapes(types: Mapping[str, Any], struct: str, own: str) -> dict[str, str]:
    """Return what each property of a struct takes: a struct, or "" and its like for plain values."""
    properties = sorted(types[struct].get("properties", ()), key=lambda one: str(one["name"]))
    return {one["name"]: next(_structs(one["type"], own), _plain(one["type"])) for one in properties}


def _plain(type: Mapping[str, Any]) -> str:
    """Return what a property without a struct takes: a list of texts, or a value that may be found when deploying."""
    inner = type.get("union", {}).get("types", [type])
    if any(one.get("collection", {}).get("kind") == "array" for one in inner):
        return LIST
    return RESOLVABLE if any(one.get("fqn") == f"{_LIBRARY}IResolvable" for one in inner) else ""


def _structs(type: Mapping[str, Any], own: str) -> Iterator[str]:
    for one in type.get("union", {}).get("types", ()):
        yield from _structs(one, own)
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
    library = assembly()
    made = rows(library, types_wanted(library))
    TABLE.write_text(text(made), encoding="utf-8")
    print(f"{TABLE}: {len(made)} types")
