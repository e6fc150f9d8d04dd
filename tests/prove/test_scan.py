"""Runs of checkov: the files of each framework share a run; templates are scanned as copies under short paths."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

FRAMEWORKS = ("cloudformation", "dockerfile", "github_actions", "kubernetes")
DRIVER = "prove.drivers.scan"
Runs = list[tuple[str, ...]]


class Runner:
    """A runner without checkov: it records the files of each run and fails every file in one check."""

    runs: Runs

    def run(self, *, root_folder: None, files: list[str], runner_filter: SimpleNamespace) -> SimpleNamespace:
        self.runs.append(tuple(files))
        (framework,) = runner_filter.framework
        resource = "AWS::SQS::Queue.Q" if framework == "cloudformation" else "Deployment.default.q"
        records = [
            SimpleNamespace(check_id="CKV_1", check_name="is wrong", resource=resource, file_abs_path=file)
            for file in files
        ]
        return SimpleNamespace(failed_checks=records)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    """The runs of the driver, which imports stubs in place of checkov."""

    class Recording(Runner):
        runs: Runs = []  # noqa: RUF012 (each fixture has its own class)

    modules = {f"checkov.{name}.runner": {"Runner": Recording} for name in FRAMEWORKS}
    modules["checkov.runner_filter"] = {"RunnerFilter": SimpleNamespace}
    for name, members in modules.items():
        module = ModuleType(name)
        module.__dict__.update(members)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, DRIVER, raising=False)
    monkeypatch.setattr("logging.disable", lambda level: None)
    yield Recording.runs
    sys.modules.pop(DRIVER, None)


#: What checkov takes for an AWS secret access key.
SECRET_KEY = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])")


def test_no_path_of_a_template_reads_as_a_secret_key(runs: Runs, tmp_path: Path) -> None:
    folder = tmp_path / "a-" / ("x" * 38)
    folder.mkdir(parents=True)
    templates = [str(folder / "-a.template.json"), str(folder / "-waf.yaml")]
    assert all(SECRET_KEY.search(path) for path in templates)
    for path in templates:
        Path(path).write_text("{}")
    manifests = ["/a/kubernetes/base/pod.yaml", "/a/kubernetes/base/service.yaml"]
    others = ["/a/src/work/Dockerfile", "/a/.github/workflows/deploy.yml"]
    rows = dict(import_module(DRIVER).answers([*templates, *manifests, *others]))
    assert list(rows) == [*templates, others[0], others[1], *manifests]
    scanned, *rest = runs
    assert not [path for path in scanned if SECRET_KEY.search(path)]
    assert rest == [(others[0],), (others[1],), tuple(manifests)]


def test_a_row_names_the_resource_and_its_type(runs: Runs, tmp_path: Path) -> None:
    template = tmp_path / "a.template.json"
    template.write_text("{}")
    rows = dict(import_module(DRIVER).answers([str(template), "/a/kubernetes/base/pod.yaml"]))
    expected = {"rule": "CKV_1", "message": "is wrong"}
    assert rows[str(template)] == [expected | {"place": "Q", "type": "AWS::SQS::Queue"}]
    assert rows["/a/kubernetes/base/pod.yaml"] == [expected | {"place": "q", "type": "kubernetes"}]
