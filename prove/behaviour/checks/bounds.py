"""Limits that a project sets itself satisfy the requirements: concurrency, capacity, bursts, addresses, time in a queue.

* `ReservedConcurrentExecutions` is also the most that a function gets, and 0 throttles all of it
  (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html, read 2026-11-27).
* A token bucket of no tokens lets no request through, whatever its rate
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html, read 2026-11-27).
* A message that waits for its batch is hidden from then on, so that the visibility timeout covers the batching window and
  the run of the function (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html, read 2026-11-27).
* AWS keeps five addresses of each subnet; a task in `awsvpc` mode and a pod take one each
  (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html, read 2026-11-27).
* AppSync takes a depth and a number of resolvers of 0 for no limit
  (https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateGraphqlApi.html, read 2026-11-27).
"""

import ipaddress
import math
from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.loads import component_of, load_of
from prove.behaviour.references import ids_in, resource_named
from prove.behaviour.services import scalers, services
from prove.readback.stack import Resource

FUNCTION, MAPPING, TABLE = "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping", "AWS::DynamoDB::Table"
#: Default timeouts in seconds of a function and of a message in a queue.
RUN_S, HIDDEN_S = 3.0, 30.0
KEPT_BY_AWS = 5
#: Kubernetes rounds up a quarter more pods while it replaces them, unless the deployment says otherwise.
SURGE = 1.25


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the limits of a project that are missing or below the requirements."""
    for function in evidence.stack.of_type(FUNCTION):
        yield from _reserved(evidence, function)
    for mapping in evidence.stack.of_type(MAPPING):
        yield from _hidden(evidence, mapping)
    for table in evidence.stack.of_type(TABLE):
        yield from _provisioned(evidence, table)
    for api in evidence.stack.of_type("AWS::AppSync::GraphQLApi"):
        for name in ("QueryDepthLimit", "ResolverCountLimit"):
            if not int(api.properties.get(name, 0)):
                yield Problem("unbounded-query", api.id, f"One query may ask for anything: no {name}.", api.type)
    yield from _bursts(evidence)
    yield from _addresses(evidence)


def _reserved(evidence: Evidence, function: Resource) -> Iterator[Problem]:
    if "ReservedConcurrentExecutions" not in function.properties:
        return
    reserved = int(function.properties["ReservedConcurrentExecutions"])
    component = component_of(evidence.requirements, function.owner.node)
    busy = 0.0 if component is None else load_of(evidence.requirements, component, function.owner.node).at_once
    if reserved < max(1, math.ceil(round(busy, 6))):
        message = f"The asked load takes {max(1, math.ceil(busy))} at once; {reserved} may run."
        yield Problem("few-reserved", function.id, message, FUNCTION)


def _hidden(evidence: Evidence, mapping: Resource) -> Iterator[Problem]:
    queue = resource_named(evidence.stack, mapping.properties["EventSourceArn"], "AWS::SQS::Queue")
    function = resource_named(evidence.stack, mapping.properties["FunctionName"], FUNCTION)
    if queue is None or function is None:
        return
    taken = float(mapping.properties.get("MaximumBatchingWindowInSeconds", 0))
    taken += float(function.properties.get("Timeout", RUN_S))
    hidden = float(queue.properties.get("VisibilityTimeout", HIDDEN_S))
    if hidden < taken:
        message = f"A message may wait and be worked on for {taken:g} s, and is seen again after {hidden:g} s."
        yield Problem("seen-again", mapping.id, message, MAPPING)


def _provisioned(evidence: Evidence, table: Resource) -> Iterator[Problem]:
    """A table with a stated capacity has the units that were asked for, or something that adds them."""
    given = table.properties.get("ProvisionedThroughput")
    targets = evidence.stack.of_type("AWS::ApplicationAutoScaling::ScalableTarget")
    if not given or any(table.id in ids_in(target.properties.get("ResourceId")) for target in targets):
        return
    store = table.owner.node.partition(".")[0]
    for link, unit in (("writes", "WriteCapacityUnits"), ("reads", "ReadCapacityUnits")):
        users = [c for c in evidence.requirements.of_kind("component") if store in (getattr(c, link, None) or ())]
        # Of a component whose rate nobody stated, everything that runs at once may ask in the same second.
        rates = [load_of(evidence.requirements, c).peak_per_s for c in users]
        if users and (None in rates or sum(rate or 0.0 for rate in rates) > float(given[unit])):
            message = f"It takes {given[unit]} {unit} for good, and nothing adds any for the asked load."
            yield Problem("fixed-capacity", table.id, message, TABLE)


def _bursts(evidence: Evidence) -> Iterator[Problem]:
    for stage in evidence.stack.of_type("AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Stage"):
        entries = (stage.properties.get("DefaultRouteSettings", {}), *stage.properties.get("MethodSettings", ()))
        limits = {key: entry[key] for entry in entries for key in entry if key.startswith("Throttling")}
        for name, value in limits.items():
            if float(value) < 1:
                yield Problem("nothing-through", stage.id, f"{name} is {value}: every request is refused.", stage.type)


def _addresses(evidence: Evidence) -> Iterator[Problem]:
    """Yield the subnets that have fewer addresses than tasks or pods run in them while a release replaces them."""
    for service in services(evidence):
        network = service.resource.properties.get("NetworkConfiguration", {}).get("AwsvpcConfiguration", {})
        deployment = service.resource.properties.get("DeploymentConfiguration", {})
        wanted = math.ceil(service.most * int(deployment.get("MaximumPercent", 200)) / 100)
        yield from _room(evidence, service.resource, ids_in(network.get("Subnets")), wanted)
    pods = sum(math.ceil(scaler.most * SURGE) for scaler in scalers(evidence))
    for cluster in evidence.stack.of_type("AWS::EKS::Cluster"):
        subnets = ids_in(cluster.properties.get("ResourcesVpcConfig", {}).get("SubnetIds"))
        yield from _room(evidence, cluster, subnets, pods)


def _room(evidence: Evidence, holder: Resource, subnets: list[str], wanted: int) -> Iterator[Problem]:
    blocks = [
        evidence.stack.resources[id].properties.get("CidrBlock") for id in subnets if id in evidence.stack.resources
    ]
    if not blocks or not all(isinstance(block, str) and "/" in block for block in blocks):
        return
    room = sum(ipaddress.ip_network(str(block)).num_addresses - KEPT_BY_AWS for block in blocks)
    if room < wanted:
        message = f"{wanted} tasks or pods take an address each; its subnets have {room}."
        yield Problem("few-addresses", holder.id, message, holder.type)
