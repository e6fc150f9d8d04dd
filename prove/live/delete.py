"""Tier delete: each stack is deleted; only resources that its template retains on purpose remain."""

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess

from prove import tools
from prove.live import artifacts
from prove.live.account import ARTIFACTS, account
from prove.live.deploy import deployment, forget
from prove.live.deployment import Deployment
from prove.live.inventory import inventory
from prove.projects import SAM, Project
from prove.results import Finding, Result

TIER = "delete"
AT_ONCE = 2
#: Roles that the tier traffic creates for all projects.
TEST_ROLES = {("role", "prove-nobody"), ("role", "prove-somebody")}
#: Stores that are retained; a database leaves a snapshot instead.
DATA = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket")


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Delete the stacks, two at a time, and check which resources remain."""
    with ThreadPoolExecutor(AT_ONCE) as executor:
        yield from executor.map(delete, [deployed for project in projects if (deployed := deployment(project))])


def delete(deployment: Deployment) -> Result:
    """Delete a project's stack with the command of its README."""
    start = time.monotonic()
    project = deployment.project
    retained = {resource.physical_id for resource in deployment.resources if resource.retained}
    everything = {resource.physical_id for resource in deployment.resources}
    undocumented = [
        resource.id
        for resource in deployment.resources
        if resource.retained and not _is_documented(deployment, resource.physical_id)
    ]
    before = set(inventory(account()))
    done = _sam(deployment) if project.target == SAM else _cdk(deployment)
    findings = []

    def fault(place: str, message: str) -> None:
        findings.append(Finding(TIER, project.case.name, project.target, place=place, message=message))

    if done.returncode:
        fault("command line", (done.stderr.strip() or done.stdout.strip())[-800:])
    after = set(inventory(account())) - TEST_ROLES
    for kind, name in sorted(after):
        if _belongs_to_stack(deployment, everything, name) and not _matches_id(retained, name):
            fault(name, f"the {kind} is left, and nothing in the template says that it is retained")
    for id in undocumented:
        fault(id, "the template retains it, and the README does not say how to remove it")
    for resource in deployment.resources:
        if resource.type in DATA and not resource.retained and resource.node and _is_store(project, resource.node):
            fault(resource.id, "the data of a store goes along with its stack")
    for kind, name in sorted(before - after):
        if _matches_id(retained, name):
            fault(name, f"the {kind} is gone, although the template retains it")
    forget(project)
    retained_count = sum(_matches_id(retained, name) for _, name in after)
    print(f"{TIER}: {project}: {len(everything)} resources, {retained_count} of them retained on purpose", flush=True)
    return Result(TIER, project.case.name, project.target, seconds=time.monotonic() - start, findings=tuple(findings))


def _is_store(project: Project, node: str) -> bool:
    return project.case.plan.node(node).role == "store"


def _is_documented(deployment: Deployment, id: str) -> bool:
    """Return whether the README names the output of a retained resource, which costs money until the user removes it."""
    readme = (deployment.project.folder / "README.md").read_text("utf-8")
    return any(id in value for key, value in deployment.outputs.items() if f"`{key}`" in readme)


def _matches_id(ids: set[str], name: str) -> bool:
    return any(name == id or name.endswith((f"/{id}", f":{id}")) or id.endswith((f"/{name}", f"|{name}")) for id in ids)


def _belongs_to_stack(deployment: Deployment, ids: set[str], name: str) -> bool:
    """Return whether a resource belongs to a stack: listed in it, or named after it or after one of its functions."""
    functions = [resource.physical_id for resource in deployment.resources if resource.type == "AWS::Lambda::Function"]
    called_after = [deployment.stack, deployment.stack.lower(), *functions]
    return _matches_id(ids, name) or any(_contains_word(name, word) for word in called_after)


def _contains_word(name: str, word: str) -> bool:
    """Return whether a name contains a word as a whole: another stack's name may begin like it."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", name) is not None


def _sam(deployment: Deployment) -> "CompletedProcess[str]":
    words = ["delete", "--stack-name", deployment.stack, "--no-prompts", "--region", tools.OFFLINE["AWS_REGION"]]
    words += ["--s3-bucket", ARTIFACTS, "--s3-prefix", deployment.project.case.name]
    variables = {**account().environment, "SAM_CLI_POLL_DELAY": "0.3"}
    return tools.run([tools.tool("sam", "sam"), *words], cwd=deployment.project.folder, env=variables)


def _cdk(deployment: Deployment) -> "CompletedProcess[str]":
    words = ["destroy", "--app", str(artifacts.assembly(deployment.project)), "--all", "--force", "--no-notices"]
    return tools.run([tools.NPM / "cdk", *words], cwd=deployment.project.folder, env=account().environment)
