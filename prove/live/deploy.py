"""Tier deploy: each project is deployed to the emulator by the command line that its README names."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from subprocess import CompletedProcess

from prove import tools
from prove.emulator.accepted import ACCEPTED
from prove.live import handover, images
from prove.live.account import ARTIFACTS, account, partner, provider
from prove.live.deployment import Deployment
from prove.live.provider import AUDIENCE
from prove.projects import SAM, Project
from prove.results import Finding, Result
from prove.static import build
from prove.static.synth import TYPESCRIPT

TIER = "deploy"
AT_ONCE = 2
#: The targets whose projects are deployed, and the cases that are deployed in TypeScript: the others are proven equal.
TARGETS = (SAM, "cdk-python")
IN_TYPESCRIPT = ("async-coupling",)
_deployed: dict[tuple[str, str], Deployment] = {}


def deployment(project: Project) -> Deployment | None:
    """Return the deployment of a project, or None when it failed or was not tried."""
    return _deployed.get((project.case.name, project.target))


def forget(project: Project) -> None:
    """Forget a deployment that was deleted."""
    del _deployed[project.case.name, project.target]


def parameters(project: Project) -> dict[str, str]:
    """Return what a deployment is told: the instruction set of this machine, and where partner and provider are."""
    functions = build.processor()
    known = {"FunctionArchitecture": functions, "TaskArchitecture": functions.upper()}
    if any(one.id == "OidcIssuer" for one in project.case.plan.parameters):
        known |= {"OidcIssuer": provider().issuer, "OidcAudience": AUDIENCE}
    given = {one.id: known[one.id] for one in project.case.plan.parameters if one.id in known}
    for one in project.case.plan.parameters:
        if one.node and project.case.plan.node(one.node).service == "partner-http":
            given[one.id] = partner().address(partner_path(project, one.node))
    return given


def partner_path(project: Project, node: str) -> str:
    """Return the path under which a project calls a partner."""
    return f"{project}/{node}"


def stack_name(project: Project) -> str:
    """Return the name of a project's stack: that of its target where the target fixes it, and one of ours else."""
    return f"{project.case.name}-sam" if project.target == SAM else handover.stack_of(project)


def is_deployed(project: Project) -> bool:
    """Whether a project is deployed, or left to the proof that it is equal to one that is."""
    return project.target in TARGETS or (project.target == TYPESCRIPT and project.case.name in IN_TYPESCRIPT)


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Deploy the projects, two at a time; the account is prepared while they are built."""
    deployed = [project for project in projects if is_deployed(project)]
    with ThreadPoolExecutor(1) as beside:
        made = beside.submit(_bootstrap) if any(project.target != SAM for project in deployed) else None
        wrong = handover.prepare(deployed)
    for project, error in wrong.items():
        found = Finding(TIER, project.case.name, project.target, "what is handed over", error)
        yield Result(TIER, project.case.name, project.target, 0.0, (found,))
    if made:
        made.result()
    ready = [project for project in deployed if project not in wrong]
    with ThreadPoolExecutor(AT_ONCE) as executor:
        yield from executor.map(deploy, ready)


@cache
def _bootstrap() -> None:
    region = tools.OFFLINE["AWS_REGION"]
    words = ["cdk", "bootstrap", f"aws://000000000000/{region}", "--no-notices", "--app", ""]
    done = tools.run([tools.NPM / words[0], *words[1:]], env=account().environment)
    if done.returncode:
        raise RuntimeError(f"cdk bootstrap failed: {done.stdout[-500:]}{done.stderr[-1500:]}")


def deploy(project: Project) -> Result:
    """Deploy one project, and keep the deployment for the tiers that follow."""
    start = time.monotonic()
    given = parameters(project)
    with images.pushed_meanwhile(project, stack_name(project)):
        done = _sam(project, given) if project.target == SAM else _cdk(project, given)
    made = Deployment(project, account(), stack_name(project), given)
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    if done.returncode:
        findings = tuple(_why(made, done))
    else:
        images.try_again(made)
        _deployed[project.case.name, project.target] = made
        notes = tuple(_behind_nothing(made))
    seconds = time.monotonic() - start
    print(f"{TIER}: {project}: {'failed' if findings else 'deployed'} in {seconds:.1f} s", flush=True)
    return Result(TIER, project.case.name, project.target, seconds, findings, notes)


def _sam(project: Project, given: dict[str, str]) -> "CompletedProcess[str]":
    words = ["deploy", "--template-file", str(project.built / "template.yaml"), "--stack-name", stack_name(project)]
    words += ["--s3-bucket", ARTIFACTS, "--s3-prefix", project.case.name, "--capabilities", "CAPABILITY_IAM"]
    words += ["--no-confirm-changeset", "--no-progressbar", "--on-failure", "DO_NOTHING"]
    words += ["--parameter-overrides", *(f"{key}={value}" for key, value in given.items())] if given else []
    variables = {**account().environment, "SAM_CLI_POLL_DELAY": "0.3"}
    return tools.run([tools.tool("sam", "sam"), *words], cwd=project.folder, env=variables)


def _cdk(project: Project, given: dict[str, str]) -> "CompletedProcess[str]":
    words: list[str] = ["deploy", "--app", str(handover.assembly(project)), "--all", "--require-approval", "never"]
    words += ["--no-notices", "--no-rollback", "--progress", "events", "--output", f"{handover.assembly(project)}-out"]
    for key, value in given.items():
        words += ["--parameters", f"{key}={value}"]
    return tools.run([tools.NPM / "cdk", *words], cwd=project.folder, env=account().environment)


def _why(made: Deployment, done: "CompletedProcess[str]") -> Iterator[Finding]:
    """Say which resources failed, or what the command line said when it came to none."""
    project = made.project
    client = account().client("cloudformation")
    failed = []
    try:
        events = client.describe_stack_events(StackName=made.stack)["StackEvents"]
        failed = [one for one in events if one["ResourceStatus"].endswith("FAILED")]
    except client.exceptions.ClientError:
        pass
    for one in failed:
        place, why = one["LogicalResourceId"], one.get("ResourceStatusReason", one["ResourceStatus"])
        yield Finding(TIER, project.case.name, project.target, place, why)
    if not failed:
        said = (done.stderr.strip() or done.stdout.strip())[-800:]
        yield Finding(TIER, project.case.name, project.target, "command line", said)


def _behind_nothing(made: Deployment) -> Iterator[str]:
    for type in sorted({one.type for one in made.resources} & set(ACCEPTED)):
        yield f"{type} is accepted with nothing behind it: {ACCEPTED[type]} is not seen to work"
