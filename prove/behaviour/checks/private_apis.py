"""Private APIs: one VPC endpoint with private DNS for each service, and every caller in the VPC and let in by it.

* A VPC has one endpoint with private DNS for a service: a second one is refused because its DNS domain conflicts
  (https://dev.classmethod.jp/articles/when-creating-a-vpc-endpoint-a-conflict-occurs-what-is-the-problem/).
* A private API is called from within a VPC only, through its endpoint
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html).
* With private DNS, the host names of all APIs lead to the endpoint, which answers 403 for an API that is not private
  (https://aws.amazon.com/premiumsupport/knowledge-center/api-gateway-vpc-connections/).

All read 2026-12-01.
"""

import re
from collections import Counter
from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.programs import variables_of
from prove.behaviour.reachability import groups_of, ways_in
from prove.readback import Stack
from prove.readback.stack import Resource
from prove.readback.values import references

ENDPOINT, REST_API, FUNCTION = "AWS::EC2::VPCEndpoint", "AWS::ApiGateway::RestApi", "AWS::Lambda::Function"
_SERVICE, _VPC = "AWS::ECS::Service", "AWS::EC2::VPC"
_EXECUTE = ".execute-api"
HTTPS = 443
#: How the environment variables end that tell a program what it calls; others are handed out, such as the link to approvals.
_CALLED = ("_BASE_URL", "_CONNECTIONS_URL")
#: The address of an API, in full or in the short form of the normal form.
_ADDRESS = re.compile(r"\$\{(\w+)(?:\}\.execute-api\.|\.ApiEndpoint\})")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield endpoints that conflict, and programs that call an API to which they have no way."""
    stack = evidence.stack
    yield from _conflicting(stack)
    for program in stack.of_type(FUNCTION, _SERVICE):
        for name, value in variables_of(stack, program).items():
            for id in dict.fromkeys(_ADDRESS.findall(str(value))):
                if id in stack.resources and f"_{name}".endswith(_CALLED):
                    yield from _unreached(stack, program, stack.resources[id], f"{name} is {value}")


def _conflicting(stack: Stack) -> Iterator[Problem]:
    ends = [(one, (str(one.properties.get("VpcId")), str(one.properties.get("ServiceName")))) for one in _named(stack)]
    for (vpc, service), times in Counter(key for _, key in ends).items():
        if times > 1:
            place = next(one.id for one, key in reversed(ends) if key == (vpc, service))
            message = f"{times} endpoints of {vpc} have private DNS for {service}: all but one are refused."
            yield Problem("second-private-dns", place, message, ENDPOINT)


def _named(stack: Stack) -> list[Resource]:
    """Return the interface endpoints with private DNS."""
    interfaces = (one for one in stack.of_type(ENDPOINT) if one.properties.get("VpcEndpointType") == "Interface")
    return [one for one in interfaces if str(one.properties.get("PrivateDnsEnabled")).lower() == "true"]


def _unreached(stack: Stack, program: Resource, api: Resource, says: str) -> Iterator[Problem]:
    """Yield why requests of a program do not arrive at an API."""
    within = program.type != FUNCTION or bool(program.properties.get("VpcConfig"))
    managed = "CapacityProviderConfig" in program.properties
    doors = [one for one in _named(stack) if str(one.properties.get("ServiceName")).endswith(_EXECUTE)]
    if not _is_private(api):
        if within and doors:
            message = f"{says}, whose host name leads to {doors[0].id} in its VPC; only private APIs answer there."
            yield Problem("public-api-behind-private-dns", program.id, message, program.type)
    elif not (within or managed):
        message = f"{says}, a private API, which only programs in its VPC reach."
        yield Problem("outside-of-private-api", program.id, message, program.type)
    elif within and not any(_lets_in(stack, door, program) for door in doors if door.id in _doors_of(api)):
        message = f"{says}, a private API, and no endpoint of it lets the program in."
        yield Problem("shut-out-of-private-api", program.id, message, program.type)


def _is_private(api: Resource) -> bool:
    return "PRIVATE" in api.properties.get("EndpointConfiguration", {}).get("Types", ())


def _doors_of(api: Resource) -> set[str]:
    """Return the endpoints that an API is associated with and that its policy does not deny."""
    policy = api.properties.get("Policy", {})
    denied = [one for one in policy.get("Statement", ()) if one["Effect"] == "Deny"]
    named = {id for id, _ in references(api.properties["EndpointConfiguration"].get("VpcEndpointIds"))}
    for statement in denied:
        named &= {id for id, _ in references(statement.get("Condition", {}).get("StringNotEquals", {}))}
    return named


def _lets_in(stack: Stack, door: Resource, program: Resource) -> bool:
    ranges = {str(vpc.properties.get("CidrBlock")) for vpc in stack.of_type(_VPC)} | {"0.0.0.0/0", "${Vpc.CidrBlock}"}
    ways = list(ways_in(stack, groups_of(door), HTTPS))
    return any(way.source in ranges if way.kind == "addresses" else way.holder == program for way in ways)
