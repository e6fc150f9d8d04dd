"""Runs of checkov: each template has its own run, and the files of each other framework share a run."""

import sys
from collections.abc import Iterator
from importlib import import_module
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


def test_a_template_is_scanned_without_the_others(runs: Runs) -> None:
    templates = ["/t/a.template.json", "/t/b.template.json", "/t/edge/waf.yaml"]
    manifests = ["/a/kubernetes/base/pod.yaml", "/a/kubernetes/base/service.yaml"]
    others = ["/a/src/work/Dockerfile", "/a/.github/workflows/deploy.yml"]
    rows = dict(import_module(DRIVER).answers([*templates, *manifests, *others]))
    assert list(rows) == [*templates, others[0], others[1], *manifests]
    assert runs == [*((path,) for path in templates), (others[0],), (others[1],), tuple(manifests)]


def test_a_row_names_the_resource_and_its_type(runs: Runs) -> None:
    rows = dict(import_module(DRIVER).answers(["/t/a.template.json", "/a/kubernetes/base/pod.yaml"]))
    expected = {"rule": "CKV_1", "message": "is wrong"}
    assert rows["/t/a.template.json"] == [expected | {"place": "Q", "type": "AWS::SQS::Queue"}]
    assert rows["/a/kubernetes/base/pod.yaml"] == [expected | {"place": "q", "type": "kubernetes"}]
