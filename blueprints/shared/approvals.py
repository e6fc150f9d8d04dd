"""The approvals of a stack: a table of open requests, the topic by which a person is asked, and an endpoint that decides.

Requests to the endpoint are signed with the AWS credentials of a person: a link that is opened without them does nothing.
Only its program reads the table, and only it may complete the tasks that wait
(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html, read 2026-11-27).
"""

from advisor.architecture import Node
from advisor.text import Text
from blueprints.shared.api_gateway import (
    EVERY_ROUTE,
    PLAIN_STAGE,
    PRINCIPAL,
    api_address,
    execution_arn,
    log_format,
    route_target,
)
from blueprints.shared.function_releases import alias_of, gradual_release
from blueprints.shared.keys import AWS_SNS_KEY
from blueprints.shared.logs import log_group
from blueprints.shared.own_functions import function_properties, placement
from blueprints.shared.roles import policy
from blueprints.shared.tables import keyed_table
from blueprints.stack.scope import Json, Scope, allow
from blueprints.traits.approvals import (
    API,
    BURST,
    FUNCTION,
    HANDLER,
    MEMORY_MIB,
    PATH,
    RATE,
    TABLE,
    TABLE_OUTPUT,
    TIMEOUT_S,
    TOPIC,
)
from blueprints.traits.approvals import Approvals as Plan
from blueprints.traits.lambda_durable import asks
from blueprints.values import Att, Ref, Value, joined, stack_name

GROUP = "cloud"
_KEPT = Text(
    "This table records who decided what. It is retained when the stack is deleted.",
    "誰が何を判断したかを記録するテーブルです。スタックを削除しても保持します。",
)
#: What a line of the access log holds: above all who signed the request.
_LOGGED = ("requestId", "ip:identity.sourceIp", "time:requestTime", "routeKey", "status", "caller:identity.userArn")


def address() -> Value:
    """Return the address of the endpoint."""
    return api_address("https", API)


def asking(node: Node) -> list[Json]:
    """Return the statements that let a node request an approval."""
    if not asks(node):
        return [allow("AskForApproval", ["lambda:InvokeFunction"], [alias_of(FUNCTION)])]
    return [
        allow("AskForApproval", ["sns:Publish"], [Ref(TOPIC)]),
        allow("KeepApprovalRequest", ["dynamodb:PutItem"], [Att(TABLE, "Arn")]),
    ]


def add_approvals(scope: Scope) -> None:
    """Add the approval resources if anything in the stack requests approvals."""
    approvals = scope.plan.approvals
    if approvals is None:
        return
    scope.add(TOPIC, "AWS::SNS::Topic", {"KmsMasterKeyId": AWS_SNS_KEY}, group=GROUP)
    subscription = {"TopicArn": Ref(TOPIC), "Protocol": "email", "Endpoint": Ref("ApproverEmail")}
    scope.add(f"{TOPIC}Email", "AWS::SNS::Subscription", subscription, group=GROUP)
    scope.add(TABLE, "AWS::DynamoDB::Table", keyed_table(), group=GROUP, kept="Retain", why=_KEPT)
    scope.output(TABLE_OUTPUT, Ref(TABLE), "Table with the approval decisions")
    _function(scope, approvals)
    _endpoint(scope)


def _function(scope: Scope, approvals: Plan) -> None:
    variables: Json = {"APPROVALS_TABLE_NAME": Ref(TABLE)}
    if approvals.machines:
        variables |= {"APPROVALS_TOPIC_ARN": Ref(TOPIC), "APPROVALS_URL": address()}
    properties = function_properties(
        directory=approvals.directory,
        handler=HANDLER,
        timeout_s=TIMEOUT_S,
        memory_mib=MEMORY_MIB,
        logs=log_group(scope, f"{FUNCTION}Logs", group=GROUP),
        variables=variables,
    )
    properties["Policies"] = [policy(_statements(scope, approvals))]
    properties |= placement(scope, FUNCTION, group=GROUP)
    properties |= gradual_release(scope, FUNCTION)
    scope.add(FUNCTION, "AWS::Serverless::Function", properties, group=GROUP)


def _statements(scope: Scope, approvals: Plan) -> list[Json]:
    """Return the statements of the program: store requests, notify the approver, and complete the waiting execution.

    The token identifies the task that is completed: IAM has no resource for these actions
    (https://docs.aws.amazon.com/service-authorization/latest/reference/list_stepfunctions.html, read 2026-11-27). Lambda
    authorizes the end of a callback against the execution, which is below a version of the function
    (https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html, read 2026-11-27).
    """
    kept = ["dynamodb:GetItem", *(["dynamodb:PutItem"] * bool(approvals.machines)), "dynamodb:UpdateItem"]
    statements = [allow("KeepApprovalRequests", kept, [Att(TABLE, "Arn")])]
    if approvals.machines:
        statements.append(allow("NotifyApprover", ["sns:Publish"], [Ref(TOPIC)]))
        statements.append(allow("CompleteTasks", ["states:SendTaskSuccess", "states:SendTaskFailure"], ["*"]))
    if approvals.functions:
        versions = [joined(Att(scope.main(node.id), "Arn"), ":*") for node in approvals.functions]
        ends = [f"lambda:SendDurableExecutionCallback{end}" for end in ("Success", "Failure")]
        statements.append(allow("CompleteCallbacks", ends, versions))
    return statements


def _endpoint(scope: Scope) -> None:
    """Add the API with two IAM-authenticated routes: one to read a request, one to decide it."""
    api: Json = {"Name": stack_name(API), "ProtocolType": "HTTP"}
    scope.add(API, "AWS::ApiGatewayV2::Api", api, group=GROUP)
    logs = log_group(scope, f"{API}AccessLogs", group=GROUP)
    stage: Json = {
        "ApiId": Ref(API),
        "StageName": "$default",
        "AutoDeploy": True,
        "DefaultRouteSettings": {
            "DetailedMetricsEnabled": True,
            "ThrottlingRateLimit": RATE,
            "ThrottlingBurstLimit": BURST,
        },
        "AccessLogSettings": {"DestinationArn": Att(logs.name, "Arn"), "Format": log_format(_LOGGED)},
    }
    scope.add(f"{API}Stage", "AWS::ApiGatewayV2::Stage", stage, group=GROUP, why=PLAIN_STAGE)
    integration: Json = {
        "ApiId": Ref(API),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": alias_of(FUNCTION),
        "PayloadFormatVersion": "2.0",
        "TimeoutInMillis": TIMEOUT_S * 1000,
    }
    scope.add(f"{API}Integration", "AWS::ApiGatewayV2::Integration", integration, group=GROUP)
    for name, method in (("Show", "GET"), ("Decide", "POST")):
        route: Json = {
            "ApiId": Ref(API),
            "RouteKey": f"{method} {PATH}",
            "AuthorizationType": "AWS_IAM",
            "Target": route_target(f"{API}Integration"),
        }
        scope.add(f"{API}{name}Route", "AWS::ApiGatewayV2::Route", route, group=GROUP)
    permission = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": alias_of(FUNCTION),
        "Principal": PRINCIPAL,
        "SourceArn": execution_arn(API, EVERY_ROUTE),
    }
    scope.add(f"{API}Permission", "AWS::Lambda::Permission", permission, group=GROUP)
    scope.output(f"{API}Url", address(), "URL of the approvals endpoint")
