"""The template: sections in CloudFormation's order, filled by the fragments of nodes and edges."""

from advisor.text import Lang
from blueprints import settings
from blueprints.description import description
from blueprints.parameters import Parameter
from blueprints.plan import Plan
from blueprints.registry import attributes, connection_fragment, service_fragment
from blueprints.sam.alarms import add_alarms
from blueprints.sam.dashboard import add_dashboard
from blueprints.sam.keys import add_keys
from blueprints.sam.network import add_network
from blueprints.sam.roles import policy
from blueprints.scope import Json, Scope

#: Connections that change what others made, so they come after them.
LATE = ("sign-in", "emit", "dead-letter", "observe")


def compile_template(plan: Plan, lang: Lang) -> Scope:
    """Return the filled scope of a plan."""
    scope = Scope(plan, lang, attributes())
    graph = plan.architecture
    add_network(scope)
    for node in graph.nodes:
        fragment = service_fragment(node.service)
        if fragment is not None and node.kind != "outside":
            fragment(scope, node)
    for edge in sorted(graph.edges, key=lambda one: one.verb in LATE):
        connect = connection_fragment(graph.key(edge))
        assert connect is not None
        connect(scope, edge)
    _queue_policies(scope)
    _topic_policies(scope)
    add_keys(scope)
    with scope.composite("alarms"):
        add_alarms(scope)
        add_dashboard(scope)
    return scope


def body(scope: Scope) -> Json:
    """Return the template as a tree."""
    sections: Json = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": description(scope.plan, scope.lang),
        "Parameters": {one.id: _parameter(one, scope.lang) for one in scope.plan.parameters},
    }
    if scope.conditions:
        sections["Conditions"] = scope.conditions
    return {**sections, "Resources": scope.resources, "Outputs": scope.outputs}


def _parameter(one: Parameter, lang: Lang) -> Json:
    made: Json = {"Type": one.type}
    if one.id == "LogRetentionDays":
        made["Default"] = settings.DEFAULTS["log_retention_days"]
    else:
        made["Default"] = one.default
    made["Description"] = one.description.in_(lang)
    if one.pattern:
        made["AllowedPattern"] = one.pattern
    if one.values:
        made["AllowedValues"] = [int(v) for v in one.values] if one.type == "Number" else list(one.values)
    return made


def _queue_policies(scope: Scope) -> None:
    """Let topics, rules and other accounts, and nobody else, put messages into the queues that they deliver to."""
    wanted = dict(scope.queue_statements)
    for one in scope.plan.admissions:
        admitted = wanted.setdefault(one.queue, [])
        statement = {
            "Sid": f"Admit{len(admitted) + 1}",
            "Effect": "Allow",
            "Principal": {"Service": one.principal},
            "Action": "sqs:SendMessage",
            "Resource": scope.of(one.queue, "arn"),
            "Condition": {"ArnEquals": {"aws:SourceArn": scope.value(one.source)}},
        }
        admitted.append((statement, one.edge))
    for queue, admitted in wanted.items():
        _policy(scope, queue, "AWS::SQS::QueuePolicy", {"Queues": [scope.of(queue, "url")]}, admitted)


def _topic_policies(scope: Scope) -> None:
    """Let other accounts and AWS services use the topics that say so."""
    for topic, admitted in scope.topic_statements.items():
        _policy(scope, topic, "AWS::SNS::TopicPolicy", {"Topics": [scope.of(topic, "arn")]}, admitted)


def _policy(scope: Scope, node: str, type: str, of: Json, admitted: list[tuple[Json, str]]) -> None:
    id = f"{scope.name(node)}Policy"
    document = policy([statement for statement, _ in admitted])
    scope.add(id, type, {**of, "PolicyDocument": document}, node=node)
    for _, edge in admitted:
        scope.carry(id, edge)
