"""Names that are made of a user's ids: readable, valid in every language that they stand in, and no two alike."""

import ast
import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import blueprints
import rules
from advisor.advise import advise
from advisor.architecture import Architecture, Node
from advisor.requirements import RequirementsError, make_requirements
from advisor.text import EMPTY
from blueprints.naming import lower_name, machine_suffix, pascal, snake
from blueprints.plan import plan_for, program_ids
from blueprints.plan.environment import variable_name
from blueprints.plan.logical_names import edge_names, logical_names, repository_names
from blueprints.project.programs.adapters import module_of
from blueprints.project.render import camel
from blueprints.stack.assembly import stack_of
from blueprints.traits import all_traits
from tests.blueprints.graphs import design_of
from tests.blueprints.translation import parsed

BOOK = rules.load_book()
#: The files of a CDK app that are written by hand, so that no name in them comes from a user.
WRITTEN = {file.name.removesuffix(".txt") for file in (Path(blueprints.__file__).parent / "cdk/python/files").iterdir()}
IDS = st.from_regex(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,31}", fullmatch=True)
#: Ids that are close to each other, or to what languages, tools and generated projects name themselves.
CLOSE = (
    ("process-a", "process-b"), ("a-b", "ab"), ("order-2", "order2"), ("x-1-y", "x1-y", "x1y"), ("chat", "chat-connections"),
    ("orders", "orders-queue", "orders-authorizer", "orders-starter"), ("approval", "approval-topic", "approvals", "approvals-api"), ("aws", "aws-lambda"),
    ("deployment", "stack"), ("items", "store-items", "store", "channel-items", "call", "secret-items"), ("class", "import", "lambda", "in"), ("efs", "rds", "ses", "sqs", "firehose", "events"),
    ("cluster", "network", "vpc", "cdk", "self", "path", "construct", "environment", "region", "node"),
)  # fmt: skip
REQUIREMENTS = Path(__file__).parents[1] / "requirements"
FILES = {
    path.stem: path
    for path in sorted((*REQUIREMENTS.glob("*.yaml"), *(Path(rules.__file__).parent / "stories").glob("*.yaml")))
}
NAMED = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("ProcessBDeadLetterQueue", "process_b_dead_letter_queue"),
        ("OrderEventsQueue", "order_events_queue"),
        ("WithANightlyBatch", "with_a_nightly_batch"),
        ("ABQueue", "a_b_queue"),
        ("Order2Table", "order2_table"),
        ("VpcId", "vpc_id"),
    ],
)
def test_each_capital_begins_a_word(name: str, written: str) -> None:
    assert snake(name) == written


def nodes(ids: list[str], service: str) -> tuple[Node, ...]:
    return tuple(Node(f"{id}.store", service, "service", id, "store", EMPTY, EMPTY, service) for id in ids)


def ends_of_variables() -> set[str]:
    told = (one for traits in all_traits().values() for one in (*traits.variables, *traits.private_variables))
    return {one.name for one in told} | {"PLATFORM_APPLICATION_ARN", "FUNCTION_ARN"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(IDS, min_size=1, max_size=12, unique=True),
    st.sampled_from(sorted(id for id, traits in all_traits().items() if traits.noun)),
)
def test_variables_are_readable_and_no_two_are_alike(ids: list[str], service: str) -> None:
    names = logical_names(Architecture(nodes(ids, service), (), ())).values()
    variables = [snake(name) for name in names]
    assert len(set(variables)) == len(ids)
    for id, name, variable in zip(ids, names, variables, strict=True):
        assert NAMED.fullmatch(variable), variable
        assert not keyword.iskeyword(variable), variable
        assert name.casefold() == variable.replace("_", "")
        words = "_".join(id.split("-"))
        # Each word of an id is one of the name, unless it begins with a digit, which cannot begin one, or is cut.
        if not re.search(r"-\d", id) and len(name) < 38:
            assert variable.startswith(words), (id, variable)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(IDS, min_size=2, max_size=12, unique=True))
def test_what_is_called_after_an_id_is_not_called_as_another(ids: list[str]) -> None:
    for kind in ("store", "channel", "secret", "call"):
        modules = {module_of(kind, id, ids) for id in ids}
        assert len(modules) == len({camel(module) for module in modules}) == len(ids)
        assert all(module.isidentifier() and not keyword.iskeyword(module) for module in modules)
    assert len(set(repository_names(ids).values())) == len(ids)
    machines = logical_names(Architecture(nodes(ids, "step-functions-standard"), (), ())).values()
    assert len({machine_suffix(name) for name in machines}) == len(ids)
    ends = ends_of_variables()
    variables = Counter(variable_name(id, end) for id in ids for end in ends)
    assert variables.most_common(1)[0][1] == 1
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", name) for name in variables)


