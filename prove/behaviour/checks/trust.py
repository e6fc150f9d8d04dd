"""Trust: an identity is accepted only from an authenticated source, and checks cannot be bypassed.

Programs are run with forged headers, tokens and events (`prove/behaviour/forgeries.py`); who can send them follows from
the template (`prove/behaviour/reachability.py`). Items with fields that programs read in messages are sent as well
(`prove/behaviour/contracts/fields.py`). A caller that reaches the target without the Application Load Balancer can forge
its headers about a signed-in user, so AWS asks to allow traffic from the load balancer only:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (2026-11-27). It asks
to verify the signature of the claims as well, which a program can where it reaches the public keys on the internet. An
HTTP API refuses to map the headers `x-amzn-*`, a REST API passes on every header that it does not map:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html (2026-11-27).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from advisor.requirements.model import Subject
from prove.behaviour import forgeries
from prove.behaviour.asserted_headers import TOKEN, asserted
from prove.behaviour.contracts import fields
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.exposure import open_policies, private_entries, public_places
from prove.behaviour.invocation import invoked_by_anybody, reads_openly, unauthorised_routes
from prove.behaviour.programs import ContainerProgram, FunctionProgram, containers, functions
from prove.behaviour.reachability import (
    BALANCER,
    HTTP_LINK,
    REST_LINK,
    WayIn,
    groups_of,
    ways_in,
    ways_to_balancer,
)
from prove.behaviour.references import ids_in
from prove.readback import Stack
from prove.readback.stack import Resource

_ACCOUNT_WIDE = ("AWS::ApiGateway::Account", "AWS::Logs::AccountPolicy", "AWS::EC2::VPCBlockPublicAccessOptions")
#: Headers of a load balancer about a signed-in user: the id alone, and claims with a signature.
_OF_A_BALANCER = ("x-amzn-oidc-identity", "x-amzn-oidc-data")
_EVERYWHERE = ("0.0.0.0/0", "::/0")


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield accepted forgeries, and ways to bypass the authentication of callers."""
    for program in containers(evidence):
        yield from _served_to_nobody(evidence, program.folder, program.place)
        yield from _forged_headers(evidence.stack, program)
        unsigned = {*forgeries.believed_headers(program.folder, signed=False)} & {*_OF_A_BALANCER}
        if unsigned and evidence.stack.of_type("AWS::EC2::NatGateway"):
            yield _unverified(program.folder, program.place)
        reaches = bool(evidence.stack.of_type("AWS::EC2::NatGateway"))
        yield from _forged_claims(program.folder, program.place, reaches_keys=reaches)
        yield from _forged_webhooks(evidence, program.folder, program.place)
        yield from _around_the_api(evidence.stack, program)
    for function in functions(evidence):
        yield from _forged_tokens(function)
        yield from _forged_events(evidence, function)
        yield from _forged_function_headers(evidence.stack, function)
        if function.module == "app":
            if forgeries.believes_unsigned(function.folder) and not function.function.properties.get("VpcConfig"):
                yield _unverified(function.folder, function.function.id)
            inside = function.function.properties.get("VpcConfig")
            reaches = not inside or bool(evidence.stack.of_type("AWS::EC2::NatGateway"))
            yield from _forged_claims(function.folder, function.function.id, reaches_keys=reaches)
            yield from _forged_webhooks(evidence, function.folder, function.function.id)
            yield from _served_to_nobody(evidence, function.folder, function.function.id)
        if function.module == "app" and forgeries.believes_headers(function.folder):
            message = f"{function.folder.name} takes whom a header of a request names for its caller."
            yield Problem("forged-header", function.function.id, message, function.function.type)
    yield from _open_ports(evidence.stack)
    yield from _account_wide(evidence.stack)
    yield from private_entries(evidence)
    yield from public_places(evidence.stack)
    yield from open_policies(evidence.stack)
    yield from invoked_by_anybody(evidence.stack)
    yield from unauthorised_routes(evidence)
    yield from dict.fromkeys(fields.check(evidence))


