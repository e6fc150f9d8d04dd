"""Images of containers: pushed while their stack is being made, as the Makefile of a project does it.

There is no container engine here. An image is the folder of a program, with the command of its Dockerfile and the
libraries that it requires.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prove import tools
from prove.live.account import account
from prove.live.deployment import Deployment
from prove.projects import Project


def command(folder: Path) -> list[str]:
    """Return the command of the Dockerfile in a folder, which is in its list form."""
    lines = (folder / "Dockerfile").read_text("utf-8").splitlines()
    (found,) = (line.removeprefix("CMD ") for line in lines if line.startswith("CMD "))
    return [str(word) for word in json.loads(found)]


def push(project: Project, program: str, address: str, instead: list[str] | None = None) -> None:
    """Push the image of a program, or one that does something else `instead`."""
    folder = project.folder / "src" / program
    account().push(address, folder, instead or command(folder), tools.tool("project"))


@contextmanager
def pushed_meanwhile(project: Project, stack: str) -> Iterator[None]:
    """Push every image as soon as its repository is there, while the stack is being made."""
    done = threading.Event()
    worker = threading.Thread(target=_watch, args=(Deployment(project, account(), stack, {}), done), daemon=True)
    if any(edge.verb == "pull" for edge in project.case.plan.architecture.edges):
        worker.start()
    try:
        yield
    finally:
        done.set()
        if worker.is_alive():
            worker.join(5)


def _watch(made: Deployment, done: threading.Event) -> None:
    pushed: set[str] = set()
    last = False
    while not last:
        last = done.wait(0.3)
        for address, program in _repositories(made):
            if address not in pushed:
                push(made.project, program, address)
                pushed.add(address)


def _repositories(made: Deployment) -> list[tuple[str, str]]:
    """Return the address of each repository that is there, and the program whose images it holds."""
    client = made.account.client("cloudformation")
    try:
        found = client.describe_stack_resources(StackName=made.stack)["StackResources"]
    except client.exceptions.ClientError:
        return []
    ready = [
        one for one in found
        if one["ResourceType"] == "AWS::ECR::Repository" and one["ResourceStatus"].endswith("COMPLETE")
    ]  # fmt: skip
    programs = made.project.case.plan.programs
    addresses = []
    for one in ready:
        id = one["LogicalResourceId"].lower()
        named = [program for program in programs if id.startswith(program.id.replace("-", "") + "repository")]
        if named:
            addresses.append((_address(made, one["PhysicalResourceId"]), named[0].id))
    return addresses


def _address(made: Deployment, repository: str) -> str:
    (found,) = made.account.client("ecr").describe_repositories(repositoryNames=[repository])["repositories"]
    return str(found["repositoryUri"])


def try_again(made: Deployment) -> None:
    """Let services start their tasks now that images are there: ECS tries again by itself, the emulator is asked to."""
    clusters = [one.physical_id for one in made.resources if one.type == "AWS::ECS::Cluster"]
    for one in made.resources:
        if one.type == "AWS::ECS::Service":
            name = one.physical_id.rsplit("/", 1)[-1]
            made.client("ecs").update_service(cluster=clusters[0], service=name, forceNewDeployment=True)


def address(made: Deployment, program: str) -> str:
    """Return the address of a program's image."""
    return next(where for where, whose in _repositories(made) if whose == program)
