"""All files of a project that do not depend on how its infrastructure is written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.text import Lang
from blueprints.permissions import Permission
from blueprints.plan import Plan
from blueprints.project import typescript
from blueprints.project.account import account_files
from blueprints.project.approvals import approval_files, approval_requirements
from blueprints.project.delivery import environment_files, workflows
from blueprints.project.documents.iam import to_markdown
from blueprints.project.documents.readme import readme
from blueprints.project.edge import edge_files
from blueprints.project.kubernetes import kubernetes_files
from blueprints.project.migrations import PACKAGES as DRIVERS
from blueprints.project.migrations import function_files, sql_files, typescript_function_files
from blueprints.project.pins import pinned
from blueprints.project.programs.authorizer_functions import PACKAGES, Check, checks
from blueprints.project.programs.code import Code
from blueprints.project.programs.composition import codes
from blueprints.project.programs.source import check_files, program_files, requirements
from blueprints.project.render import python, render
from blueprints.project.site import site_files
from blueprints.project.template_values import TYPESCRIPT, template_values
from blueprints.project.testing.integration_tests import deployed_files
from blueprints.project.testing.unit_tests import test_files
from blueprints.project.typescript.packages import package_json
from blueprints.project.typescript.packages import pinned as pinned_packages

Files = Iterator[tuple[str, bytes]]


def project_files(plan: Plan, target: str, lang: Lang, allowed: tuple[Permission, ...]) -> dict[str, bytes]:
    """Return the programs, tests, site, manifests and documents of a project, and the table of `allowed` permissions, as {path: bytes}.

    Unsupported when nothing is written for what starts a program, or for a neighbor of it: ask `missing` before.
    """
    programs = codes(plan)
    authorizers = checks(plan)
    values = template_values(plan, programs, target, lang)
    files = (_typescript if target == TYPESCRIPT else _python)(programs, authorizers, values)
    _put(files, site_files(plan, lang))
    _put(files, kubernetes_files(plan, programs, typescript=target == TYPESCRIPT))
    _put(files, environment_files(plan, lang))
    _put(files, edge_files(plan))
    _put(files, workflows(values))
    _put(files, account_files(plan, lang))
    _put(files, deployed_files(plan, programs, typescript=target == TYPESCRIPT))
    _put(files, sql_files(values["migrations"]))
    files["docs/iam.md"] = to_markdown(allowed, lang).encode()
    files["README.md"] = readme(plan, programs, lang, values)
    return {path: files[path] for path in sorted(files)}


def _put(project: dict[str, bytes], files: Iterable[tuple[str, bytes]] | Mapping[str, bytes]) -> None:
    """Add files to a project. Raises ValueError if a file already exists, because it would be overwritten."""
    for path, content in files.items() if isinstance(files, Mapping) else files:
        if path in project:
            raise ValueError(f"two files of the project are named {path}")
        project[path] = content


def _python(programs: tuple[Code, ...], authorizers: tuple[Check, ...], values: dict[str, Any]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for program in programs:
        _put(files, program_files(program))
    for authorizer in authorizers:
        _put(files, check_files(authorizer))
    if values["tested"]:
        _put(files, test_files(programs, authorizers, values))
    _put(files, function_files(values["invoked"]))
    _put(files, approval_files(values["approvals"]))
    _put(files, _tool_files(programs, authorizers, values))
    return files


def _typescript(programs: tuple[Code, ...], authorizers: tuple[Check, ...], values: dict[str, Any]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for program in programs:
        _put(files, typescript.program_files(program))
    for authorizer in authorizers:
        _put(files, typescript.check_files(authorizer))
    _put(files, typescript_function_files(values["invoked"]))
    _put(files, typescript.approval_files(values["approvals"]))
    _put(files, typescript.test_files(programs, authorizers, values))
    _put(files, typescript.tool_files(values, files))
    return files


def _tool_files(programs: tuple[Code, ...], authorizers: tuple[Check, ...], values: dict[str, Any]) -> Files:
    for name in ("Makefile", "pyproject.toml"):
        yield name, render(f"files/{name}.j2", values).encode()
    yield ".gitignore", render("files/gitignore.j2", values).encode()
    if values["target"].startswith("cdk"):
        # The command line of the CDK comes from npm, whatever language the app is written in.
        yield "package.json", package_json({"private": True, "devDependencies": pinned_packages(["aws-cdk"])})
    yield "requirements-dev.txt", pinned(*_development(programs, authorizers, values)).encode()
    if values["script"]:
        yield "scripts/stack.py", python("scripts/stack.py.j2", values)
    if values["migrations"]:
        yield "scripts/databases.py", python("scripts/databases.py.j2", values)


def _development(
    programs: tuple[Code, ...], authorizers: tuple[Check, ...], values: Mapping[str, Any]
) -> tuple[str, ...]:
    packages = {"boto3", "moto", "mypy", "pytest", "ruff", *(PACKAGES if authorizers else ())}
    packages |= {"cdk-nag"} if values["target"].startswith("cdk") else set()
    packages |= set(DRIVERS) if values["invoked"] or values["distributed"] else set()
    packages |= set(approval_requirements(values["approvals"])) if values["approvals"] else set()
    for program in programs:
        packages |= set(requirements(program))
        packages |= {"aws-durable-execution-sdk-python-testing"} if program.entry_point.flow is not None else set()
        packages |= {"websockets"} if program.entry_point.shell == "lambda_websocket" else set()
    return tuple(packages)
