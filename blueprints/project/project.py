"""All files of a project that do not depend on how its infrastructure is written."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.architecture import Node
from advisor.design import Design
from advisor.text import Lang
from blueprints.cdk.app import stack_id
from blueprints.errors import Unsupported
from blueprints.parameters.entries import EDGE_PARAMETER, EDGE_REGION
from blueprints.permissions import Permission
from blueprints.plan import Plan, tags
from blueprints.project import typescript
from blueprints.project.delivery import WORKFLOW, cdk_cli, environment_files, workflow
from blueprints.project.documents.iam import to_markdown
from blueprints.project.documents.readme import readme
from blueprints.project.edge import edge_files
from blueprints.project.kubernetes import kubernetes_files, unscheduled
from blueprints.project.pins import pinned
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.authorizer_functions import PACKAGES, Check, checks
from blueprints.project.programs.composition import Code, codes
from blueprints.project.programs.composition import missing as unwritten
from blueprints.project.programs.source import check_files, program_files, requirements
from blueprints.project.render import python, render
from blueprints.project.site import site_files, site_values
from blueprints.project.testing.integration_tests import deployed_files
from blueprints.project.testing.unit_tests import test_files
from blueprints.traits import aurora_dsql, aurora_serverless, batch, eks, traits_of
from blueprints.traits.aurora_dsql import PRIVILEGES
from blueprints.traits.ec2 import windows, x86_only
from blueprints.traits.waf import EDGE_OUTPUT, EDGE_TEMPLATE, at_the_edge

Files = Iterator[tuple[str, bytes]]
TYPESCRIPT = "cdk-typescript"
#: What is made in another Region first: the words of its commands.
EDGE = {"region": EDGE_REGION, "template": EDGE_TEMPLATE, "output": EDGE_OUTPUT, "parameter": EDGE_PARAMETER}


def project_files(plan: Plan, target: str, lang: Lang, allowed: tuple[Permission, ...]) -> dict[str, bytes]:
    """Return a project's programs, tests, site, manifests and prose, and the table of what is `allowed`, as {path: bytes}.

    Unsupported when nothing is written for what starts a program, or for a neighbour of it: ask `missing` before.
    """
    written = codes(plan)
    alone = checks(plan)
    shared = _shared(plan.design, plan, written, target, lang)
    found = (_typescript if target == TYPESCRIPT else _python)(written, alone, shared)
    _put(found, site_files(plan, lang))
    _put(found, kubernetes_files(plan, written))
    _put(found, environment_files(plan, lang))
    _put(found, edge_files(plan, lang))
    found[WORKFLOW] = workflow(shared)
    _put(found, deployed_files(plan, written, typescript=target == TYPESCRIPT))
    found["docs/iam.md"] = to_markdown(allowed, lang).encode()
    found["README.md"] = readme(plan, written, lang, shared)
    return {path: found[path] for path in sorted(found)}


def _put(found: dict[str, bytes], files: Iterable[tuple[str, bytes]] | Mapping[str, bytes]) -> None:
    """Add files to a project; ValueError when one is there already, which would otherwise be lost."""
    for path, content in files.items() if isinstance(files, Mapping) else files:
        if path in found:
            raise ValueError(f"two files of the project are named {path}")
        found[path] = content


def _python(written: tuple[Code, ...], alone: tuple[Check, ...], shared: dict[str, Any]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for code in written:
        _put(found, program_files(code))
    for check in alone:
        _put(found, check_files(check))
    if shared["tested"]:
        _put(found, test_files(written, alone, shared))
    _put(found, _tool_files(written, alone, shared))
    return found


def _typescript(written: tuple[Code, ...], alone: tuple[Check, ...], shared: dict[str, Any]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for code in written:
        _put(found, typescript.program_files(code))
    for check in alone:
        _put(found, typescript.check_files(check))
    _put(found, typescript.test_files(written, alone, shared))
    _put(found, typescript.tool_files(shared, found))
    return found


def missing(plan: Plan) -> tuple[Unsupported, ...]:
    """Return what no target has code or a schedule for: a way to start a program, a neighbour, a job of Kubernetes."""
    return tuple(unwritten(plan)) or tuple(unscheduled(plan))


def _shared(design: Design, plan: Plan, written: tuple[Code, ...], target: str, lang: Lang) -> dict[str, Any]:
    """Return what the files that are not programs are made from."""
    stores = [
        store for code in written for store in code.stores if store.client.template == aurora_serverless.TRAITS.service
    ]
    databases = {store.table: (store, plan.name(store.node.id)) for store in stores}
    distributed = _distributed(plan, written)
    images = [code.id for code in written if code.plan.kind == "container"]
    values: dict[str, Any] = {
        "lang": lang,
        "target": target,
        "typescript": target == TYPESCRIPT,
        "sockets": any(code.door.shell == "lambda_websocket" for code in written),
        "stack": stack_name(design, plan, target),
        "images": images,
        "x86": any(batch.on_batch_hosts(node) for node in plan.architecture.nodes),
        "platforms": (
            platforms := {code.id: _platform(code.plan.node) for code in written if x86_only(code.plan.node)}
        ),
        "free_images": [id for id in images if id not in platforms],
        "architecture": any(parameter.id == "TaskArchitecture" for parameter in plan.parameters),
        "repositories": {code.id: code.plan.repository for code in written if code.id in images},
        "databases": {table: name for table, (_, name) in databases.items()},
        "tables": [store for store, _ in databases.values()] + [store for _, store in distributed.values()],
        "distributed": {table: made for table, (made, _) in distributed.items()},
        "paired": any(parameter.id == "PeerClusterArn" for parameter in plan.parameters),
        "kubernetes": any(traits_of(code.plan.node.service).pods for code in written),
        "controller": eks.engine_of(plan.architecture) if eks.controlled(plan.architecture) else "",
        "own_cluster": any(parameter.id == "KubernetesVersion" for parameter in plan.parameters),
        "site": site_values(plan),
        "edge": EDGE if any(at_the_edge(plan.architecture)) else None,
        "staged": any(parameter.id == "Environment" for parameter in plan.parameters),
        "tags": tags.fixed(design),
        "cdk_cli": cdk_cli(),
        "image_functions": any(code.plan.kind == "image-function" for code in written),
    }
    values["schemas"] = bool(values["tables"])
    steps = {"site": "site", "schemas": "tables", "kubernetes": "manifests", "images": "images"}
    values["steps"] = ", ".join(f'"{step}": {step}' for key, step in steps.items() if values[key])
    values["script"] = bool(values["steps"])
    programs = bool(written or plan.authorizers)
    values["tested"] = programs or values["script"]
    there = {"src/*/": programs, "tests/": values["tested"], "integration/": True, "scripts/": values["script"]}
    values["folders"] = " ".join(folder for folder, some in there.items() if some)
    values["deploy_command"] = _deploy(values)
    return values


def _distributed(plan: Plan, written: tuple[Code, ...]) -> dict[str, tuple[dict[str, Any], StoreAdapter]]:
    """Return for each table of a distributed database what has to be made: where, and the roles that may do what."""
    found: dict[str, tuple[dict[str, Any], StoreAdapter]] = {}
    for code in written:
        for store in code.stores:
            if store.service != aurora_dsql.TRAITS.service:
                continue
            made, _ = found.setdefault(store.table, ({"start": plan.name(store.node.id), "roles": {}}, store))
            edges = (edge for edge in code.plan.uses if edge.target == store.node.id and edge.verb in PRIVILEGES)
            output = f"{plan.name(next(edges).id)}RoleArn"
            made["roles"][store.role] = [output, ", ".join(PRIVILEGES[store.verb])]
    return found


def _platform(node: Node) -> str:
    """Return the one platform that an image can be built for."""
    return f"{'windows' if windows(node) else 'linux'}/amd64"


def stack_name(design: Design, plan: Plan, target: str) -> str:
    """Return the name of the stack that a project deploys unless it is told another."""
    if target.startswith("cdk"):
        return stack_id(plan)
    return tags.application(design)


def _deploy(values: dict[str, Any]) -> str:
    if values["target"].startswith("cdk"):
        said = " ".join(f'-c {name}="$({variable})"' for variable, name, _ in tags.ASKED.values())
        given = "$(addprefix --parameters ,$(GIVEN))"
        return f'cdk deploy --require-approval never -c stackName="$(STACK)" {said} {given}'
    images = " --resolve-image-repos" if values["image_functions"] else ""
    return (
        f"sam deploy --stack-name $(STACK) --resolve-s3{images} --capabilities CAPABILITY_IAM "
        f"--no-fail-on-empty-changeset --tags $(TAGS) --parameter-overrides $(GIVEN)"
    )


def _tool_files(written: tuple[Code, ...], alone: tuple[Check, ...], shared: dict[str, Any]) -> Files:
    for name in ("Makefile", "pyproject.toml"):
        yield name, render(f"files/{name}.j2", shared).encode()
    yield ".gitignore", render("files/gitignore.j2", shared).encode()
    yield "requirements-dev.txt", pinned(*_development(written, alone)).encode()
    if shared["script"]:
        yield "scripts/stack.py", python("scripts/stack.py.j2", shared)
    for store in shared["tables"]:
        yield f"sql/{store.table}.sql", render("files/table.sql.j2", {"store": store}).encode()


def _development(written: tuple[Code, ...], alone: tuple[Check, ...]) -> tuple[str, ...]:
    found = {"boto3", "moto", "mypy", "pytest", "ruff", *(PACKAGES if alone else ())}
    for code in written:
        found |= set(requirements(code))
        found |= {"aws-durable-execution-sdk-python-testing"} if code.door.flow is not None else set()
        found |= {"websockets"} if code.door.shell == "lambda_websocket" else set()
    return tuple(found)
