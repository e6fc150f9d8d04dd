"""Tier policy: the deployed roles may do what the connections need, on what they are for, and not on anything else.

The emulator enforces the policies of functions and tasks, and not those of the services that act for a workload. So every
statement of the plan is asked of the deployed role by `simulate_principal_policy`, also with a resource of somebody else.
"""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from blueprints.plan.statements import Admission, Statement
from prove.live import arns
from prove.live.deploy import deployment
from prove.live.deployment import Deployment
from prove.projects import Project
from prove.results import Finding, Result

TIER = "policy"
#: Which service takes on the role of a node.
TRUSTED = {
    "lambda": "lambda.amazonaws.com",
    "ecs": "ecs-tasks.amazonaws.com",
    "eks": "pods.eks.amazonaws.com",
    "step-functions-standard": "states.amazonaws.com",
    "step-functions-express": "states.amazonaws.com",
    "eventbridge-scheduler": "scheduler.amazonaws.com",
    "eventbridge-bus": "events.amazonaws.com",
    "eventbridge-pipes": "pipes.amazonaws.com",
    "api-gateway-http": "apigateway.amazonaws.com",
}
APIS = {"api-gateway-http": "AWS::ApiGatewayV2::Api", "api-gateway-websocket": "AWS::ApiGatewayV2::Api",
        "api-gateway-rest": "AWS::ApiGateway::RestApi"}  # fmt: skip


def run(projects: Sequence[Project]) -> Iterator[Result]:
    """Ask about the roles of every project that is deployed."""
    for project in projects:
        made = deployment(project)
        if made:
            yield judged(made)


def judged(made: Deployment) -> Result:
    """Ask about every role, queue policy and permission of a project."""
    start = time.monotonic()
    judge = _Judge(made)
    plan = made.project.case.plan
    for node, held in plan.grants.items():
        judge.try_to(lambda node=node, held=held: judge.role(node, held), node)
    for admission in plan.admissions:
        judge.try_to(lambda one=admission: judge.queue(one), admission.edge)
    for edge in plan.architecture.edges:
        key = (plan.node(edge.source).service, edge.verb, plan.node(edge.target).service)
        if key[0] in APIS and key[1:] == ("invoke", "lambda"):
            judge.try_to(lambda edge=edge: judge.door(edge.source, edge.target), edge.id)
    seconds = time.monotonic() - start
    print(f"{TIER}: {made.project}: {judge.asked} questions in {seconds:.1f} s", flush=True)
    return Result(TIER, made.project.case.name, made.project.target, seconds, tuple(judge.findings), tuple(judge.notes))


class _Judge:
    def __init__(self, made: Deployment) -> None:
        self.made = made
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        self.asked = 0

    def fault(self, place: str, message: str) -> None:
        project = self.made.project
        self.findings.append(Finding(TIER, project.case.name, project.target, place, message))

    def try_to(self, ask: Any, place: str) -> None:
        try:
            ask()
        except arns.Unknown as error:
            self.notes.append(f"{place}: not asked: {error}")
        except Exception as error:
            self.fault(place, f"{type(error).__name__}: {error}")

    def role(self, node: str, held: Sequence[Statement]) -> None:
        role = arns.role(self.made, node)
        service = self.made.project.case.plan.node(node).service
        name = role.rsplit("/", 1)[-1]
        trust = json.dumps(self.made.client("iam").get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"])
        if TRUSTED[service] not in trust:
            self.fault(node, f"{TRUSTED[service]} cannot take on the role {name}")
        for statement in held:
            for ref in statement.resources:
                self.try_to(lambda s=statement, r=ref: self.statement(node, role, s, arns.arn(self.made, r)), node)

    def statement(self, node: str, role: str, statement: Statement, resource: str) -> None:
        for where, wanted in ((resource, "allowed"), (_of_another(resource), "implicitDeny")):
            for action, decision in self.decisions(role, statement.actions, where).items():
                if decision != wanted:
                    self.fault(statement.edge, f"{action} on {where} by the role of {node}: {decision}")

    def decisions(self, role: str, actions: Sequence[str], resource: str) -> dict[str, str]:
        """Return what IAM says of each action."""
        self.asked += len(actions)
        found = self.made.client("iam").simulate_principal_policy(
            PolicySourceArn=role, ActionNames=list(actions), ResourceArns=[resource]
        )
        return {one["EvalActionName"]: one["EvalDecision"] for one in found["EvaluationResults"]}

    def queue(self, admission: Admission) -> None:
        """A queue lets in one service, on behalf of one source."""
        url = self.made.of_node(admission.queue, arns.QUEUE)
        sqs = self.made.client("sqs")
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"]).get("Attributes", {}).get("Policy")
        source = arns.arn(self.made, admission.source)
        statements = json.loads(found)["Statement"] if found else []
        if not any(_lets_in(one, admission.principal, source, "sqs:SendMessage") for one in statements):
            self.fault(admission.edge, f"the queue does not let {admission.principal} in on behalf of {source}")

    def door(self, api: str, function: str) -> None:
        """A function lets itself be invoked by one API."""
        name = self.made.of_node(function, arns.FUNCTION)
        policy = json.loads(self.made.client("lambda").get_policy(FunctionName=name)["Policy"])
        id = self.made.of_node(api, APIS[self.made.project.case.plan.node(api).service])
        wanted = f"arn:aws:execute-api:{arns.REGION}:{arns.ACCOUNT}:{id}/"
        principal = "apigateway.amazonaws.com"
        if not any(_lets_in(one, principal, wanted, "lambda:InvokeFunction") for one in policy["Statement"]):
            self.fault(f"{api}>invoke>{function}", f"the function does not let {wanted}* invoke it")


def _lets_in(statement: dict[str, Any], principal: str, source: str, action: str) -> bool:
    services = statement["Principal"].get("Service") if isinstance(statement["Principal"], dict) else None
    actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
    sources = [
        value for test in statement.get("Condition", {}).values() for key, value in test.items()
        if key.lower() == "aws:sourcearn"
    ]  # fmt: skip
    named = services == principal or (isinstance(services, list) and principal in services)
    return statement["Effect"] == "Allow" and named and action in actions and any(
        str(one).startswith(source) for one in sources
    )  # fmt: skip


def _of_another(resource: str) -> str:
    """Return the ARN of a resource of the same kind that belongs to somebody else."""
    head, slash, thing = resource.rpartition("/thing")
    return f"{head}-of-another{slash}{thing}" if slash else f"{resource}-of-another"
