"""State machines of Step Functions."""

from advisor.architecture import Node
from blueprints.naming import machine_suffix
from blueprints.shared import approvals
from blueprints.shared.buckets import private_bucket
from blueprints.shared.function_releases import alias_of, name_with_alias, version_of
from blueprints.shared.logs import log_group
from blueprints.shared.programs import PROGRAMS
from blueprints.shared.roles import policy, role, trust
from blueprints.shared.tables import keyed_table
from blueprints.stack.registry import carried, encrypted, itself, own, service
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits import callbacks, traits_of
from blueprints.traits.approvals import API, FUNCTION
from blueprints.traits.state_machine import SERVICES, definition, path
from blueprints.traits.state_machine_states import APPROVALS_TOKEN
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED, RESULTS_DAYS
from blueprints.values import Att, Ref, Value, arn, joined, stack_name

#: What a state machine needs to log; these actions are about the account and name no resource:
#: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html (2026-11-27).
_DELIVERS_LOGS = allow(
    "DeliverLogs",
    [
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
    ],
    ["*"],
)

MACHINE = "AWS::StepFunctions::StateMachine"
#: The usual time for which Step Functions uses a data key.
KEY_REUSE_S = 300
#: The policy for traces.
_TRACES = "AWSXrayWriteOnlyAccess"

carried(SERVICES, ["run"], ["lambda", "ecs", "batch"])
carried(PROGRAMS, ["call"], SERVICES)
carried(["lambda"], [callbacks.RESUME], ["step-functions-standard"])
carried(SERVICES, ["publish"], ["sns"])


@service(
    *SERVICES,
    arn=itself,
    named_arn=lambda scope, node: arn("states", joined("stateMachine:", machine_name(scope, node))),
    executions=lambda scope, node: executions(scope, node),
    named_executions=lambda scope, node: executions(scope, node),
    name=own("Name"),
    results_bucket=lambda scope, node: Ref(_results_id(scope, node)),
    named_results_bucket_arn=lambda scope, node: Att(_results_id(scope, node), "Arn"),  # nor does this bucket
    callback_table=lambda scope, node: Ref(_callbacks_id(scope, node)),
    named_callback_table=lambda scope, node: Ref(_callbacks_id(scope, node)),  # it does not depend on the state machine
    callback_table_arn=lambda scope, node: Att(_callbacks_id(scope, node), "Arn"),
    any_task=lambda scope, node: "*",
    other_system_check=lambda scope, node: Ref("OtherSystemCheck"),
    named_other_system_check=lambda scope, node: Ref("OtherSystemCheck"),
    approvals_arn=lambda scope, node: alias_of(FUNCTION),
    approvals_name=lambda scope, node: Ref(FUNCTION),
    approvals_invoked_name=lambda scope, node: name_with_alias(FUNCTION),
    approvals_version=lambda scope, node: version_of(FUNCTION),
    approvals_api=lambda scope, node: Ref(API),
)
def state_machine(scope: Scope, node: Node) -> None:
    """A state machine whose definition is a file of its own, and the log of its errors.

    Executions of a standard workflow keep their own history for 90 days; those of an Express workflow are known by the
    log alone, which so has all of it.
    """
    machine = definition(scope.architecture, node)
    scope.files[path(node)] = machine.text().encode()
    id = scope.name(node.id)
    statements = [*scope.statements(node.id), *_completion_events(scope, node), _DELIVERS_LOGS]
    if APPROVALS_TOKEN in machine.tokens:
        statements += approvals.asking(node)
    if node.service == DISTRIBUTED:
        statements += [*_children(scope, node), *_results(scope, node)]
    if callbacks.awaits(node):
        scope.add(_callbacks_id(scope, node), "AWS::DynamoDB::Table", keyed_table(), node=node.id)
        scope.output(f"{_callbacks_id(scope, node)}Name", Ref(_callbacks_id(scope, node)), "Table with the task tokens")
    express = node.service == "step-functions-express"
    properties: Json = {
        "Name": machine_name(scope, node),
        "Type": "EXPRESS" if express else "STANDARD",
        "DefinitionUri": path(node),
        "DefinitionSubstitutions": {token: scope.value(ref) for token, ref in machine.tokens.items()},
        "Policies": [policy(statements)],
        "Logging": _logging(scope, node, "ALL" if express else "ERROR"),
        "Tracing": {"Enabled": True},
    }
    if scope.plan.own_keys:
        _with_key(scope, node, properties)
    else:
        scope.add(id, "AWS::Serverless::StateMachine", properties, node=node.id, depends=_definitions(scope, node))
    scope.output(f"{id}Arn", Ref(id), "ARN of the state machine")


