"""cfn-guard with the rules of AWS Control Tower over templates; its binary and rules come in a package for the CDK.

It evaluates no parameter and no condition, so it gets each template as production deploys it (`deployment.py`). Of the
rules, those are tried that are about a type of resource in one of the templates: the others would take most of the time.
"""

import json
import re
import shutil
import stat
import tarfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from prove.static.deployment import deployed
from prove.static.linters import RowsByPath
from prove.static.reports import Row
from prove.tools import CDK, OUT, run

#: The package of the CDK's validator, which holds the binary for each system and the rules.
_PACKAGE = "lib/python3*/site-packages/cdklabs/cdk_validator_cfnguard/_jsii/*.jsii.tgz"
_BINARY = "package/bin/ubuntu/x86_64/cfn-guard"
_RULES = "package/rules/control-tower/cfn-guard/"
_RESOURCE = re.compile(r"/Resources/([^/\"\[]+)")
_RULE = re.compile(r"\[(CT\.[A-Z0-9.\-]+)\]:?\s*([^\n]*)")
_TYPE = re.compile(r"\"(AWS::\w+::\w+)\"")
_MET, _NOT_MET = 0, 19


def control_tower(templates: Mapping[str, Mapping[str, str]]) -> RowsByPath:
    """Hold templates against the rules of AWS Control Tower, each with the values of its parameters, in one process."""
    folder = OUT / "guarded"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    types, copies = set[str](), dict[str, str]()
    for number, (path, values) in enumerate(templates.items()):
        filled = deployed(json.loads(Path(path).read_text("utf-8")), values)
        types |= {resource["Type"] for resource in filled["Resources"].values()}
        copies[path] = f"{number}.json"
        (folder / copies[path]).write_text(json.dumps(filled), "utf-8")
    reports = {Path(report["name"]).name: report for report in _reports(folder, types)}
    for path, copy in copies.items():
        yield path, list(_rows(reports[copy]))


def _reports(folder: Path, types: set[str]) -> list[dict[str, Any]]:
    program, rules = _unpacked()
    about = [file for file in sorted(rules.rglob("*.guard")) if types & {*_TYPE.findall(file.read_text("utf-8"))}]
    words: list[str | Path] = [program, "validate", "--rules", *about, "--data", folder, "--type", "CFNTemplate"]
    done = run([*words, "--show-summary", "none", "--output-format", "json", "--structured"])
    if done.returncode not in (_MET, _NOT_MET):
        raise RuntimeError(f"cfn-guard ended with {done.returncode}: {done.stderr[-2000:]}")
    reports: list[dict[str, Any]] = json.loads(done.stdout)
    return reports


@cache
def _unpacked() -> tuple[Path, Path]:
    """Return the paths of the binary and of the folder of rules, unpacked from the package once."""
    (package,) = CDK.glob(_PACKAGE)
    folder = OUT / "cfn-guard" / package.stem
    program = folder / _BINARY
    if not program.exists():
        with tarfile.open(package) as archive:
            members = [m for m in archive.getmembers() if m.name == _BINARY or m.name.startswith(_RULES)]
            archive.extractall(folder, members, filter="data")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program, folder / _RULES


def _rows(report: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rules that a template does not meet, once for each resource."""
    for failed in report["not_compliant"]:
        resources = sorted(set(_RESOURCE.findall(json.dumps(failed))))
        rule, title = next(_identified(failed), (failed["Rule"]["name"], failed["Rule"]["name"]))
        yield from ({"rule": rule, "place": resource, "message": title} for resource in resources or [""])


def _identified(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the id of Control Tower and the title in the messages of a failed rule."""
    if isinstance(value, dict):
        message = value.get("custom_message")
        if isinstance(message, str) and (match := _RULE.search(message)):
            yield match[1], match[2].strip()
        for item in value.values():
            yield from _identified(item)
    elif isinstance(value, list):
        for item in value:
            yield from _identified(item)