@pytest.mark.parametrize(
    ("kind", "subject", "others", "module"),
    [
        ("store", "orders", (), "store_orders"),
        ("store", "store-1", (), "store_1"),
        ("store", "store", (), "store"),
        ("channel", "channel-of-orders", (), "channel_of_orders"),
        ("channel", "store-1", (), "channel_store_1"),
        ("store", "storehouse", (), "store_storehouse"),
        ("store", "store-orders", ("orders",), "store_store_orders"),
    ],
)
def test_no_module_says_twice_what_it_is(kind: str, subject: str, others: tuple[str, ...], module: str) -> None:
    assert module_of(kind, subject, others) == module


def test_what_lambda_and_durable_functions_call_something_else_is_not_taken() -> None:
    assert variable_name("aws-lambda", "FUNCTION_NAME") == "APP_AWS_LAMBDA_FUNCTION_NAME"
    assert variable_name("approvals", "TOPIC_ARN") == "APP_APPROVALS_TOPIC_ARN"
    assert variable_name("approvals", "BUCKET_NAME") == "APPROVALS_BUCKET_NAME"


def test_no_end_of_a_variable_is_the_end_of_another() -> None:
    ends = ends_of_variables()
    assert [(a, b) for a, b in permutations(sorted(ends), 2) if a.endswith(f"_{b}")] == []


def test_a_second_program_of_a_component_is_not_called_as_another_component() -> None:
    starter = Node("orders.compute-starter", "lambda", "service", "orders", "compute", EMPTY, EMPTY, "lambda")
    work = Node("orders.compute", "ecs", "service", "orders", "compute", EMPTY, EMPTY, "ecs")
    other = Node("orders-starter.compute", "lambda", "service", "orders-starter", "compute", EMPTY, EMPTY, "lambda")
    assert program_ids((starter, work)) == {"orders.compute-starter": "orders-starter", "orders.compute": "orders"}
    assert program_ids((starter, work, other))["orders.compute-starter"] == "orders-starter-2"


def test_users_of_one_kind_of_store_have_names_of_their_own() -> None:
    key = ("lambda", "read", "elasticache-serverless")
    graph = design_of(BOOK, [key, key]).architecture
    renamed = {"case0-a.compute": "a", "case0-b.part": "b-c", "case1-a.compute": "a-b", "case1-b.part": "c"}
    made = tuple(_called(node, renamed.get(node.id, node.subject)) for node in graph.nodes)
    names = [lower_name(Architecture(made, graph.edges, ()), edge, 31) for edge in graph.edges]
    assert names == ["a-b-c", "a-b-c-2"]


def _called(node: Node, subject: str) -> Node:
    return Node(node.id, node.service, node.kind, subject, node.role, EMPTY, EMPTY, node.icon)


@st.composite
def renamed(draw: st.DrawFn) -> dict[str, Any]:
    """A story or another requirements file whose subjects are called as in `CLOSE`."""
    raw = yaml.safe_load(FILES[draw(st.sampled_from(sorted(FILES)))].read_text("utf-8"))
    groups = draw(st.permutations(CLOSE))
    subjects = [subject["id"] for kind in ("components", "channels", "stores") for subject in raw.get(kind) or ()]
    names = draw(st.permutations([id for group in groups for id in group][: len(subjects)]))
    return dict(_with(raw, dict(zip(subjects, names, strict=True)), ""))


