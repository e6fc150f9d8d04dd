"""A person decides: with a signed request, once, before the deadline, and not with the content of an email.

* A task token completes its task for any caller that is allowed to call `SendTaskSuccess`
  (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html, read 2026-11-27), a callback id its
  callback (https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html, read 2026-11-27).
  A mail is stored and forwarded by systems of others, so neither is in one.
* Scanners of mail open the links in it, so GET is safe (RFC 9110, section 9.2.1) and changes nothing.
* API Gateway identifies the signer of a request; the body contains whatever its sender wrote
  (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html, read 2026-11-27).

How the program decides is tried on the program itself (`prove/behaviour/decisions.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from prove.behaviour import decisions
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.execution_time import WAITS, cut_short
from prove.behaviour.hand_overs import MACHINE
from prove.behaviour.programs import FunctionProgram, functions
from prove.behaviour.references import allows, ids_in, statements_of_role
from prove.behaviour.token_tables import kept_tokens
from prove.readback import Stack
from prove.readback.stack import Resource

_TOKEN = "$$.Task.Token"
_PEOPLE = ("sns", "ses", "sesv2", "pinpoint")
_COMPLETES = ("states:SendTaskSuccess", "lambda:SendDurableExecutionCallbackSuccess")
_SECRET = "secretsmanager:GetSecretValue"
#: How a durable function says after how many steps it asks.
_BEFORE = re.compile(r"^(?:const )?STEPS_BEFORE = (\d+)", re.MULTILINE)
#: A result that is to be shown to its end.
_RESULT = f"result-1 {'x' * 20_000} end"
_SIGNED = ("AWS_IAM", "JWT", "CUSTOM")
_FUNCTION, _TABLE = "AWS::Lambda::Function", "AWS::DynamoDB::Table"
_MESSAGES: Mapping[str, str] = {
    "token-by-mail": "The mail to the approver holds what completes the task.",
    "approval-does-not-arrive": "A person who approves at the address in the mail completes nothing.",
    "decided-by-get": "Whoever opens the link, such as a scanner of mail, decides.",
    "result-not-shown": "The approver does not see what the step before the approval has returned.",
    "token-is-shown": "The endpoint shows what completes the task.",
    "decided-unsigned": "A request that nobody has signed decides.",
    "decided-by-another": "The endpoint believes a request when it says who decides.",
    "decision-not-recorded": "Who rejected, and why, is not kept.",
    "decided-twice": "A request can be decided a second time.",
    "decided-late": "A request can be decided after its time.",
    "refused-without-a-word": "A decision that is not taken is answered without a sentence.",
    "refused-with-another-status": "A decision that is late, or whose run has ended, is not refused with 409.",
    "recorded-untaken": "A decision that the run has not taken is recorded.",
    "lost-response-refused": "A decision that the run has taken is refused when it is repeated.",
    "claim-kept": "After a request that the service refused, no other person can decide.",
}


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield ways to decide without a signature, and decisions that are lost or accepted twice."""
    asked = {one.id for one in evidence.requirements.of_kind("component") if one.answer("human_approval")}
    waiting = list(_waiting(evidence.stack, asked))
    if not waiting:
        return
    stack, programs = evidence.stack, {program.function.id: program for program in functions(evidence)}
    yield from _mailed_tokens(stack)
    yield from _elsewhere(evidence, waiting)
    yield from filter(None, (cut_short(evidence, one) for one in waiting if one.type == MACHINE))
    endpoints = [function for function in stack.of_type(_FUNCTION) if _decides(stack, function)]
    if not endpoints:
        yield Problem("nobody-decides", waiting[0].id, "No program completes what waits for a person.", waiting[0].type)
    for endpoint in endpoints:
        yield from _unsigned(stack, endpoint)
        yield from _kept_tokens(stack, endpoint)
        if endpoint.id in programs:
            yield from _tried(evidence, programs[endpoint.id])


def _waiting(stack: Stack, asked: set[str]) -> Iterator[Resource]:
    """Yield the resources that wait for a person: state machines with a task token, and durable functions."""
    for one in stack.of_type(MACHINE, _FUNCTION):
        definition = one.properties.get("Definition")
        states = _states(definition if isinstance(definition, Mapping) else {})
        waits = any(str(state.get("Resource", "")).endswith(WAITS) for _, state in states)
        if one.owner.node.partition(".")[0] in asked and (waits or "DurableConfig" in one.properties):
            yield one


def _elsewhere(evidence: Evidence, waiting: Iterable[Resource]) -> Iterator[Problem]:
    """Yield the durable functions that ask after another number of steps than stated; `workflows` judges state machines."""
    components = {one.id: one for one in evidence.requirements.of_kind("component")}
    for function in (one for one in waiting if one.type == _FUNCTION):
        subject = function.owner.node.partition(".")[0]
        stated = int(float(str(components[subject].answer("steps_before_approval") or 0)))
        for file in sorted((evidence.folder / "src" / subject).glob("app.*")):
            found = _BEFORE.search(file.read_text("utf-8"))
            asked = int(found[1]) if found else 0
            if asked != stated:
                message = f"A person is asked after {asked} steps, and not after {stated}."
                yield Problem("approval-elsewhere", str(file.relative_to(evidence.folder)), message, _FUNCTION)