def _definitions(scope: Scope, node: Node) -> list[str]:
    """Return the task and job definitions that a state machine runs: it names their families, and refers to none of them."""
    ran = [scope.architecture.node(edge.target) for edge in scope.architecture.leaving(node.id, "run")]
    contained = [scope.of(one.id, "arn") for one in ran if traits_of(one.service).state in ("task", "job")]
    return list(dict.fromkeys(one.name for one in contained if isinstance(one, Ref)))


def _callbacks_id(scope: Scope, node: Node) -> str:
    return f"{scope.name(node.id)}Callbacks"


def _with_key(scope: Scope, node: Node, short: Json) -> None:
    """Add a state machine that is encrypted under a key of the customer's own: SAM's short form has no property for it."""
    id = scope.name(node.id)
    statements = [statement for document in short["Policies"] for statement in document["Statement"]]
    assumed = trust("states.amazonaws.com")
    properties: Json = {
        "StateMachineName": short["Name"],
        "StateMachineType": short["Type"],
        "DefinitionS3Location": short["DefinitionUri"],
        "DefinitionSubstitutions": short["DefinitionSubstitutions"],
        "RoleArn": role(scope, f"{id}Role", assumed, statements, node=node.id, policies=[_TRACES]),
        "LoggingConfiguration": short["Logging"],
        "TracingConfiguration": short["Tracing"],
    }
    scope.add(id, MACHINE, properties, node=node.id, depends=_definitions(scope, node))


@encrypted(MACHINE)
def _under_key(properties: Json, arn: Value) -> None:
    key = {"Type": "CUSTOMER_MANAGED_KMS_KEY", "KmsKeyId": arn, "KmsDataKeyReusePeriodSeconds": KEY_REUSE_S}
    properties["EncryptionConfiguration"] = key


def machine_name(scope: Scope, node: Node) -> Value:
    """Return the name of a state machine. It is set so that its own role can name it."""
    return stack_name(machine_suffix(scope.name(node.id)))


def executions(scope: Scope, node: Node) -> Value:
    """Return the ARN of all executions of a state machine, by its name."""
    return arn("states", joined("execution:", machine_name(scope, node), ":*"))


def _logging(scope: Scope, node: Node, level: str) -> Json:
    """Add the log group of a state machine, and return its logging settings without execution data.

    Log groups whose names begin like this take no room in the one resource policy of CloudWatch Logs, which is limited:
    https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html (2026-11-27).
    """
    group = f"{scope.name(node.id)}Logs"
    log_group(scope, group, node=node.id, name=joined("/aws/vendedlogs/states/", machine_name(scope, node)))
    destination = {"CloudWatchLogsLogGroup": {"LogGroupArn": Att(group, "Arn")}}
    return {"Level": level, "IncludeExecutionData": False, "Destinations": [destination]}


def _children(scope: Scope, node: Node) -> list[Json]:
    """A distributed map starts executions of its own state machine, and follows them."""
    name = machine_name(scope, node)
    start = allow("StartChildExecutions", ["states:StartExecution"], [arn("states", joined("stateMachine:", name))])
    # A redrive of the execution continues the children that have failed.
    follow = ["states:DescribeExecution", "states:StopExecution", "states:RedriveExecution"]
    count = allow("DescribeMapRuns", ["states:DescribeMapRun"], [arn("states", joined("mapRun:", name, "/*"))])
    return [start, allow("ManageChildExecutions", follow, [arn("states", joined("execution:", name, "/*"))]), count]


def _results_id(scope: Scope, node: Node) -> str:
    return f"{scope.name(node.id)}Results"


def _results(scope: Scope, node: Node) -> list[Json]:
    """A bucket for the results of the items, and the statements for writing to it.

    https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html (checked 2026-11-27)
    """
    id = _results_id(scope, node)
    expiry = {"Id": "expire", "Status": "Enabled", "ExpirationInDays": RESULTS_DAYS}
    private_bucket(scope, id, node.id, (expiry,))
    scope.output(f"{id}Name", Ref(id), "Bucket for the results of Map Runs")
    actions = ["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"]
    return [allow("WriteResults", actions, [joined(Att(id, "Arn"), "/*")])]


def _completion_events(scope: Scope, node: Node) -> list[Json]:
    """The additional statements for `.sync`: completion events of ECS or Batch."""
    targets = [scope.architecture.node(edge.target) for edge in scope.architecture.leaving(node.id, "run")]
    completion_rules = [traits_of(target.service).completion_rule for target in targets]
    rules = [arn("events", f"rule/{rule}") for rule in completion_rules if rule]
    if not rules:
        return []
    actions = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]
    return [allow("ManageCompletionEventsRule", actions, [*rules])]
