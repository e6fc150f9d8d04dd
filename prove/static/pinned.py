"""Checks that no linter does: whether dependencies are pinned, and whether images run as root."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from prove.static.linters import RowsByPath
from prove.static.reports import Row

#: A line of a requirements file that names one version, or includes another file.
_PINNED = re.compile(r"^(#.*|-r \S+|[\w.-]+(\[[\w,-]+\])?==[\w.!+-]+)?$")
_VERSION = re.compile(r"^\d+\.\d+\.\d+[\w.-]*$")
_BASE = re.compile(r"^(?:ARG [A-Z]+=|FROM (?:--platform=\S+ )?)(?P<image>[^\s$]+)", re.MULTILINE)
#: Lambda runs every image as a user of its own.
_LAMBDAS = "/lambda/"


def requirements(paths: list[str]) -> RowsByPath:
    """Check that requirements files and package.json name exact versions."""
    for path in paths:
        unpinned = _packages(path) if path.endswith(".json") else _lines(path)
        yield (
            path,
            [
                {"rule": "unpinned", "place": place, "message": f"{requirement} is not pinned"}
                for place, requirement in unpinned
            ],
        )


def _lines(path: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        if not _PINNED.match(line.strip()):
            yield str(number), line


def _packages(path: str) -> Iterator[tuple[str, str]]:
    package = json.loads(Path(path).read_text("utf-8"))
    for section in ("dependencies", "devDependencies"):
        for name, version in package.get(section, {}).items():
            if not _VERSION.match(version):
                yield section, f"{name} {version}"


def images(paths: list[str]) -> RowsByPath:
    """Check that Dockerfiles name a base image with a version, and a user."""
    for path in paths:
        yield path, list(_image(Path(path).read_text("utf-8")))


def _image(text: str) -> Iterator[Row]:
    stages = {line.split()[-1] for line in text.splitlines() if re.match(r"FROM \S+ AS ", line)}
    bases = [base for base in _BASE.findall(text) if base not in stages]
    for base in bases:
        tag = base.rsplit("/", 1)[-1].partition(":")[2]
        if not re.match(r"\d", tag):
            yield {"rule": "unpinned", "place": base, "message": "the base is whatever version is the newest"}
    last = text[text.rfind("\nFROM ") :]
    if not re.search(r"^USER (?!root\b|0\b)\S+", last, re.MULTILINE) and not any(_LAMBDAS in base for base in bases):
        yield {"rule": "root", "place": "USER", "message": "the image runs as root"}
