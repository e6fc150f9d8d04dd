"""The check `stopping`: programs finish what they hold, and each way to drop it is found."""

from pathlib import Path
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from prove.behaviour import stopping
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

CHECK = "stopping"
#: Programs run on the packages of generated projects.
pytestmark = pytest.mark.usefixtures("project_python", "node_modules")


@pytest.fixture
def servers(tmp_path: Path) -> WrittenProject:
    return write_project(story("container-web-service"), tmp_path / "project")


@pytest.fixture
def workers(tmp_path: Path) -> WrittenProject:
    return write_project(story("container-on-ec2"), tmp_path / "workers")


@pytest.fixture
def jobs(tmp_path: Path) -> WrittenProject:
    return write_project(story("kubernetes-jobs"), tmp_path / "jobs")


def edit(project: WrittenProject, path: str, find: str, put: str) -> None:
    file = project.evidence.folder / path
    text = file.read_text("utf-8")
    assert find in text
    file.write_text(text.replace(find, put), "utf-8")


def test_a_server_answers_a_request_that_takes_longer_than_waitress_waits(servers: WrittenProject) -> None:
    assert servers.rules_found_by(CHECK) == set()
    (folder,) = stopping.programs(servers.evidence.folder)
    stop = stopping.stopped(folder)
    assert (stop.kind, stop.answered, stop.code) == ("server", True, 0)
    assert stop.hold_s > 5


def test_a_server_that_drops_a_request_is_found(servers: WrittenProject) -> None:
    edit(servers, "src/web/main.py", "while not stopping.is_set() or busy(server):", "while not stopping.is_set():")
    assert servers.rules_found_by(CHECK) == {"cut-off"}


def test_a_server_that_answers_no_health_check_while_it_works_is_found(servers: WrittenProject) -> None:
    edit(servers, "src/web/main.py", "    server.task_dispatcher = Threads(server.task_dispatcher)\n", "")
    assert servers.rules_found_by(CHECK) == {"busy-unhealthy"}


def test_a_server_in_typescript_answers_health_checks_while_it_works(tmp_path: Path) -> None:
    folder = in_typescript("container-web-service", "web", tmp_path)
    assert stopping.answers_checks(folder)
    file = folder / "main.ts"
    text = file.read_text("utf-8")
    assert "request.url === '/health' ? route(request, Buffer.alloc(0)) : " in text
    file.write_text(text.replace("request.url === '/health' ? route(request, Buffer.alloc(0)) : ", ""), "utf-8")
    assert not stopping.answers_checks(folder)


def test_a_server_that_does_not_hear_the_signal_is_found(servers: WrittenProject) -> None:
    edit(servers, "src/web/main.py", "    stopping.set()\n", "    pass\n")
    assert servers.rules_found_by(CHECK) == {"stays"}


def test_workers_and_jobs_stop_with_what_they_hold(workers: WrittenProject, jobs: WrittenProject) -> None:
    assert workers.rules_found_by(CHECK) == set()
    assert jobs.rules_found_by(CHECK) == set()


@pytest.mark.parametrize(
    ("find", "put", "rules"),
    [
        ("    signal.signal(signal.SIGTERM, stop)\n", "", {"cut-off", "not-given-back"}),
        (
            "            give_back(messages[at:])\n            break\n",
            "            pass\n",
            {"begins-more", "not-returned"},
        ),
        ("            give_back(messages[at:])\n", "", {"not-returned"}),
    ],
)
def test_a_worker_that_loses_messages_is_found(workers: WrittenProject, find: str, put: str, rules: set[str]) -> None:
    edit(workers, "src/scanner/main.py", find, put)
    assert workers.rules_found_by(CHECK) == rules


def test_a_job_that_is_cut_off_is_found(jobs: WrittenProject) -> None:
    edit(jobs, "src/nightly/main.py", "signal.SIG_IGN", "signal.SIG_DFL")
    assert jobs.rules_found_by(CHECK) == {"cut-off"}


def test_too_short_a_time_to_stop_is_found(workers: WrittenProject, tmp_path: Path) -> None:
    def shorter(resources: dict[str, Any]) -> None:
        for resource in resources.values():
            for container in resource.get("Properties", {}).get("ContainerDefinitions", ()):
                container["StopTimeout"] = 30

    workers.plant(shorter)
    assert workers.rules_found_by(CHECK) == {"too-short"}
    grace = "terminationGracePeriodSeconds: "
    pods = write_project(story("kubernetes-migration"), tmp_path / "pods")
    text = (pods.evidence.folder / "kubernetes/base/shipping.yaml").read_text("utf-8")
    given = text.partition(grace)[2].partition("\n")[0]
    edit(pods, "kubernetes/base/shipping.yaml", f"{grace}{given}", f"{grace}1")
    assert pods.rules_found_by(CHECK) == {"too-short"}


def test_the_same_program_is_run_once(servers: WrittenProject, tmp_path: Path) -> None:
    (folder,) = stopping.programs(servers.evidence.folder)
    other = tmp_path / "other"
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_text(file.read_text("utf-8").replace("of web:", "of other:"), "utf-8")
    assert stopping.stopped(folder) is stopping.stopped(other)


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("    giving_up.start()\n", "    pass\n"),
        ("        give_back(messages)\n", "        pass\n"),
        ("        held[:] = messages[at:]\n", "        held[:] = [received]\n"),
        ("    os._exit(1)\n", "    pass\n"),
    ],
)
def test_a_worker_that_is_killed_with_what_it_holds_is_found(workers: WrittenProject, find: str, put: str) -> None:
    edit(workers, "src/scanner/main.py", find, put)
    assert workers.rules_found_by(CHECK) == {"not-given-back"}


def in_typescript(name: str, component: str, folder: Path) -> Path:
    """Write the program of a story's component in TypeScript and return its folder."""
    answers = story(name)
    answers["components"] = [{**one, "language": "nodejs"} for one in answers["components"]]
    design = advise(make_requirements(answers), rules.load_book())
    program = folder / "src" / component
    program.mkdir(parents=True)
    for path, content in blueprints.build(design, "cdk-typescript", lang="en", extras={}).items():
        if path.startswith(f"src/{component}/"):
            (program / Path(path).name).write_bytes(content)
    return program


def test_a_worker_in_typescript_gives_up_too(tmp_path: Path) -> None:
    stop = stopping.given_up(in_typescript("container-on-ec2", "scanner", tmp_path))
    assert {"returned 1", "returned 2", "returned 3"} <= set(stop.reports)
    assert (stop.ended, stop.code) == (False, 1)
