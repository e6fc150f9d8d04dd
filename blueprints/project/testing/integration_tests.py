"""The test of a deployed stack: one real request, message or execution per entry, and its expected effect."""

from collections.abc import Iterator

from advisor.architecture.balancing import sharing, verifies_tokens
from advisor.text import Text
from blueprints.plan import Plan
from blueprints.project.pins import pinned
from blueprints.project.programs.code import Code
from blueprints.project.render import python
from blueprints.project.testing.integration_cases import cases_of
from blueprints.traits import cognito, dead_letter_queue, sqs, traits_of

PATH = "integration/test_stack.py"


def deployed_files(plan: Plan, codes: tuple[Code, ...], *, typescript: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the integration test; a project without Python lists the required packages."""
    yield PATH, _module(plan, codes)
    if typescript:
        sockets = ("websockets",) if any(code.entry_point.shell == "lambda_websocket" for code in codes) else ()
        yield "integration/requirements.txt", pinned("boto3", "pytest", *sockets).encode()


def untested(plan: Plan, codes: tuple[Code, ...]) -> list[str]:
    """Return the components with an entry point that no test calls: one in the VPC, or with a name or sign-in that no test has."""
    called = {case.start for case in cases_of(plan, codes)}
    entries = (node for node in plan.architecture.nodes if node.role == "entry" and traits_of(node.service).protocol)
    left = [entry for entry in entries if plan.name(entry.id) not in called]
    return sorted({subject for entry in left for subject in sharing(entry) or (entry.subject,)})


def untested_why(plan: Plan, codes: tuple[Code, ...]) -> Text:
    """Return why no test calls these, as a clause."""
    graph, left = plan.architecture, set(untested(plan, codes))
    entries = [
        node
        for node in graph.nodes
        if node.role == "entry" and traits_of(node.service).protocol and left & {*(sharing(node) or (node.subject,))}
    ]
    if any(node.settings.get("private") is True for node in entries):
        return Text(
            "the tests run outside the VPC and cannot access it",
            "テストが VPC の外で実行され、VPC 内に接続できない",
        )
    if any(graph.leaving(node.id, "authorize") and not verifies_tokens(node) for node in entries):
        return Text("only the user of a browser can sign in there", "サインインにブラウザが必要な")
    return Text("the tests do not know its domain name", "テストでは、そのドメイン名が分からない")


def _module(plan: Plan, codes: tuple[Code, ...]) -> bytes:
    """Return the test module; without an entry that can be called from outside, it checks only the stack status."""
    cases = cases_of(plan, codes)
    kinds = {case.kind for case in cases}
    identities = {case.identity for case in cases}
    stores = {case.seen.service for case in cases if case.seen and not case.seen.result}
    values = {
        "cases": cases,
        "sends": bool(kinds - {"graphql", "health", "objects", "websocket"}),
        "writes": bool(kinds - {"health"}) or any(case.uploads for case in cases),
        "asks": bool(kinds & {"http", "graphql", "health"}),
        "loads": "objects" in kinds,
        "hashes": any(case.closed for case in cases),
        "polls": any(case.seen for case in cases) or bool(kinds & {"durable", "execution", sqs.TRAITS.deployed_test}),
        "kinds": kinds,
        "uploads": any(case.uploads for case in cases),
        "identities": identities,
        "webhooks": any(case.secret for case in cases),
        "stores": stores,
        "completed": {case.seen.service for case in cases if case.seen and case.seen.result},
        "pool": next((plan.name(node.id) for node in cognito.TRAITS.nodes(plan.architecture)), ""),
        "dead": [f"{plan.name(node.id)}Url" for node in dead_letter_queue.TRAITS.nodes(plan.architecture)],
    }
    return python("tests/deployed.py.j2", values)
