"""The SAM target: every story prints a template that CloudFormation would take, and that says what the graph says."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

import rules
from advisor.design import Design
from blueprints import sam
from blueprints.plan import Plan, plan_for
from blueprints.targets import target
from tests.blueprints.templates import identity_statements, listed, of_type, walk
from tests.blueprints.translation import parsed, translated

STORIES = tuple(rules.STORIES)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def plans(designs: Mapping[str, Design]) -> dict[str, Plan]:
    return {name: plan_for(design) for name, design in designs.items()}


@pytest.fixture(scope="module")
def projects(plans: Mapping[str, Plan]) -> dict[str, dict[str, bytes]]:
    return {name: sam.files(plan, "en") for name, plan in plans.items()}


@pytest.fixture(scope="module")
def templates(projects: Mapping[str, dict[str, bytes]]) -> dict[str, Json]:
    return {name: parsed(files) for name, files in projects.items()}


@pytest.fixture(scope="module")
def stacks(projects: Mapping[str, dict[str, bytes]]) -> dict[str, Json]:
    return {name: translated(files) for name, files in projects.items()}


@pytest.mark.parametrize("story", STORIES)
def test_every_story_can_be_built(story: str, plans: Mapping[str, Plan]) -> None:
    assert target("sam").check(plans[story]) == ()


@pytest.mark.parametrize("story", STORIES)
def test_no_identity_policy_allows_with_a_wildcard(story: str, stacks: Mapping[str, Json]) -> None:
    for role, statement in identity_statements(stacks[story]):
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            assert "*" not in action, f"{role}: {action}"
        # Log deliveries belong to the account, and there is no resource to name.
        everything = statement["Sid"] == "DeliverLogs"
        assert everything or "*" not in listed(statement["Resource"]), f"{role}: {statement}"


@pytest.mark.parametrize("story", STORIES)
def test_every_connection_is_allowed_what_it_needs_and_no_more(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    planned = {s.sid: set(s.actions) for statements in plans[story].grants.values() for s in statements}
    granted: dict[str, set[str]] = {}
    for _, statement in identity_statements(stacks[story]):
        if statement.get("Sid") in planned:
            granted.setdefault(statement["Sid"], set()).update(listed(statement["Action"]))
    assert {sid for sid in planned if sid in granted} == set(planned)
    actions = {action for edge in plans[story].architecture.edges for action in edge.actions}
    allowed = {a for _, s in identity_statements(stacks[story]) for a in listed(s["Action"])}
    own = {
        # What a workflow, its approval, a data source, the flow logs, an API destination and push take besides edges.
        "events:PutTargets", "events:PutRule", "events:DescribeRule", "sns:Publish", "lambda:InvokeFunction",
        "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "events:InvokeApiDestination",
        "sns:CreatePlatformEndpoint", "sns:SetEndpointAttributes",
        # What a program takes to record what it has sent to people.
        "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem",
        # What a program takes to compare the version of a result in a bucket with that of the one that it replaces.
        "s3:GetObject",
        # What a task takes to protect itself from scale-in, and a workflow to log.
        "ecs:GetTaskProtection", "ecs:UpdateTaskProtection",
        "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
    }  # fmt: skip
    assert allowed <= actions | own


@pytest.mark.parametrize("story", STORIES)
def test_every_part_of_the_graph_is_a_resource(
    story: str, templates: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    marks = [resource.get("Metadata", {}).get("Advisor", {}) for resource in templates[story]["Resources"].values()]
    nodes = {mark.get("node") for mark in marks} | {node for mark in marks for node in mark.get("nodes", ())}
    edges = {edge for mark in marks for edge in mark.get("edges", ())}
    assert all(marks)
    graph = plans[story].architecture
    assert {node.id for node in graph.nodes if node.kind != "outside"} <= nodes
    assert {edge.id for edge in graph.edges} == edges


@pytest.mark.parametrize("story", STORIES)
def test_templates_hold_no_open_origin_and_nothing_unfinished(
    story: str, projects: Mapping[str, dict[str, bytes]], templates: Mapping[str, Json]
) -> None:
    text = projects[story]["template.yaml"].decode()
    assert "TODO" not in text
    assert "kms:*" not in text
    for value in walk(templates[story]):
        if isinstance(value, dict):
            assert value.get("AllowOrigins") != ["*"]
            assert value.get("Access-Control-Allow-Origin") != "'*'"


@pytest.mark.parametrize("story", STORIES)
def test_data_is_encrypted_and_logs_are_forgotten(story: str, stacks: Mapping[str, Json]) -> None:
    stack = stacks[story]
    assert all(queue["SqsManagedSseEnabled"] for _, queue in of_type(stack, "AWS::SQS::Queue"))
    assert all(topic["KmsMasterKeyId"] for _, topic in of_type(stack, "AWS::SNS::Topic"))
    assert all(table["SSESpecification"]["SSEEnabled"] for _, table in of_type(stack, "AWS::DynamoDB::Table"))
    assert all(bucket["BucketEncryption"] for _, bucket in of_type(stack, "AWS::S3::Bucket"))
    assert all(cluster["StorageEncrypted"] for _, cluster in of_type(stack, "AWS::RDS::DBCluster"))
    for _, group in of_type(stack, "AWS::Logs::LogGroup"):
        assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    for _, function in of_type(stack, "AWS::Lambda::Function"):
        assert "LogGroup" in function["LoggingConfig"]


@pytest.mark.parametrize("story", STORIES)
def test_every_consumed_queue_sets_aside_what_fails_and_waits_long_enough(
    story: str, stacks: Mapping[str, Json]
) -> None:
    queues = dict(of_type(stacks[story], "AWS::SQS::Queue"))
    functions = dict(of_type(stacks[story], "AWS::Lambda::Function"))
    aliases = dict(of_type(stacks[story], "AWS::Lambda::Alias"))
    for _, mapping in of_type(stacks[story], "AWS::Lambda::EventSourceMapping"):
        source = mapping["EventSourceArn"]["Fn::GetAtt"][0]
        if source in queues:
            assert "deadLetterTargetArn" in queues[source]["RedrivePolicy"]
            alias = aliases[mapping["FunctionName"]["Ref"]]
            timeout = functions[alias["FunctionName"]["Ref"]]["Timeout"]
            assert queues[source]["VisibilityTimeout"] >= 6 * timeout
            assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("story", STORIES)
def test_every_queue_lets_in_what_delivers_to_it_and_nothing_else(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    graph, name = plans[story].architecture, plans[story].name
    wanted = {
        (name(edge.target), name(edge.source))
        for edge in graph.edges
        if graph.node(edge.source).service in ("sns", "sns-fifo")
        and graph.node(edge.target).service in ("sqs", "sqs-fifo", "dead-letter-queue")
    }
    rules = dict(of_type(stacks[story], "AWS::Events::Rule"))
    wanted |= {
        (target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0], id)
        for id, rule in rules.items()
        for target in rule["Targets"]
        if "DeadLetterConfig" in target
    }
    admitted = set()
    for _, policy in of_type(stacks[story], "AWS::SQS::QueuePolicy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            source = statement["Condition"]["ArnEquals"]["aws:SourceArn"]
            sender = source["Ref"] if "Ref" in source else source["Fn::GetAtt"][0]
            service = "events" if sender in rules else "sns"
            assert statement["Principal"]["Service"] == f"{service}.amazonaws.com"
            admitted.add((policy["Queues"][0]["Ref"], sender))
    assert admitted == wanted


@pytest.mark.parametrize("story", STORIES)
def test_every_dead_letter_queue_and_failure_raises_an_alarm(story: str, stacks: Mapping[str, Json]) -> None:
    stack = stacks[story]
    alarms = list(of_type(stack, "AWS::CloudWatch::Alarm"))
    shares = [
        one["MetricStat"]["Metric"] for _, alarm in alarms for one in alarm.get("Metrics", ()) if "MetricStat" in one
    ]
    measured = [*(alarm for _, alarm in alarms if "MetricName" in alarm), *shares]
    watched = {json.dumps(dimension["Value"]) for metric in measured for dimension in metric["Dimensions"]}
    for id, _ in of_type(stack, "AWS::SQS::Queue"):
        assert json.dumps({"Fn::GetAtt": [id, "QueueName"]}) in watched
    for type in ("AWS::Lambda::Function", "AWS::StepFunctions::StateMachine"):
        for id, _ in of_type(stack, type):
            assert json.dumps({"Ref": id}) in watched or id.endswith("AuthorizerFunction")
    assert all(alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}] for _, alarm in alarms)


@pytest.mark.parametrize("story", STORIES)
def test_functions_are_told_of_everything_that_they_reach(
    story: str, stacks: Mapping[str, Json], plans: Mapping[str, Plan]
) -> None:
    functions = dict(of_type(stacks[story], "AWS::Lambda::Function"))
    for program in plans[story].programs:
        if program.kind != "container":
            variables = functions[plans[story].name(program.node.id)].get("Environment", {}).get("Variables", {})
            assert list(variables) == [variable.name for variable in program.env]


@pytest.mark.parametrize("story", STORIES)
def test_what_starts_from_outside_only_comes_over_tls(story: str, stacks: Mapping[str, Json]) -> None:
    for _, listener in of_type(stacks[story], "AWS::ElasticLoadBalancingV2::Listener"):
        redirects = [action["Type"] for action in listener["DefaultActions"]] == ["redirect"]
        assert listener["Protocol"] == "HTTPS" or redirects
    for id, _ in of_type(stacks[story], "AWS::S3::Bucket"):
        policy = stacks[story]["Resources"][f"{id}Policy"]["Properties"]["PolicyDocument"]
        assert any(statement["Effect"] == "Deny" for statement in policy["Statement"])


def test_both_languages_differ_in_words_only(plans: Mapping[str, Plan]) -> None:
    english, japanese = (parsed(sam.files(plans["web-application"], lang)) for lang in ("en", "ja"))
    assert english != japanese
    assert list(english["Resources"]) == list(japanese["Resources"])
    assert "オリジン" not in json.dumps(english, ensure_ascii=False)


KEPT_UNDER_OWN_KEYS = ("business-process-integration", "relational-web-app", "data-processing")


def with_own_keys(design: Design) -> Design:
    """Return a design whose requirements ask for keys of the customer's own."""
    workload = design.requirements.workload.model_copy(update={"customer_managed_keys": True})  # type: ignore[attr-defined]
    return replace(design, requirements=design.requirements.model_copy(update={"workload": workload}))


@pytest.mark.parametrize("story", KEPT_UNDER_OWN_KEYS)
def test_keys_of_the_customer_encrypt_all_data_where_they_are_asked_for(
    story: str, designs: Mapping[str, Design]
) -> None:
    template = parsed(sam.files(plan_for(with_own_keys(designs[story])), "en"))
    keys = {"Fn::GetAtt": ["DataKey", "Arn"]}
    key_properties = {
        "AWS::SQS::Queue": "KmsMasterKeyId",
        "AWS::Logs::LogGroup": "KmsKeyId",
        "AWS::RDS::DBCluster": "KmsKeyId",
        "AWS::ECR::Repository": "EncryptionConfiguration",
        "AWS::DynamoDB::Table": "SSESpecification",
        "AWS::Kinesis::Stream": "StreamEncryption",
    }
    for type, name in key_properties.items():
        for id, properties in of_type(template, type):
            assert keys in walk(properties[name]), id