def _with(value: Any, names: Mapping[str, str], key: str) -> Any:
    if isinstance(value, dict):
        return {name: _with(item, names, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with(item, names, key) for item in value]
    return names.get(value, value) if key in ("id", "reads", "writes", "publishes", "calls", "listens_to") else value


CLASHES: tuple[dict[str, Any], ...] = (
    # Two images, two workflows, two starters beside them, and variables of both stores in one program.
    {
        "components": [
            {"id": "order-2", "trigger": "request", "longest_run_s": "1 h", "steps": 3, "packaging": "container-image", "reads": ["ab", "a-b"], "writes": ["ab"]},
            {"id": "order2", "trigger": "request", "longest_run_s": "1 h", "steps": 3, "packaging": "container-image"},
            {"id": "order-2-starter", "trigger": "schedule"},
            {"id": "deployment", "trigger": "schedule", "calls": ["order-2-starter"]},
            {"id": "stack", "trigger": "schedule", "publishes": ["approval"], "calls": ["aws-lambda"]},
            {"id": "aws-lambda", "trigger": "event"},
        ],
        "channels": [{"id": "approval", "destinations": [{"kind": "email"}]}],
        "stores": [{"id": "a-b"}, {"id": "ab"}],
    },
)  # fmt: skip


@pytest.mark.parametrize("raw", CLASHES)
def test_ids_that_are_close_to_each_other_make_a_whole_project(raw: dict[str, Any]) -> None:
    check(raw, built=3)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(renamed())
def test_whatever_subjects_are_called_every_file_is_one_that_its_language_takes(raw: dict[str, Any]) -> None:
    check(raw)


def check(raw: dict[str, Any], built: int = 0) -> None:
    """Build a design for every target, and look at each name that it gives."""
    try:
        design = advise(make_requirements(raw), BOOK)
    except RequirementsError:
        return
    plan = plan_for(design)
    assert len(set(edge_names(design.architecture, plan.names).values())) == len(design.architecture.edges)
    for target in blueprints.TARGETS:
        if blueprints.check(design, target.id):
            continue
        built -= 1
        files = blueprints.build(design, target.id, lang="en", extras={})
        assert list(problems(files)) == [], target.id
        if target.id == "sam":
            assert list(machines(files)) == []
    assert built <= 0


def problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield each name of a project that is no name, or is given twice."""
    for path, count in Counter(path.lower() for path in files).items():
        if count > 1:
            yield f"{path}: {count} files on a disk without capitals"
    for path, content in files.items():
        if path.endswith(".py"):
            printed = path.startswith("stacks/") and path.removeprefix("stacks/") not in WRITTEN
            yield from (f"{path}: {what}" for what in _python(content.decode(), printed))
        elif path.endswith(".ts"):
            yield from (f"{path}: {what}" for what in _typescript(content.decode()))


def _python(source: str, printed: bool) -> Iterator[str]:
    tree = ast.parse(source)
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [alias.asname or alias.name for node in imports for alias in node.names]
    yield from (f"{name} is imported twice" for name, count in Counter(names).items() if count > 1)
    if not printed:
        return
    for method in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        local = [n.id for n in ast.walk(method) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        yield from (f"{name} is a module and a variable" for name in set(local) & set(names))
        yield from (f"{name} is given twice" for name, count in Counter(local).items() if count > 1)
    own = [n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)]
    yield from (f"self.{name} is given twice" for name, count in Counter(own).items() if count > 1)


def _typescript(source: str) -> Iterator[str]:
    names = re.findall(r"^import \* as (\w+)", source, re.M) + re.findall(r"^ {0,4}const (\w+) = new", source, re.M)
    for listed in re.findall(r"^import (?:type )?\{([^}]*)\}", source, re.M):
        names += [name.split()[-1] for name in listed.split(",") if name.strip()]
    yield from (f"{name} is given twice" for name, count in Counter(names).items() if count > 1)


def machines(files: dict[str, bytes]) -> Iterator[str]:
    """Yield the names that two resources of one type would have in one account."""
    named: Counter[str] = Counter()
    for resource in parsed(files)["Resources"].values():
        for key in ("Name", "FunctionName", "UserName", "UserId", "TopicName", "QueueName", "Family"):
            name = str(resource.get("Properties", {}).get(key, ""))
            named[f"{resource['Type']} {key} {name}"] += "AWS::StackName" in name
    yield from (name for name, count in named.items() if count > 1)


#: Words that need explaining: what stands in their place is the term of the service.
PUNS = re.compile(
    r"^(Hear|Admit|Follow|Tell|Look|Fill|Find|Take|Know|Listen)[A-Z]|(Children|Takes|Reads|Mounts|Subscribes)$"
)
#: A number behind a name, or a place in a list, says nothing of what is named.
NUMBERED = re.compile(r"[a-z]\d+$|To\d")


@pytest.mark.parametrize("name", FILES)
def test_names_explain_themselves(name: str) -> None:
    design = advise(make_requirements(yaml.safe_load(FILES[name].read_text("utf-8"))), BOOK)
    plan = plan_for(design)
    scope = stack_of(plan, "en")
    ids = {subject.id for _, subject in design.requirements.subjects()}
    asked = {pascal(id) for id in ids if re.search(r"\d", id)}
    sids = set(_sids(scope.resources))
    names = {*scope.resources, *scope.outputs, *(parameter.id for parameter in plan.parameters), *sids}
    assert not {sid for sid in sids if PUNS.search(sid)}
    assert not {one for one in names if NUMBERED.search(one) and not any(id in one for id in asked)}


def _sids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("Sid"), str):
            yield value["Sid"]
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _sids(item)
