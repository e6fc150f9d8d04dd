"""Tier policy: deployed roles have the permissions that the connections need, on their resources only.

The emulator enforces the policies of functions and tasks, and not those of service roles. So
`simulate_principal_policy` evaluates every statement of the plan for the deployed role, also with a resource of another
workload.
"""

import json
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any

from advisor.architecture import Architecture
from blueprints.certificate.notes import NO_POLICY_CHECK
from blueprints.plan.statements import Admission, Statement
from blueprints.traits import s3
from blueprints.values.reference import Ref
from prove.live import arns
from prove.live.deploy import deployment
from prove.live.deployment import Deployment
from prove.projects import Project
from prove.results import Finding, Result

TIER = "policy"
#: What stands for `*` at the end of an ARN: an object of a bucket, a revision of a task definition.
_THING = re.compile(r"([/:]thing)?$")
#: The service principal that assumes the role of a node.
TRUSTED = {
    "lambda": "lambda.amazonaws.com",
    "ecs": "ecs-tasks.amazonaws.com",
    "eks": "pods.eks.amazonaws.com",
    "step-functions-standard": "states.amazonaws.com",
    "step-functions-distributed-map": "states.amazonaws.com",
    "step-functions-express": "states.amazonaws.com",
    "eventbridge-scheduler": "scheduler.amazonaws.com",
    "eventbridge-bus": "events.amazonaws.com",
    "eventbridge-pipes": "pipes.amazonaws.com",
    "api-gateway-http": "apigateway.amazonaws.com",
}
APIS = {"api-gateway-http": "AWS::ApiGatewayV2::Api", "api-gateway-websocket": "AWS::ApiGatewayV2::Api",
        "api-gateway-rest": "AWS::ApiGateway::RestApi"}  # fmt: skip


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Check the roles of every deployed project."""
    for project in projects:
        deployed = deployment(project)
        if deployed:
            yield check_permissions(deployed)


def check_permissions(deployment: Deployment) -> Result:
    """Check every role, queue policy and function permission of a project."""
    start = time.monotonic()
    checks = _PolicyChecks(deployment)
    plan = deployment.project.case.plan
    for node, statements in plan.grants.items():
        checks.run_check(lambda node=node, statements=statements: checks.role(node, statements), node)
    for admission in (*plan.admissions, *_notified(plan.architecture)):
        checks.run_check(lambda admission=admission: checks.queue(admission), admission.edge)
    for edge in plan.architecture.edges:
        key = (plan.node(edge.source).service, edge.verb, plan.node(edge.target).service)
        if key[0] in APIS and key[1:] == ("invoke", "lambda"):
            checks.run_check(lambda edge=edge: checks.api(edge.source, edge.target), edge.id)
    seconds = time.monotonic() - start
    print(f"{TIER}: {deployment.project}: {checks.question_count} questions in {seconds:.1f} s", flush=True)
    return Result(
        TIER,
        deployment.project.case.name,
        deployment.project.target,
        seconds=seconds,
        findings=tuple(checks.findings),
        notes=tuple(checks.notes),
    )


def _notified(architecture: Architecture) -> Iterator[Admission]:
    """Yield what the policies of queues have to say of the buckets that notify them; they name a bucket before it exists."""
    for edge in architecture.edges:
        bucket = architecture.node(edge.source)
        if edge.verb == "emit" and s3.notifies(architecture, bucket):
            yield Admission(edge.target, s3.PRINCIPAL, Ref(edge.source, "arn"), edge.id)


class _PolicyChecks:
    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        self.question_count = 0

    def fault(self, place: str, message: str) -> None:
        project = self.deployment.project
        self.findings.append(Finding(TIER, project.case.name, project.target, place=place, message=message))

    def run_check(self, ask: Any, place: str) -> None:
        try:
            ask()
        except arns.UnknownArn as error:
            self.notes.append(f"{place}: {NO_POLICY_CHECK.en.format(error)}")
        except Exception as error:
            self.fault(place, f"{type(error).__name__}: {error}")

    def role(self, node: str, statements: Sequence[Statement]) -> None:
        role = arns.role(self.deployment, node)
        service = self.deployment.project.case.plan.node(node).service
        name = role.rsplit("/", 1)[-1]
        trust = json.dumps(self.deployment.client("iam").get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"])
        if TRUSTED[service] not in trust:
            self.fault(node, f"{TRUSTED[service]} cannot take on the role {name}")
        for statement in statements:
            for ref in statement.resources:
                self.run_check(
                    lambda s=statement, r=ref: self.statement(node, role, s, arns.arn(self.deployment, r)), node
                )

    def statement(self, node: str, role: str, statement: Statement, resource: str) -> None:
        for target, expected in ((resource, "allowed"), (_of_another_workload(resource), "implicitDeny")):
            for action, decision in self.decisions(role, statement.actions, target).items():
                if decision != expected:
                    self.fault(statement.edge, f"{action} on {target} by the role of {node}: {decision}")

    def decisions(self, role: str, actions: Sequence[str], resource: str) -> dict[str, str]:
        """Return IAM's decision for each action."""
        self.question_count += len(actions)
        response = self.deployment.client("iam").simulate_principal_policy(
            PolicySourceArn=role, ActionNames=list(actions), ResourceArns=[resource]
        )
        return {result["EvalActionName"]: result["EvalDecision"] for result in response["EvaluationResults"]}

    def queue(self, admission: Admission) -> None:
        """The policy of a queue allows one service principal, for one source ARN."""
        url = self.deployment.of_node(admission.queue, arns.QUEUE)
        sqs = self.deployment.client("sqs")
        policy = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"]).get("Attributes", {}).get("Policy")
        source = arns.arn(self.deployment, admission.source)
        statements = json.loads(policy)["Statement"] if policy else []
        if not any(_allows(statement, admission.principal, source, "sqs:SendMessage") for statement in statements):
            self.fault(admission.edge, f"the queue does not let {admission.principal} in on behalf of {source}")

    def api(self, api: str, function: str) -> None:
        """The policy of a function allows one API to invoke it."""
        name = self.deployment.of_node(function, arns.FUNCTION)
        policy = json.loads(self.deployment.client("lambda").get_policy(FunctionName=name)["Policy"])
        id = self.deployment.of_node(api, APIS[self.deployment.project.case.plan.node(api).service])
        source = f"arn:aws:execute-api:{arns.REGION}:{arns.ACCOUNT}:{id}/"
        principal = "apigateway.amazonaws.com"
        if not any(_allows(statement, principal, source, "lambda:InvokeFunction") for statement in policy["Statement"]):
            self.fault(f"{api}>invoke>{function}", f"the function does not let {source}* invoke it")


def _allows(statement: dict[str, Any], principal: str, source: str, action: str) -> bool:
    services = statement["Principal"].get("Service") if isinstance(statement["Principal"], dict) else None
    actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    sources = [
        value for test in statement.get("Condition", {}).values() for key, value in test.items()
        if key.lower() == "aws:sourcearn"
    ]  # fmt: skip
    named = services == principal or (isinstance(services, list) and principal in services)
    return statement["Effect"] == "Allow" and named and action in actions and any(
        str(value).startswith(source) for value in sources
    )  # fmt: skip


def _of_another_workload(resource: str) -> str:
    """Return the ARN of a resource of the same kind in another workload."""
    return _THING.sub(r"-of-another\1", resource, count=1)
