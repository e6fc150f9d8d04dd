"""The plan: names, variables, statements and parameters that every target shares."""

import re
from collections.abc import Mapping
from dataclasses import replace

import boto3
import pytest

import rules
from advisor.advise import advise
from advisor.architecture import Architecture
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import Plan, plan_for
from blueprints.plan.kept_results import reads_before
from blueprints.plan.logical_names import LONGEST
from blueprints.stack.registry import attributes
from blueprints.traits.sent_messages import SID as RECORD_SENT
from blueprints.values.reference import OF_CONNECTIONS
from tests.blueprints.graphs import design_of

STORIES = tuple(rules.STORIES)


@pytest.fixture(scope="module")
def plans(designs: Mapping[str, Design]) -> dict[str, Plan]:
    return {name: plan_for(design) for name, design in designs.items()}


@pytest.mark.parametrize("story", STORIES)
def test_names_are_unique_short_and_pascal_case(story: str, plans: Mapping[str, Plan]) -> None:
    plan = plans[story]
    names = [*plan.names.values(), *plan.edge_names.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) and len(name) <= LONGEST for name in names)
    assert all(len(alarm.name) <= 64 for alarm in plan.alarms)


def test_names_read_as_a_person_would_give_them(plans: Mapping[str, Plan]) -> None:
    plan = plans["web-application"]
    wanted = {
        "api.compute": "ApiFunction",
        "api.entry": "Api",
        "items.store": "ItemsTable",
        "report.workflow": "ReportStateMachine",
        "report.schedule-dlq": "ReportScheduleDeadLetterQueue",
        "workload.cognito": "UserPool",
    }
    assert {id: plan.name(id) for id in wanted} == wanted


def test_a_new_consumer_renames_nobody(designs: Mapping[str, Design]) -> None:
    design = designs["async-coupling"]
    before = plan_for(design).names
    graph = design.architecture
    queue = next(node for node in graph.nodes if node.role == "buffer")
    subject = queue.subject
    added = replace(queue, id=f"{subject}.buffer-another")
    after = plan_for(replace(design, architecture=Architecture((added, *graph.nodes), graph.edges, graph.groups))).names
    assert {id: after[id] for id in before} == before


def test_long_ids_stay_unique_and_short(book: Book) -> None:
    design = design_of(book, [("lambda", "publish", "sqs")])
    graph = design.architecture
    long = "a-very-long-subject-of-thirty-two"[:32]
    nodes = tuple(
        replace(graph.nodes[0], id=f"{long}.buffer-{long}-{number}", subject=long, role="buffer") for number in range(9)
    )
    names = plan_for(replace(design, architecture=Architecture(nodes, (), ()))).names
    assert len(set(names.values())) == 9
    assert all(len(name) <= LONGEST for name in names.values())


def test_ids_that_read_the_same_get_names_of_their_own(book: Book) -> None:
    design = design_of(book, [("lambda", "publish", "sqs")])
    node = design.architecture.nodes[0]
    nodes = tuple(replace(node, id=f"{subject}.compute", subject=subject) for subject in ("order-1", "order1"))
    names = plan_for(replace(design, architecture=Architecture(nodes, (), ()))).names
    assert sorted(names.values()) == ["Order1Function", "Order1Function2"]


def test_variables_are_named_after_who_is_reached(plans: Mapping[str, Plan]) -> None:
    program = plans["web-application"].program("report.compute")
    assert program is not None
    assert [variable.name for variable in program.env] == ["ITEMS_TABLE_NAME", "RESULTS_BUCKET_NAME"]
    assert (program.directory, program.kind, program.run) == ("src/report", "container", "job")


@pytest.mark.parametrize("story", STORIES)
def test_every_action_of_an_edge_is_granted_once_to_one_holder(story: str, plans: Mapping[str, Plan]) -> None:
    plan = plans[story]
    for edge in plan.architecture.edges:
        held = [s for statements in plan.grants.values() for s in statements if s.edge == edge.id]
        # What people are sent is recorded besides, in a table of the channel's own.
        granted = sorted(action for s in held if not s.sid.startswith(RECORD_SENT) for action in s.actions)
        if edge.verb != "dead-letter" and edge.actions:
            # Where a store has no condition for it, a program reads the version of a result before it replaces it.
            compared = reads_before(plan.architecture, edge)
            assert granted == sorted({*edge.actions, *([compared] if compared else [])}), edge.id


