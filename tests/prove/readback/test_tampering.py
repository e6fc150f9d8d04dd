"""Changes of a template are found: by comparison with another target, and with the diagram."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from advisor.design import Design
from blueprints import sam
from blueprints.plan import Plan, plan_for
from prove.readback import Difference, Stack, differences, normal, read
from prove.readback.diagram import missing_from
from tests.blueprints.translation import translated

Json = dict[str, Any]
#: A queue between two functions, with a topic, its subscribers and dead-letter queues.
STORY = "async-coupling"


@pytest.fixture(scope="module")
def plan(designs: Mapping[str, Design]) -> Plan:
    return plan_for(designs[STORY])


@pytest.fixture(scope="module")
def template(plan: Plan) -> Json:
    return translated(sam.files(plan, "en"))


def first(template: Json, type: str, having: str = "") -> str:
    """The id of the first resource of a type (that has a property)."""
    return next(
        id
        for id, resource in template["Resources"].items()
        if resource["Type"] == type and (not having or having in resource["Properties"])
    )


def properties(template: Json, type: str, having: str = "") -> Json:
    values: Json = template["Resources"][first(template, type, having)]["Properties"]
    return values


def function_with(template: Json, variable: str) -> Json:
    """The environment of the function that is told something."""
    for resource in template["Resources"].values():
        variables = resource.get("Properties", {}).get("Environment", {}).get("Variables", {})
        if resource["Type"] == "AWS::Lambda::Function" and any(name.endswith(variable) for name in variables):
            environment: Json = variables
            return environment
    raise LookupError(variable)


def statements(template: Json) -> list[Json]:
    role = properties(template, "AWS::IAM::Role", "Policies")
    inline_statements: list[Json] = role["Policies"][0]["PolicyDocument"]["Statement"]
    return inline_statements


def removes_statement(template: Json) -> None:
    statements(template).pop()


def adds_action(template: Json) -> None:
    statement = statements(template)[0]
    statement["Action"] = [
        *(statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]),
        "sqs:PurgeQueue",
    ]


def widens_resource(template: Json) -> None:
    statements(template)[0]["Resource"] = "*"


def denies(template: Json) -> None:
    statements(template)[0]["Effect"] = "Deny"


def lets_anybody_send(template: Json) -> None:
    policy = properties(template, "AWS::SQS::QueuePolicy")
    policy["PolicyDocument"]["Statement"][0].pop("Condition")


def lets_anybody_be(template: Json) -> None:
    policy = properties(template, "AWS::SQS::QueuePolicy")
    policy["PolicyDocument"]["Statement"][0]["Principal"] = "*"


def changes_visibility(template: Json) -> None:
    properties(template, "AWS::SQS::Queue", "VisibilityTimeout")["VisibilityTimeout"] = 31


def changes_receives(template: Json) -> None:
    properties(template, "AWS::SQS::Queue", "RedrivePolicy")["RedrivePolicy"]["maxReceiveCount"] = 1000


def changes_retention(template: Json) -> None:
    properties(template, "AWS::SQS::Queue", "RedrivePolicy")["MessageRetentionPeriod"] = 60


def changes_timeout(template: Json) -> None:
    properties(template, "AWS::Lambda::Function")["Timeout"] = 3


def changes_batches(template: Json) -> None:
    properties(template, "AWS::Lambda::EventSourceMapping")["BatchSize"] = 7


def loses_failures(template: Json) -> None:
    del properties(template, "AWS::SQS::Queue", "RedrivePolicy")["RedrivePolicy"]


def sets_aside_elsewhere(template: Json) -> None:
    queue = first(template, "AWS::SQS::Queue", "RedrivePolicy")
    template["Resources"][queue]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"] = {"Fn::GetAtt": [queue, "Arn"]}


def stops_encrypting(template: Json) -> None:
    properties(template, "AWS::SQS::Queue")["SqsManagedSseEnabled"] = False


def forgets_encryption(template: Json) -> None:
    del properties(template, "AWS::SNS::Topic")["KmsMasterKeyId"]


def adds_queue(template: Json) -> None:
    template["Resources"]["Extra"] = {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": True}}


def adds_second_queue(template: Json) -> None:
    queue = first(template, "AWS::SQS::Queue", "RedrivePolicy")
    template["Resources"]["Extra"] = copy.deepcopy(template["Resources"][queue])


def removes_connection(template: Json) -> None:
    del template["Resources"][first(template, "AWS::Lambda::EventSourceMapping")]


def removes_subscription(template: Json) -> None:
    del template["Resources"][first(template, "AWS::SNS::Subscription", "RedrivePolicy")]


def consumes_elsewhere(template: Json) -> None:
    queues = [id for id, resource in template["Resources"].items() if resource["Type"] == "AWS::SQS::Queue"]
    mapping = properties(template, "AWS::Lambda::EventSourceMapping")
    (source, _) = mapping["EventSourceArn"]["Fn::GetAtt"]
    mapping["EventSourceArn"] = {"Fn::GetAtt": [next(id for id in queues if id != source), "Arn"]}


def tells_another_queue(template: Json) -> None:
    variables = function_with(template, "TABLE_NAME")
    name = next(name for name in variables if name.endswith("TABLE_NAME"))
    variables[name] = {"Ref": first(template, "AWS::SQS::Queue")}


def tells_nothing(template: Json) -> None:
    function_with(template, "TABLE_NAME").clear()


def opens_route(template: Json) -> None:
    properties(template, "AWS::ApiGatewayV2::Route", "AuthorizationType")
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::ApiGatewayV2::Route" and resource["Properties"]["AuthorizationType"] != "NONE":
            resource["Properties"]["AuthorizationType"] = "NONE"
            return
    raise LookupError("every route is open")


def keeps_nothing(template: Json) -> None:
    template["Resources"][first(template, "AWS::DynamoDB::Table")]["DeletionPolicy"] = "Delete"


def asks_otherwise(template: Json) -> None:
    template["Parameters"]["LogRetentionDays"]["Default"] = 1


def updates_otherwise(template: Json) -> None:
    table = template["Resources"][first(template, "AWS::DynamoDB::Table")]
    table["UpdatePolicy"] = {"AutoScalingReplacingUpdate": {"WillReplace": True}}


def looks_elsewhere(template: Json) -> None:
    template["Mappings"] = {"Days": {"prod": {"Logs": 1}}}


def says_otherwise(template: Json) -> None:
    template["Description"] = "Something else"


Fault = Callable[[Json], None]
#: What is done, the part in which it shows against another target, and against the diagram (None: it does not).
FAULTS: tuple[tuple[Fault, str, str | None], ...] = (
    (removes_statement, "permission", "permission"),
    (adds_action, "permission", "permission"),
    (widens_resource, "permission", "permission"),
    (denies, "permission", "permission"),
    (lets_anybody_send, "permission", None),
    (lets_anybody_be, "permission", "permission"),
    (changes_visibility, "setting", "setting"),
    (changes_receives, "failure", "setting"),
    (changes_retention, "setting", None),
    (changes_timeout, "setting", "setting"),
    (changes_batches, "setting", None),
    (loses_failures, "failure", "connection"),
    (sets_aside_elsewhere, "failure", "connection"),
    (stops_encrypting, "encryption", "encryption"),
    (forgets_encryption, "encryption", "encryption"),
    (adds_queue, "resource", "resource"),
    (adds_second_queue, "resource", "resource"),
    (removes_connection, "connection", "connection"),
    (removes_subscription, "connection", "connection"),
    (consumes_elsewhere, "connection", "connection"),
    (tells_another_queue, "connection", "connection"),
    (tells_nothing, "connection", "connection"),
    (opens_route, "permission", None),
    (keeps_nothing, "setting", None),
    (asks_otherwise, "setting", None),
    (updates_otherwise, "setting", None),
    (looks_elsewhere, "setting", None),
    (says_otherwise, "setting", None),
)


def _fault_id(value: Fault | str) -> str:
    return value if isinstance(value, str) else value.__name__


def tampered(template: Json, fault: Fault) -> Stack:
    broken = copy.deepcopy(template)
    fault(broken)
    return normal(read(broken))


def named(found_differences: list[Difference], part: str, plan: Plan) -> list[Difference]:
    """The differences of a part that name a node, a connection, or who may too much."""
    graph = plan.architecture
    places = (
        {node.id for node in graph.nodes}
        | {edge.id for edge in graph.edges}
        | {"parameters", "tables", "stack", "Extra"}
    )
    roles = {f"{plan.name(node.id)}Role" for node in graph.nodes} | {"*"}
    return [
        difference for difference in found_differences if difference.part == part and difference.place in places | roles
    ]


def test_a_template_equals_itself_and_its_diagram(template: Json, plan: Plan) -> None:
    stack = normal(read(template))
    assert list(differences(stack, stack)) == []
    assert list(missing_from(stack, plan)) == []


@pytest.mark.parametrize(("fault", "part"), [(fault, part) for fault, part, _ in FAULTS], ids=_fault_id)
def test_another_target_shows_it(fault: Fault, part: str, template: Json, plan: Plan) -> None:
    changes = list(differences(normal(read(template)), tampered(template, fault)))
    assert named(changes, part, plan), changes
    assert all(difference.first != difference.second for difference in changes)


@pytest.mark.parametrize(("fault", "part"), [(fault, part) for fault, _, part in FAULTS if part], ids=_fault_id)
def test_the_diagram_shows_it(fault: Fault, part: str, template: Json, plan: Plan) -> None:
    changes = list(missing_from(tampered(template, fault), plan))
    assert named(changes, part, plan), changes
