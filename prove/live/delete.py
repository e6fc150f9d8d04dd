"""Tier delete: each stack is deleted; what is left, minus what its template retains on purpose, is nothing."""

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from subprocess import CompletedProcess

from prove import tools
from prove.live import handover
from prove.live.account import ARTIFACTS, account
from prove.live.deploy import deployment, forget
from prove.live.deployment import Deployment
from prove.live.inventory import inventory
from prove.projects import SAM, Project
from prove.results import Finding, Result

TIER = "delete"
AT_ONCE = 2
#: Made by the traffic itself, for all projects.
OURS = {("role", "prove-nobody"), ("role", "prove-somebody")}
#: What holds data of its own and stays behind; a database leaves a snapshot instead.
DATA = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket")


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Delete the stacks, two at a time, and look at what each leaves."""
    with ThreadPoolExecutor(AT_ONCE) as executor:
        yield from executor.map(delete, [made for project in projects if (made := deployment(project))])


def delete(made: Deployment) -> Result:
    """Delete a project's stack as its README says."""
    start = time.monotonic()
    project = made.project
    retained = {one.physical_id for one in made.resources if one.retained}
    everything = {one.physical_id for one in made.resources}
    untold = [one.id for one in made.resources if one.retained and not _is_told(made, one.physical_id)]
    before = set(inventory(account()))
    done = _sam(made) if project.target == SAM else _cdk(made)
    findings = []

    def fault(place: str, message: str) -> None:
        findings.append(Finding(TIER, project.case.name, project.target, place, message))

    if done.returncode:
        fault("command line", (done.stderr.strip() or done.stdout.strip())[-800:])
    after = set(inventory(account())) - OURS
    for kind, name in sorted(after):
        if _is_of(made, everything, name) and not _named(retained, name):
            fault(name, f"the {kind} is left, and nothing in the template says that it is retained")
    for id in untold:
        fault(id, "the template retains it, and the README does not say how to remove it")
    for one in made.resources:
        if one.type in DATA and not one.retained and one.node and _is_store(project, one.node):
            fault(one.id, "the data of a store goes along with its stack")
    for kind, name in sorted(before - after):
        if _named(retained, name):
            fault(name, f"the {kind} is gone, although the template retains it")
    forget(project)
    kept = sum(_named(retained, name) for _, name in after)
    print(f"{TIER}: {project}: {len(everything)} resources, {kept} of them retained on purpose", flush=True)
    return Result(TIER, project.case.name, project.target, time.monotonic() - start, tuple(findings))


def _is_store(project: Project, node: str) -> bool:
    return project.case.plan.node(node).role == "store"


def _is_told(made: Deployment, id: str) -> bool:
    """Whether the README names the output by which a thing is found: else it is paid for by who does not know of it."""
    readme = (made.project.folder / "README.md").read_text("utf-8")
    return any(id in value for key, value in made.outputs.items() if f"`{key}`" in readme)


def _named(ids: set[str], name: str) -> bool:
    return any(name == id or name.endswith((f"/{id}", f":{id}")) or id.endswith((f"/{name}", f"|{name}")) for id in ids)


def _is_of(made: Deployment, ids: set[str], name: str) -> bool:
    """Whether something in the account came with a stack: listed in it, or called after it or after what it made."""
    functions = [one.physical_id for one in made.resources if one.type == "AWS::Lambda::Function"]
    called_after = [made.stack, made.stack.lower(), *functions]
    return _named(ids, name) or any(_holds(name, word) for word in called_after)


def _holds(name: str, word: str) -> bool:
    """Whether a name holds a word as a whole: another stack's name may begin like it."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", name) is not None


def _sam(made: Deployment) -> "CompletedProcess[str]":
    words = ["delete", "--stack-name", made.stack, "--no-prompts", "--region", tools.OFFLINE["AWS_REGION"]]
    words += ["--s3-bucket", ARTIFACTS, "--s3-prefix", made.project.case.name]
    variables = {**account().environment, "SAM_CLI_POLL_DELAY": "0.3"}
    return tools.run([tools.tool("sam", "sam"), *words], cwd=made.project.folder, env=variables)


def _cdk(made: Deployment) -> "CompletedProcess[str]":
    words = ["destroy", "--app", str(handover.assembly(made.project)), "--all", "--force", "--no-notices"]
    return tools.run([tools.NPM / "cdk", *words], cwd=made.project.folder, env=account().environment)
