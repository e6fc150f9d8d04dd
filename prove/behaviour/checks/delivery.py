"""A change reaches production through checks, a comparable staging stack, and an approval.

What waits for a person in GitHub Actions is a job that names an environment, whose reviewers are set at GitHub:
<https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/control-deployments> (2026-11-27).
"""

from collections.abc import Iterator, Mapping, Sequence

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.workflows import Job, jobs

PRODUCTION = "prod"
#: What `make deploy` is told by variables; a default of the Makefile is one stack, and nobody's.
_TOLD = ("ENVIRONMENT", "STACK", "OWNER", "COST_CENTRE")
#: The commands that make the template of a project and check it, without an account.
_VALIDATES = ("make validate", "make build")
_AT_PUSH = "github.event_name == 'push'"
_AT_REQUEST = "github.event_name == 'pull_request'"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Follow a change through the workflows of a project."""
    found = jobs(evidence.folder)
    by_name = {job.name: job for job in found}
    if not found:
        return
    if not any(command in _VALIDATES for job in found if _at_requests(job) for command in job.commands):
        yield Problem("not-validated", ".github/workflows", "No template is made before a change is merged.")
    for job in found:
        if job.deploys:
            yield from _told(job)
            yield from _approved(job)
            yield from _alone(job)
            yield from _tried(job)
    yield from _rehearsed(found, by_name)


def _at_requests(job: Job) -> bool:
    return not job.condition or _AT_REQUEST in job.condition


def _told(job: Job) -> Iterator[Problem]:
    for name in _TOLD:
        if name not in job.variables:
            yield Problem("untold", job.place, f"The job {job.name} deploys with the Makefile's default of {name}.")
    if "TAG" in job.variables:
        message = f"The job {job.name} builds each commit as {job.variables['TAG']}."
        yield Problem("same-tag", job.place, message)
    if job.environment and job.variables.get("ENVIRONMENT", job.environment) != job.environment:
        message = f"The job {job.name} deploys {job.variables['ENVIRONMENT']} with the approval of {job.environment}."
        yield Problem("other-environment", job.place, message)


def _approved(job: Job) -> Iterator[Problem]:
    if not job.environment:
        yield Problem("no-approval", job.place, f"The job {job.name} names no environment, so nobody can be asked.")


def _alone(job: Job) -> Iterator[Problem]:
    """Check that a deployment of an environment waits for the one before it, and is ended by none.

    <https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency>
    (2026-11-27).
    """
    if not job.concurrency or "${{ github." in job.concurrency or job.environment not in job.concurrency:
        message = f"Two deployments of {job.environment} run at once, and the older may be the last to end."
        yield Problem("overtaken", job.place, message)
    elif job.cancels:
        yield Problem("overtaken", job.place, f"A deployment of {job.environment} is ended by the next in its midst.")


def _tried(job: Job) -> Iterator[Problem]:
    """Check that each deployed stage is tested before the next one."""
    commands = list(job.commands)
    deployed = next(at for at, command in enumerate(commands) if command.startswith("make deploy"))
    if not any("make verify" in command for command in commands[deployed:]):
        yield Problem("not-verified", job.place, f"The job {job.name} does not try what it has deployed.")


def _rehearsed(found: Sequence[Job], by_name: Mapping[str, Job]) -> Iterator[Problem]:
    """Check that a push deploys production, and something else before."""
    at_push = [job for job in found if job.deploys and _AT_PUSH in job.condition]
    production = [job for job in at_push if job.environment == PRODUCTION]
    if not production:
        yield Problem("no-production", ".github/workflows", "No push to the main branch reaches production.")
    for job in production:
        before = [other for other in _before(job, by_name) if other.deploys and other.environment != PRODUCTION]
        if not before:
            yield Problem(
                "not-rehearsed", job.place, "Production is the first environment that a change is deployed to."
            )


def _before(job: Job, by_name: Mapping[str, Job]) -> Iterator[Job]:
    for name in job.needs:
        if name in by_name:
            yield by_name[name]
            yield from _before(by_name[name], by_name)
