"""The program at whose endpoint people decide, as files in Python, with its test."""

from collections.abc import Iterator

from blueprints.project.pins import pinned
from blueprints.project.programs.source import timeout_files
from blueprints.project.programs.timeouts import of_function
from blueprints.project.render import python
from blueprints.traits.approvals import TIMEOUT_S, Approvals

Files = Iterator[tuple[str, bytes]]


def approval_requirements(approvals: Approvals) -> tuple[str, ...]:
    """Return the packages of the program: the boto3 of a runtime may not support the callbacks of durable functions."""
    return ("aws-lambda-powertools", *(["boto3"] * bool(approvals.functions)))


def approval_files(approvals: Approvals | None) -> Files:
    """Yield the files of the approval program; a state machine uses it, a durable function sends its own requests."""
    if approvals is None:
        return
    values = {"approvals": approvals}
    modules = {f"{approvals.directory}/app.py": python("parts/approvals.py.j2", values)}
    if approvals.machines:
        modules[f"{approvals.directory}/approval.py"] = python("parts/approval.py.j2", values)
    yield from modules.items()
    yield from timeout_files(approvals.directory, modules, of_function(TIMEOUT_S))
    yield f"{approvals.directory}/requirements.txt", pinned(*approval_requirements(approvals)).encode()