def test_an_action_names_the_kind_of_resource_that_aws_accepts_for_it(plans: Mapping[str, Plan]) -> None:
    named = {
        (action, ref.attribute, ref.suffix)
        for plan in plans.values()
        for statements in plan.grants.values()
        for statement in statements
        for action in statement.actions
        for ref in statement.resources
    }
    assert ("s3:PutObject", "arn", "/*") in named
    assert ("ecs:StopTask", "tasks-arn", "/*") in named
    assert ("dynamodb:GetRecords", "stream-arn", "") in named
    assert ("rds-data:ExecuteStatement", "arn", "") in named
    assert ("s3:PutObject", "arn", "") not in named


def test_a_queue_takes_from_its_topic_by_its_policy_and_not_by_a_role(plans: Mapping[str, Plan]) -> None:
    plan = plans["async-coupling"]
    admitted = [one for one in plan.admissions if one.principal == "sns.amazonaws.com"]
    assert admitted
    assert all(plan.node(one.source.node).service == "sns" for one in admitted)
    assert not any("sqs:SendMessage" in s.actions for s in plan.grants.get("done.messaging", ()))


@pytest.mark.parametrize("story", STORIES)
def test_defaults_and_examples_of_parameters_look_as_they_must(story: str, plans: Mapping[str, Plan]) -> None:
    for parameter in plans[story].parameters:
        assert bool(parameter.default) != bool(parameter.example)
        if parameter.pattern:
            assert re.fullmatch(parameter.pattern, parameter.likely), parameter.id
        if parameter.values:
            assert parameter.default in parameter.values
        assert parameter.description.en != parameter.description.ja


@pytest.mark.parametrize("story", STORIES)
def test_everything_that_is_referred_to_can_be_read(story: str, plans: Mapping[str, Plan]) -> None:
    plan = plans[story]
    refs = [variable.value for program in plan.programs for variable in program.env]
    refs += [ref for _, statements in plan.grants.items() for s in statements for ref in s.resources]
    refs += [ref for alarm in plan.alarms for _, ref in alarm.dimensions]
    for ref in refs:
        if ref.attribute in OF_CONNECTIONS:
            assert ref.node in {edge.id for edge in plan.architecture.edges}, ref
            continue
        node = plan.node(ref.node)
        assert node.kind == "outside" or (node.service, ref.attribute) in attributes(), ref


def test_a_network_is_only_made_where_something_runs_in_it(plans: Mapping[str, Plan]) -> None:
    assert plans["async-coupling"].network is None
    batch = plans["scheduled-batch"].network
    assert batch is not None
    assert (batch.nat, batch.public) == (False, False)
    assert "ecr.dkr" in batch.interfaces
    kubernetes = plans["kubernetes-migration"].network
    assert kubernetes is not None
    assert (kubernetes.nat, kubernetes.public, kubernetes.interfaces) == (True, True, ())
    private = plans["private-business-api"].network
    assert private is not None
    assert private.existing


@pytest.mark.parametrize("existing", [[], ["vpc"]])
def test_a_program_that_calls_a_private_api_is_in_the_vpc_and_needs_no_internet(
    existing: list[str], book: Book
) -> None:
    asked = {
        "workload": {"existing": existing},
        "components": [
            {"id": "front", "trigger": "request", "exposure": "private", "calls": ["back"]},
            {"id": "back", "trigger": "request", "exposure": "private", "steps": 3},
        ],
    }
    network = plan_for(advise(make_requirements(asked), book)).network
    assert network is not None
    assert (network.members, network.private_callers) == (("front.compute",), ("front.compute",))
    assert (network.nat, network.private_apis) == (False, ("front.entry", "back.entry"))
    asked["components"][1]["exposure"] = "public"  # type: ignore[index]
    network = plan_for(advise(make_requirements(asked), book)).network
    assert network is not None
    assert (network.members, network.private_callers) == ((), ())


@pytest.mark.parametrize("region", ["ap-northeast-1", "eu-west-1", "us-east-1", "us-west-2", "sa-east-1"])
def test_the_replica_of_a_table_is_in_another_region_and_under_the_same_law_where_there_is_one(
    book: Book, region: str
) -> None:
    asked = {
        "workload": {"region": region},
        "components": [{"id": "api", "trigger": "request", "reads": ["items"], "writes": ["items"]}],
        "stores": [{"id": "items", "multi_region": True}],
    }
    plan = plan_for(advise(make_requirements(asked), book))
    (second,) = (one.default for one in plan.parameters if one.id == "ReplicaRegion")
    assert second != region
    assert second in boto3.session.Session().get_available_regions("dynamodb")
    if region[:2] in ("ap", "eu", "us"):
        assert second[:2] == region[:2]
