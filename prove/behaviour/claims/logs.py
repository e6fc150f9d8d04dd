"""Claims about logging: access to APIs and sites, errors of workflows and of GraphQL APIs."""

from collections.abc import Iterator

from prove.behaviour.claims import Untrue, claim
from prove.behaviour.claims.hosts import followed
from prove.behaviour.evidence import Evidence
from prove.behaviour.reachability import BALANCER, HTTP_LINK, LISTENER, REST_LINK
from prove.behaviour.references import ids_in

_LOGGED = ("ERROR", "ALL")
#: Namespaces of metrics of tasks, of jobs, and of what runs them.
_WATCHED = ("AWS/ECS", "ECS/ContainerInsights", "AWS/Batch", "AWS/States")


@claim("api-access-is-logged")
def api_access(evidence: Evidence) -> Iterator[Untrue]:
    """Each stage of an API writes a line for each request."""
    stages = {"AWS::ApiGateway::Stage": "AccessLogSetting", "AWS::ApiGatewayV2::Stage": "AccessLogSettings"}
    for stage in evidence.stack.of_type(*stages):
        if not stage.properties.get(stages[stage.type], {}).get("DestinationArn"):
            yield stage.id, "The stage has no access log."


@claim("functions-log-to-kept-groups")
def function_logs(evidence: Evidence) -> Iterator[Untrue]:
    """Each function has a log group of the template with a retention period."""
    stack = evidence.stack
    for function in stack.of_type("AWS::Lambda::Function"):
        named = ids_in(function.properties.get("LoggingConfig", {}).get("LogGroup"))
        groups = [stack.resources[id] for id in named if id in stack.resources]
        if not any("RetentionInDays" in group.properties for group in groups):
            yield function.id, "It names no log group that says how long it keeps events."


@claim("workflow-errors-are-logged")
def workflow_errors(evidence: Evidence) -> Iterator[Untrue]:
    """Errors are logged; the history of an Express workflow is kept nowhere else, so it is logged whole.

    https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html (2026-11-27).
    """
    for machine in evidence.stack.of_type("AWS::StepFunctions::StateMachine"):
        logging = machine.properties.get("LoggingConfiguration", {})
        level = logging.get("Level", "OFF")
        express = machine.properties.get("StateMachineType") == "EXPRESS"
        if level not in _LOGGED or not logging.get("Destinations"):
            yield machine.id, "Its errors are not logged."
        elif express and level != "ALL":
            yield (
                machine.id,
                "It is an Express workflow, whose history is kept by its log alone, and only errors are logged.",
            )


@claim("graphql-errors-are-logged")
def graphql_errors(evidence: Evidence) -> Iterator[Untrue]:
    """Errors of fields are logged."""
    for api in evidence.stack.of_type("AWS::AppSync::GraphQLApi"):
        if api.properties.get("LogConfig", {}).get("FieldLogLevel") not in _LOGGED:
            yield api.id, "Its errors are not logged."


@claim("inner-balancers-stand-behind-a-logged-api")
def inner_balancers(evidence: Evidence) -> Iterator[Untrue]:
    """A load balancer without an access log takes plain TCP, of which none is written, and only from an API that logs.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html (2026-11-27).
    """
    stack = evidence.stack
    unlogged = [place for place, _ in api_access(evidence)]
    linked = ids_in([dict(link.properties) for link in stack.of_type(REST_LINK, HTTP_LINK)])
    aimed = ids_in([dict(integration.properties) for integration in stack.of_type("AWS::ApiGatewayV2::Integration")])
    for balancer in stack.of_type(BALANCER):
        if str(balancer.properties.get("LoadBalancerAttributes", {}).get("access_logs.s3.enabled")) == "true":
            continue
        listeners = [one for one in stack.of_type(LISTENER) if balancer.id in ids_in(one.properties["LoadBalancerArn"])]
        behind_an_api = balancer.id in linked or any(listener.id in aimed for listener in listeners)
        if unlogged or not behind_an_api or any(one.properties.get("Protocol") != "TCP" for one in listeners):
            yield balancer.id, "It takes requests that no access log holds."


@claim("alarms-watch-the-tasks-of-hosts")
def tasks_of_hosts(evidence: Evidence) -> Iterator[Untrue]:
    """Hosts come and go with their tasks, which are monitored by alarms on the tasks, the workflow, or the job queue."""
    yield from followed(evidence)
    namespaces = {str(alarm.properties.get("Namespace")) for alarm in evidence.stack.of_type("AWS::CloudWatch::Alarm")}
    for group in evidence.stack.of_type("AWS::AutoScaling::AutoScalingGroup"):
        if not namespaces & {*_WATCHED}:
            yield group.id, "No alarm watches the tasks on its hosts."
