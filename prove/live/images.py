"""Images of containers: pushed while their stack is being created, as the Makefile of a project does it.

There is no container engine here. An image is the folder of a program, with the command of its Dockerfile and the
libraries that it requires.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from prove import tools
from prove.emulator.image_builds import command_of
from prove.live.account import account
from prove.live.deployment import Deployment
from prove.projects import Project


def push(project: Project, program: str, address: str, instead: list[str] | None = None) -> None:
    """Push the image of a program, or an image with another command (`instead`)."""
    folder = project.folder / "src" / program
    account().push(address, folder, instead or command_of(folder), tools.tool("project"))


@contextmanager
def pushing_images(project: Project, stack: str) -> Iterator[None]:
    """Push every image as soon as its repository exists, while the stack is being created."""
    done = threading.Event()
    worker = threading.Thread(
        target=_watch, args=(Deployment(project, account(), stack, parameters={}), done), daemon=True
    )
    if any(edge.verb == "pull" for edge in project.case.plan.architecture.edges):
        worker.start()
    try:
        yield
    finally:
        done.set()
        if worker.is_alive():
            worker.join(5)


def _watch(deployment: Deployment, done: threading.Event) -> None:
    pushed: set[str] = set()
    last = False
    while not last:
        last = done.wait(0.3)
        for address, program in _repositories(deployment):
            if address not in pushed:
                push(deployment.project, program, address)
                pushed.add(address)


def _repositories(deployment: Deployment) -> list[tuple[str, str]]:
    """Return the address of each existing repository, and the program of its images."""
    client = deployment.account.client("cloudformation")
    try:
        resources = client.describe_stack_resources(StackName=deployment.stack)["StackResources"]
    except client.exceptions.ClientError:
        return []
    ready = [
        resource for resource in resources
        if resource["ResourceType"] == "AWS::ECR::Repository" and resource["ResourceStatus"].endswith("COMPLETE")
    ]  # fmt: skip
    programs = deployment.project.case.plan.programs
    addresses = []
    for resource in ready:
        id = resource["LogicalResourceId"].lower()
        named = [program for program in programs if id.startswith(program.id.replace("-", "") + "repository")]
        if named:
            addresses.append((_address(deployment, resource["PhysicalResourceId"]), named[0].id))
    return addresses


def _address(deployment: Deployment, repository: str) -> str:
    (description,) = deployment.account.client("ecr").describe_repositories(repositoryNames=[repository])[
        "repositories"
    ]
    return str(description["repositoryUri"])


def redeploy_services(deployment: Deployment) -> None:
    """Force a new deployment of ECS services once their images exist: ECS retries by itself, the emulator does not."""
    clusters = [cluster.physical_id for cluster in deployment.resources if cluster.type == "AWS::ECS::Cluster"]
    for resource in deployment.resources:
        if resource.type == "AWS::ECS::Service":
            name = resource.physical_id.rsplit("/", 1)[-1]
            deployment.client("ecs").update_service(cluster=clusters[0], service=name, forceNewDeployment=True)


def address(deployment: Deployment, program: str) -> str:
    """Return the address of a program's image."""
    return next(image_address for image_address, image_program in _repositories(deployment) if image_program == program)
