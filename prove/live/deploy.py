"""Tier deploy: each project is deployed to the emulator by the command line that its README names."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from subprocess import CompletedProcess

from blueprints.certificate.notes import NO_EFFECT
from prove import tools
from prove.emulator.accepted import ACCEPTED
from prove.live import artifacts, images
from prove.live.account import ARTIFACTS, account, partner, provider
from prove.live.deployment import Deployment
from prove.live.provider import AUDIENCE
from prove.projects import SAM, Project
from prove.results import Finding, Result
from prove.static import build
from prove.static.synth import TYPESCRIPT

TIER = "deploy"
AT_ONCE = 2
#: The targets whose projects are deployed, and the cases deployed in TypeScript; the tier equality covers the others.
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
    """Return the parameter values of a deployment: the instruction set, the addresses of partner and provider, and the
    example of every other parameter without a default.
    """
    functions = build.processor()
    # The tier delete removes the stack, which a protected database would not let it.
    values = {"FunctionArchitecture": functions, "TaskArchitecture": functions.upper(), "DeletionProtection": "false"}
    values |= {"UnaddressedMail": "simulate", "OtherSystemCheck": "simulate"}
    if any(parameter.id == "OidcIssuer" for parameter in project.case.plan.parameters):
        values |= {"OidcIssuer": provider().issuer, "OidcAudience": AUDIENCE}
    asked = project.case.plan.parameters
    assigned = {parameter.id: parameter.example for parameter in asked if not parameter.default}
    assigned |= {parameter.id: values[parameter.id] for parameter in asked if parameter.id in values}
    for parameter in asked:
        if parameter.node and project.case.plan.node(parameter.node).service == "partner-http":
            assigned[parameter.id] = partner().address(partner_path(project, parameter.node))
    return assigned


def partner_path(project: Project, node: str) -> str:
    """Return the path under which a project calls a partner."""
    return f"{project}/{node}"


def stack_name(project: Project) -> str:
    """Return the name of a project's stack: set here for SAM, read from the assembly for CDK."""
    return f"{project.case.name}-sam" if project.target == SAM else artifacts.stack_of(project)


def is_deployed(project: Project) -> bool:
    """Return whether a project is deployed; otherwise the tier equality compares it with one that is."""
    return project.target in TARGETS or (project.target == TYPESCRIPT and project.case.name in IN_TYPESCRIPT)


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Deploy the projects, two at a time; the account is prepared while they are built."""
    deployed = [project for project in projects if is_deployed(project)]
    with ThreadPoolExecutor(1) as executor:
        bootstrap = executor.submit(_bootstrap) if any(project.target != SAM for project in deployed) else None
        wrong = artifacts.prepare(deployed)
    for project, error in wrong.items():
        finding = Finding(TIER, project.case.name, project.target, place="what is handed over", message=error)
        yield Result(TIER, project.case.name, project.target, seconds=0.0, findings=(finding,))
    if bootstrap:
        bootstrap.result()
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
    assigned = parameters(project)
    with images.pushing_images(project, stack_name(project)):
        done = _sam(project, assigned) if project.target == SAM else _cdk(project, assigned)
    deployment = Deployment(project, account(), stack_name(project), parameters=assigned)
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    if done.returncode:
        findings = tuple(_why(deployment, done))
    else:
        images.redeploy_services(deployment)
        _deployed[project.case.name, project.target] = deployment
        notes = tuple(_without_implementation(deployment))
    seconds = time.monotonic() - start
    print(f"{TIER}: {project}: {'failed' if findings else 'deployed'} in {seconds:.1f} s", flush=True)
    return Result(TIER, project.case.name, project.target, seconds=seconds, findings=findings, notes=notes)


def _sam(project: Project, assigned: dict[str, str]) -> "CompletedProcess[str]":
    words = ["deploy", "--template-file", str(project.built / "template.yaml"), "--stack-name", stack_name(project)]
    words += ["--s3-bucket", ARTIFACTS, "--s3-prefix", project.case.name, "--capabilities", "CAPABILITY_IAM"]
    words += ["--no-confirm-changeset", "--no-progressbar", "--on-failure", "DO_NOTHING"]
    words += ["--parameter-overrides", *(f"{key}={value}" for key, value in assigned.items())] if assigned else []
    variables = {**account().environment, "SAM_CLI_POLL_DELAY": "0.3"}
    return tools.run([tools.tool("sam", "sam"), *words], cwd=project.folder, env=variables)


def _cdk(project: Project, assigned: dict[str, str]) -> "CompletedProcess[str]":
    words: list[str] = ["deploy", "--app", str(artifacts.assembly(project)), "--all", "--require-approval", "never"]
    words += ["--no-notices", "--no-rollback", "--progress", "events", "--output", f"{artifacts.assembly(project)}-out"]
    for key, value in assigned.items():
        words += ["--parameters", f"{key}={value}"]
    return tools.run([tools.NPM / "cdk", *words], cwd=project.folder, env=account().environment)


def _why(deployment: Deployment, done: "CompletedProcess[str]") -> Iterator[Finding]:
    """Yield the resources that failed, or the output of the command line when it failed before any resource."""
    project = deployment.project
    client = account().client("cloudformation")
    failed = []
    try:
        events = client.describe_stack_events(StackName=deployment.stack)["StackEvents"]
        failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    except client.exceptions.ClientError:
        pass
    for event in failed:
        place, reason = event["LogicalResourceId"], event.get("ResourceStatusReason", event["ResourceStatus"])
        yield Finding(TIER, project.case.name, project.target, place=place, message=reason)
    if not failed:
        output = (done.stderr.strip() or done.stdout.strip())[-800:]
        yield Finding(TIER, project.case.name, project.target, place="command line", message=output)


def _without_implementation(deployment: Deployment) -> Iterator[str]:
    for type in sorted({resource.type for resource in deployment.resources} & set(ACCEPTED)):
        yield NO_EFFECT.en.format(type, ACCEPTED[type])