def _served_to_nobody(evidence: Evidence, folder: Path, place: str) -> Iterator[Problem]:
    """Yield routes that serve unauthenticated callers, and public reads that are refused."""
    components: Sequence[Subject] = evidence.requirements.components
    asking = (one for one in components if one.answer("authentication") not in (None, "none"))
    component = next((one for one in asking if one.id == folder.name), None)
    # Who opens a WebSocket is checked as it opens, and no message says who sent it: `unauthorised_routes` reads that.
    if component is None or component.answer("protocol") == "websocket":
        return
    served, is_open = forgeries.served_without_identity(folder), reads_openly(component)
    for route in served:
        if not (is_open and route.startswith("GET ")):
            yield Problem("served-to-nobody", place, f"{folder.name} carries out {route} for nobody knows whom.")
    if is_open and forgeries.reads(folder) and "GET /items" not in served:
        yield Problem("refused-reader", place, f"{folder.name} asks who reads, and everybody may.")


def _port(stack: Stack, program: ContainerProgram) -> int:
    ports = [stack.resources[id].properties.get("Port") for id in program.target_groups if id in stack.resources]
    return int(next((port for port in ports if port), 8080))


def _forged_headers(stack: Stack, program: ContainerProgram) -> Iterator[Problem]:
    """Yield the ways on which a program receives a header that it trusts, but that nothing on the way sets."""
    for header in forgeries.believed_headers(program.folder):
        for way in ways_in(stack, list(program.groups), _port(stack, program)):
            if way.holder is None or way.kind != "holder":
                message = f"{program.folder.name} believes the header {header}, and {way.source} reaches its port."
                yield Problem("forged-header", way.place, message, "AWS::EC2::SecurityGroup")
            else:
                yield from asserted(stack, program, header, way.holder)


def _around_the_api(stack: Stack, program: ContainerProgram) -> Iterator[Problem]:
    """Yield the ways to a load balancer behind an API that bypass the API and its checks."""
    for way in ways_in(stack, list(program.groups), _port(stack, program)):
        if way.holder is None or way.holder.type != BALANCER:
            continue
        ways = list(ways_to_balancer(stack, way.holder, _port(stack, program)))
        if not any(_is_link(to_it) for to_it in ways):
            continue
        for to_it in ways:
            if not _is_link(to_it):
                message = f"{to_it.source} reaches {way.holder.id} past the API, and so {program.folder.name}."
                yield Problem("around-the-api", to_it.place, message, way.holder.type)


def _is_link(way: WayIn) -> bool:
    return way.holder is not None and way.holder.type in (REST_LINK, HTTP_LINK)


def _forged_tokens(program: FunctionProgram) -> Iterator[Problem]:
    accepted = forgeries.accepted_tokens(program.folder) if program.module == "authorizer" else None
    if accepted is None:
        return
    if forgeries.SILENT in accepted:
        message = "The authoriser does not fail although its issuer is not reachable, so that no alarm rings."
        yield Problem("fault-unheard", program.folder.name, message)
    failed = {name for name in accepted if name.startswith(forgeries.FAILS)}
    for name in sorted(failed):
        # An error of a function counts for the alarm that rolls its release back.
        message = f"A token from outside makes the authoriser fail ({name.removeprefix(forgeries.FAILS)})."
        yield Problem("failing-token", program.folder.name, message)
    for name in sorted({*accepted} - {forgeries.GENUINE, forgeries.SILENT} - failed):
        yield Problem("forged-token", program.folder.name, f"The authoriser lets in a token {name}.")
    if forgeries.GENUINE not in accepted:
        yield Problem("genuine-token", program.folder.name, "The authoriser refuses a genuine token.")


def _unverified(folder: Path, place: str) -> Problem:
    message = f"{folder.name} reaches the public keys of load balancers, and believes a user without a signature."
    return Problem("unverified-claims", place, message)