def _mailed_tokens(stack: Stack) -> Iterator[Problem]:
    for machine in stack.of_type(MACHINE):
        definition = machine.properties.get("Definition")
        for name, state in _states(definition if isinstance(definition, Mapping) else {}):
            service = (
                str(state.get("Resource", "")).removeprefix("arn:aws:states:::").removeprefix("aws-sdk:").split(":")[0]
            )
            if service in _PEOPLE and _TOKEN in str(state.get("Parameters", state.get("Arguments", ""))):
                yield Problem("token-by-mail", machine.id, f"{name}: {_MESSAGES['token-by-mail']}", machine.type)


def _states(definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the states of a definition, those of its maps and branches too."""
    for name, state in definition.get("States", {}).items():
        yield name, state
        for inner in (state.get("ItemProcessor", {}), *state.get("Branches", ())):
            yield from _states(inner)


def _decides(stack: Stack, function: Resource) -> bool:
    """Return whether people decide at a function: it completes what waits, and no outside system signs for it (`callbacks`)."""
    statements = statements_of_role(stack, function.properties.get("Role"))
    completes = any(allows(statement, action) for statement in statements for action in _COMPLETES)
    return completes and not any(allows(statement, _SECRET) for statement in statements)


def _unsigned(stack: Stack, endpoint: Resource) -> Iterator[Problem]:
    """Yield the unauthenticated routes to an endpoint."""
    for url in stack.of_type("AWS::Lambda::Url"):
        if (
            endpoint.id in ids_in(url.properties.get("TargetFunctionArn"))
            and url.properties.get("AuthType") != "AWS_IAM"
        ):
            yield Problem("decided-unsigned", url.id, _MESSAGES["decided-unsigned"], url.type)
    integrations = [
        one.id
        for one in stack.of_type("AWS::ApiGatewayV2::Integration")
        if endpoint.id in ids_in(one.properties.get("IntegrationUri"))
    ]
    for route in stack.of_type("AWS::ApiGatewayV2::Route"):
        leads = {*ids_in(route.properties.get("Target"))} & {*integrations}
        if leads and route.properties.get("AuthorizationType") not in _SIGNED:
            yield Problem("decided-unsigned", route.id, _MESSAGES["decided-unsigned"], route.type)


def _kept_tokens(stack: Stack, endpoint: Resource) -> Iterator[Problem]:
    """Yield tables of an endpoint that keep tokens forever, lose decisions, or can be read by another program."""
    statements = statements_of_role(stack, endpoint.properties.get("Role"))
    named = {id for one in statements if allows(one, "dynamodb:UpdateItem") for id in ids_in(one["Resource"])}
    for table in (stack.resources[id] for id in sorted(named) if stack.resources[id].type == _TABLE):
        yield from kept_tokens(stack, table, [endpoint])
        if table.removal[0] != "Retain":
            yield Problem("decisions-deleted", table.id, "Who decided what goes with the stack.", table.type)


def _tried(evidence: Evidence, endpoint: FunctionProgram) -> Iterator[Problem]:
    """Test the endpoint with a request of each requester: a state machine, and a program."""
    payload = _payload(evidence.stack, endpoint.function)
    for asker, given in ([(None, payload)] if payload else []) + [
        (folder, None) for folder in _asking(evidence, endpoint)
    ]:
        for rule in decisions.wrongs(endpoint.folder, asker, given):
            yield Problem(rule, endpoint.folder.name, _MESSAGES[rule], _FUNCTION)


def _payload(stack: Stack, endpoint: Resource) -> dict[str, Any] | None:
    """Return the input that a state machine sends to an endpoint, with sample values for runtime data."""
    for machine in stack.of_type(MACHINE):
        definition = machine.properties.get("Definition")
        for _, state in _states(definition if isinstance(definition, Mapping) else {}):
            parameters = state.get("Parameters", {})
            if str(state.get("Resource", "")).endswith(WAITS) and endpoint.id in ids_in(parameters.get("FunctionName")):
                given = {key.removesuffix(".$"): value for key, value in parameters["Payload"].items()}
                shown = {"result": _RESULT} if "result" in given else {}
                return given | {"run": "run-1", "asked": {"id": "i1"}} | shown
    return None


def _asking(evidence: Evidence, endpoint: FunctionProgram) -> Iterator[Path]:
    """Yield the folders of programs that create requests themselves."""
    variables = endpoint.function.properties.get("Environment", {}).get("Variables", {})
    tables = {id for value in variables.values() for id in ids_in(value)}
    for program in functions(evidence):
        own = program.function.properties.get("Environment", {}).get("Variables", {})
        shared = tables & {id for value in own.values() for id in ids_in(value)}
        tabled = any(evidence.stack.resources[id].type == _TABLE for id in shared if id in evidence.stack.resources)
        if program.function.id != endpoint.function.id and tabled and any(program.folder.glob("approval.*")):
            yield program.folder
