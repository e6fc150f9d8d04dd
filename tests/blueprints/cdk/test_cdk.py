"""The CDK target: every story synthesises to a template that CloudFormation would take, and says what the plan says."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints import cdk
from blueprints.errors import Unsupported
from blueprints.plan import Plan, plan_for
from blueprints.targets import target
from tests.blueprints import translation
from tests.blueprints.sam.linting import Linter
from tests.blueprints.sam.test_connections import UNCONFINED
from tests.blueprints.templates import identity_statements, listed, of_type, walk

STORIES = tuple(rules.STORIES)
Json = dict[str, Any]
#: What CDK itself writes: a DependsOn beside a reference that already says it.
NOISE = ("W3005",)
#: Designs that no SAM project is linted of.
MADE_HERE = ("made-up-", "own-keys-")


@pytest.mark.parametrize("story", STORIES)
def test_every_story_can_be_built(story: str, plans: Mapping[str, Plan]) -> None:
    assert target("cdk-python").check(plans[story]) == ()


def test_cfn_lint_finds_nothing_in_what_is_no_case_of_the_proof(
    synthesised: Mapping[str, Json], stacks: Mapping[str, Json], sam_templates: Mapping[str, Json]
) -> None:
    """The proof lints the templates of stories, and the SAM projects of answers are linted beside this."""
    read = [template for name, template in sam_templates.items() if not name.startswith(MADE_HERE)]
    linter = Linter([*read, *stacks.values()])
    others = {name: template for name, template in synthesised.items() if name not in stacks}
    found = [(name, finding) for name, template in others.items() for finding in linter.findings(template, NOISE)]
    assert found == []


def test_cfn_lint_finds_a_fault_in_a_template(stacks: Mapping[str, Json]) -> None:
    broken = json.loads(json.dumps(stacks["dynamic-web-api"]))
    for _, function in of_type(broken, "AWS::Lambda::Function"):
        function["Timeout"] = 901
    assert any("901" in finding for finding in Linter().findings(broken, NOISE))


@pytest.mark.parametrize("story", STORIES)
def test_no_identity_policy_allows_with_a_wildcard(story: str, stacks: Mapping[str, Json]) -> None:
    for role, statement in identity_statements(stacks[story]):
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            assert "*" not in action, f"{role}: {action}"
        if not {*listed(statement["Action"])} <= UNCONFINED:
            assert "*" not in listed(statement["Resource"]), f"{role}: {statement}"


@pytest.mark.parametrize("story", STORIES)
def test_constructs_add_no_policy_and_no_resource_of_their_own(story: str, stacks: Mapping[str, Json]) -> None:
    assert not list(of_type(stacks[story], "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"))
    types = {resource["Type"] for resource in stacks[story]["Resources"].values()}
    assert not [type for type in types if type.startswith("Custom::") or type == "AWS::CloudFormation::CustomResource"]


@pytest.mark.parametrize("story", STORIES)
def test_every_function_is_a_program_of_the_plan(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    functions = [id for id, _ in of_type(stacks[story], "AWS::Lambda::Function")]
    planned = [program for program in plans[story].programs if program.run == "function"]
    assert len(functions) == len(planned) + len(plans[story].authorizers)


@pytest.mark.parametrize("story", STORIES)
def test_roles_hold_the_statements_of_the_plan_and_no_others(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    planned = {
        (statement.sid, tuple(statement.actions))
        for statements in plans[story].grants.values()
        for statement in statements
    }
    granted = {(s["Sid"], tuple(listed(s["Action"]))) for _, s in identity_statements(stacks[story])}
    assert {(sid, tuple(sorted(actions))) for sid, actions in planned} <= {
        (sid, tuple(sorted(a))) for sid, a in granted
    }
    # What a workflow, its approval, a data source, scale-in protection, the flow logs and KEDA take besides edges.
    own = {
        "ReadBacklog",
        "ManageCompletionEventsRule",
        "AskForApproval",
        "InvokeFunction",
        "DeliverLogs",
        "ProtectTasks",
        "WriteFlowLogs",
    }
    assert {sid for sid, _ in granted} <= {sid for sid, _ in planned} | own


@pytest.mark.parametrize("story", STORIES)
def test_programs_get_the_environment_variables_of_the_plan(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    variables: set[str] = set()
    for _, function in of_type(stacks[story], "AWS::Lambda::Function"):
        variables |= set(function.get("Environment", {}).get("Variables", {}))
    for _, task in of_type(stacks[story], "AWS::ECS::TaskDefinition"):
        variables |= {
            variable["Name"]
            for container in task["ContainerDefinitions"]
            for variable in container.get("Environment", [])
        }
    planned = {
        variable.name
        for program in plans[story].programs
        if program.node.service in ("lambda", "ecs")
        for variable in program.env
    }
    assert planned <= variables
    # CDK itself tells tasks on EC2 in which Region they run.
    assert variables <= planned | {"TOKEN_ISSUER", "TOKEN_AUDIENCE", "AWS_REGION"}


@pytest.mark.parametrize("story", STORIES)
def test_data_is_encrypted_kept_and_restorable(story: str, stacks: Mapping[str, Json]) -> None:
    for id, table in of_type(stacks[story], "AWS::DynamoDB::Table"):
        assert table["SSESpecification"]["SSEEnabled"]
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
        # What was sent to people is remembered for some days only, and goes with the stack; devices stay registered.
        devices = any(one.get("Value") == {"Ref": id} for one in stacks[story]["Outputs"].values())
        kept = "SentTable" not in id or devices
        assert stacks[story]["Resources"][id]["DeletionPolicy"] == ("Retain" if kept else "Delete")
    for id, bucket in of_type(stacks[story], "AWS::S3::Bucket"):
        assert all(bucket["PublicAccessBlockConfiguration"].values())
        assert bucket["BucketEncryption"]
        assert stacks[story]["Resources"][id]["DeletionPolicy"] == "Retain"
    for _, queue in of_type(stacks[story], "AWS::SQS::Queue"):
        assert queue["SqsManagedSseEnabled"] is True
    for _, topic in of_type(stacks[story], "AWS::SNS::Topic"):
        assert topic["KmsMasterKeyId"]
    for _, cluster in of_type(stacks[story], "AWS::RDS::DBCluster"):
        assert cluster["StorageEncrypted"] is True
        assert cluster["ManageMasterUserPassword"] is True


@pytest.mark.parametrize("story", STORIES)
def test_every_queue_has_a_dead_letter_queue(story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]) -> None:
    graph = plans[story].architecture
    dead = {plans[story].name(node.id) for node in graph.of_service("dead-letter-queue")}
    for id, queue in of_type(stacks[story], "AWS::SQS::Queue"):
        # The name of a component stands before the names of what it makes, unless these begin with it.
        component, *rest = stacks[story]["Resources"][id]["Metadata"]["aws:cdk:path"].split("/")[1:-1]
        name = component + "".join(rest)
        assert {name, *rest} & dead or queue["RedrivePolicy"]["maxReceiveCount"] >= 1


@pytest.mark.parametrize("story", STORIES)
def test_log_groups_have_the_retention_of_the_deployment(story: str, stacks: Mapping[str, Json]) -> None:
    groups = list(of_type(stacks[story], "AWS::Logs::LogGroup"))
    assert groups
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for _, group in groups)
    for _, function in of_type(stacks[story], "AWS::Lambda::Function"):
        assert function["LoggingConfig"]["LogGroup"]


@pytest.mark.parametrize("story", STORIES)
def test_alarms_are_those_of_the_plan_and_reach_people(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    alarms = list(of_type(stacks[story], "AWS::CloudWatch::Alarm"))
    assert len(alarms) == len(plans[story].alarms)
    (topic,) = {json.dumps(alarm["AlarmActions"]) for _, alarm in alarms}
    subscribed = [s for _, s in of_type(stacks[story], "AWS::SNS::Subscription") if s["Protocol"] == "email"]
    assert json.loads(topic)[0] in [subscription["TopicArn"] for subscription in subscribed]


@pytest.mark.parametrize("story", STORIES)
def test_parameters_are_those_of_the_plan(story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]) -> None:
    planned = {parameter.id for parameter in plans[story].parameters}
    assert planned == {id for id in stacks[story]["Parameters"] if id != "BootstrapVersion"}


@pytest.mark.parametrize("story", STORIES)
def test_every_part_of_the_graph_is_a_resource(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    resources = stacks[story]["Resources"]
    marks = {id: resource["Metadata"].get("Advisor", {}) for id, resource in resources.items()}
    # CDK adds the list of a cluster's capacity providers only when everything else is there.
    late = "AWS::ECS::ClusterCapacityProviderAssociations"
    assert [id for id, mark in marks.items() if not mark and resources[id]["Type"] != late] == []
    nodes = {mark.get("node") for mark in marks.values()} | {
        n for mark in marks.values() for n in mark.get("nodes", ())
    }
    edges = {edge for mark in marks.values() for edge in mark.get("edges", ())}
    graph = plans[story].architecture
    assert {node.id for node in graph.nodes if node.kind != "outside"} <= nodes
    assert edges == {edge.id for edge in graph.edges}


@pytest.mark.parametrize("story", STORIES)
def test_nothing_is_open_or_unfinished(
    story: str, stacks: Mapping[str, Json], sources: Mapping[str, dict[str, bytes]]
) -> None:
    text = b"\n".join(sources[story].values()).decode()
    assert "TODO" not in text
    assert ".grant" not in text
    for value in walk(stacks[story]):
        if isinstance(value, dict):
            assert "*" not in value.get("AllowOrigins", ())
            assert value.get("gatewayresponse.header.Access-Control-Allow-Origin") != "'*'"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_code_passes_ruff_as_it_stands(lang: Any, plans: Mapping[str, Plan], tmp_path: Path) -> None:
    for story, plan in plans.items():
        for path, content in cdk.files(plan, lang).items():
            (tmp_path / story / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / story / path).write_bytes(content)
    # Each project is a root of its own, so that its modules count as its own.
    roots = ", ".join(f'"{project}"' for project in sorted(tmp_path.iterdir()))
    for command in (
        ["format", "--diff"],
        ["check", "--select", "E4,E7,E9,F,I,B,UP,SIM,C4", "--config", f"src=[{roots}]"],
    ):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", "--no-cache", "--line-length", "120", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stdout[-3000:]


def test_both_languages_make_the_same_resources(plans: Mapping[str, Plan]) -> None:
    plan = plans["web-application"]
    english, japanese = (cdk.files(plan, lang) for lang in ("en", "ja"))
    assert set(english) == set(japanese)
    assert english["app.py"] == japanese["app.py"]
    assert "アラーム" in "".join(text.decode() for text in japanese.values())


@pytest.mark.parametrize("story", STORIES)
def test_cloudformation_can_show_what_describes_a_stack(story: str) -> None:
    """It shows characters outside ASCII as question marks."""
    answers = {**yaml.safe_load(rules.story_bytes(story)), "title": "受注管理"}
    template = translation.parsed(
        target("sam").files(plan_for(advise(make_requirements(answers), rules.load_book())), "ja")
    )
    described = [template, *template["Parameters"].values(), *template["Outputs"].values()]
    assert [one["Description"] for one in described if not one["Description"].isascii()] == []


def test_an_unsupported_service_is_refused_before_files_are_written(designs: Mapping[str, Design]) -> None:
    design = designs["dynamic-web-api"]
    graph = design.architecture
    nodes = tuple(replace(node, service="msk") if node.service == "dynamodb" else node for node in graph.nodes)
    plan = plan_for(replace(design, architecture=replace(graph, nodes=nodes)))
    (refused,) = target("cdk-python").check(plan)
    assert refused.where == next(node.id for node in nodes if node.service == "msk")
    assert refused.reason.ja
    with pytest.raises(Unsupported):
        target("cdk-python").files(plan, "en")