def _forged_claims(folder: Path, place: str, *, reaches_keys: bool) -> Iterator[Problem]:
    """Yield the claims of a user that a program believes although its load balancer or issuer did not sign them.

    Without a way to the keys of the issuer, a program relies on the listener for the signature of a token:
    `_forged_headers` finds out whether that verifies it.
    """
    accepted = forgeries.accepted_claims(folder)
    if accepted is None:
        return
    unverified = forgeries.UNSIGNED if forgeries.takes_tokens(folder) and not reaches_keys else frozenset[str]()
    for name in sorted({*accepted} - {forgeries.GENUINE} - unverified):
        yield Problem("forged-claims", place, f"{folder.name} believes claims of a user {name}.")
    if forgeries.GENUINE not in accepted:
        yield Problem("genuine-claims", place, f"{folder.name} refuses claims that its load balancer has signed.")


def _forged_webhooks(evidence: Evidence, folder: Path, place: str) -> Iterator[Problem]:
    """Yield the webhooks that a program accepts although their sender did not sign them as they are, and just now.

    A signed component whose program verifies nothing is found by `_served_to_nobody`.
    """
    for fault in forgeries.signature_faults(folder) or ():
        refused = fault.startswith("refused: ")
        told = f"refuses a webhook that is {fault[9:]}" if refused else f"accepts a webhook {fault}"
        yield Problem("genuine-webhook" if refused else "forged-webhook", place, f"{folder.name} {told}.")


def _forged_events(evidence: Evidence, sender: FunctionProgram) -> Iterator[Problem]:
    """Yield the functions that take the caller named inside a message of another program for their own caller."""
    variables = sender.function.properties.get("Environment", {}).get("Variables", {})
    by_id = {program.function.id: program for program in functions(evidence)}
    for variable, events in forgeries.sent_events(sender.folder):
        for id in ids_in(variables.get(variable, "")):
            if id in by_id and forgeries.believes(by_id[id].folder, events):
                message = f"A message that {sender.folder.name} passes on decides who {id} believes its caller is."
                yield Problem("forged-event", id, message, "AWS::Lambda::Function")


def _forged_function_headers(stack: Stack, program: FunctionProgram) -> Iterator[Problem]:
    """Yield listeners that pass a function the header of a signed-in caller, but do not authenticate callers."""
    text = _text(program, "caller")
    header = (
        TOKEN if forgeries.takes_tokens(program.folder) else next((one for one in _OF_A_BALANCER if one in text), "")
    )
    if not header:
        return
    for group in stack.of_type("AWS::ElasticLoadBalancingV2::TargetGroup"):
        if program.function.id in ids_in(group.properties.get("Targets", [])):
            target = ContainerProgram(program.folder, (), (group.id,), program.function.id)
            for balancer in stack.of_type(BALANCER):
                yield from asserted(stack, target, header, balancer)


def _text(program: FunctionProgram, module: str) -> str:
    files = [file for file in program.folder.glob(f"{module}.*") if file.suffix in (".py", ".ts")]
    return "".join(file.read_text("utf-8") for file in files)


def _account_wide(stack: Stack) -> Iterator[Problem]:
    """Yield settings of the whole account: each stack that has one takes it from all others, and from their owners.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html (2026-11-27).
    """
    for setting in stack.of_type(*_ACCOUNT_WIDE):
        yield Problem("account-wide", setting.id, "The stack sets this for the whole account and Region.", setting.type)


def _open_ports(stack: Stack) -> Iterator[Problem]:
    """Yield security groups that allow every address, except those of load balancers on the internet."""
    for group in stack.of_type("AWS::EC2::SecurityGroup"):
        rules = group.properties.get("SecurityGroupIngress", ())
        anywhere = [rule for rule in rules if {rule.get("CidrIp"), rule.get("CidrIpv6")} & {*_EVERYWHERE}]
        holders = [resource for resource in stack.resources.values() if group.id in groups_of(resource)]
        if anywhere and not (holders and all(_faces_the_internet(holder) for holder in holders)):
            names = ", ".join(holder.id for holder in holders) or "nothing"
            yield Problem("open-port", group.id, f"Every address reaches {names}.", group.type)


def _faces_the_internet(holder: Resource) -> bool:
    return holder.type == BALANCER and holder.properties.get("Scheme", "internet-facing") == "internet-facing"
