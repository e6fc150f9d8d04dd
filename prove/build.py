"""Tier build: `sam build` as its user runs it, and the synthesis of CDK apps; what comes out is judged again."""

import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prove.projects import SAM, Project
from prove.reports import Reports
from prove.results import Result
from prove.tools import OUT, ask, run, tool
from prove.translate import judge

TIER = "build"
CDK_PYTHON = "cdk-python"
#: Wheels for the functions' own Python, fetched once: every function would ask the registry again.
WHEELS = OUT / "wheels"


def run_build(projects: Sequence[Project]) -> Iterator[Result]:
    """Build every SAM project of the stories; what `sam deploy` would upload is left in the project's `built`."""
    reports = Reports(TIER, [one for one in projects if one.target == SAM])
    reports.gather("sam build", lambda one: [one.folder], lambda paths: _built(paths, reports))
    return reports.results()
