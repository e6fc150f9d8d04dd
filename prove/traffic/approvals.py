"""Approvals: a run keeps a request and mails its address, and waits until a person decides at the signed endpoint."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from advisor.architecture import Edge
from blueprints.traits.item_results import results_in
from blueprints.traits.workflow_outcomes import decision_stores, keeps_decision
from prove.live.account import account
from prove.traffic import stores
from prove.traffic.calls import Address, Answer, address_of, role_with_permissions, role_without_permissions
from prove.traffic.session import Session

#: Logical ids of the topic and the API, which CDK ends with a hash.
TOPIC, API = re.compile(r"ApprovalsTopic([0-9A-F]{8})?"), re.compile(r"ApprovalsApi([0-9A-F]{8})?")
_MAIL = re.compile(r"A run of (?P<workflow>\S+) waits .*\nRun: (?P<run>.+)\n.*\nRequest: (?P<link>\S+)", re.DOTALL)
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
#: Links of requests that were decided here: a second decision would be refused.
_decided: set[str] = set()


@dataclass(frozen=True, slots=True)
class Request:
    """A request for approval, as its mail names it."""

    run: str
    link: str
    mail: str


def needed(session: Session, workflow: str) -> bool:
    """Return whether a workflow waits for an approval."""
    return any(state.kind == "wait" for state in session.node(workflow).states)


def as_another_message(session: Session, workflow: str, execution_input: str) -> str:
    """Return the input of an execution as of a message with ids of its own: nobody is asked twice about one message."""
    return _UUID.sub(lambda _: str(uuid4()), execution_input) if needed(session, workflow) else execution_input


def approve(session: Session, workflow: str) -> None:
    """Approve every open request of a workflow."""
    for request in requests(session, workflow) if needed(session, workflow) else ():
        answer(session, request, approved=True)


def requests(session: Session, asker: str) -> Iterator[Request]:
    """Yield the requests that a workflow or a durable function has mailed."""
    topic = _resource(session, "AWS::SNS::Topic", TOPIC)
    for message in account().mail():
        read = _MAIL.search(message["message"]) if message["topic"] == topic else None
        if read and read["workflow"] == session.node(asker).subject:
            yield Request(read["run"], read["link"], message["message"])


def answer(session: Session, request: Request, *, approved: bool) -> None:
    """Decide a request once, as a person who may."""
    if request.link not in _decided:
        _decided.add(request.link)
        decide(session, request, approved=approved)


def decide(session: Session, request: Request, *, approved: bool) -> Answer:
    """Send a decision that is signed by a role that is allowed to call the endpoint."""
    fields = {"decision": "approve"} if approved else {"decision": "reject", "reason": "too dear"}
    return _address(session).signed(role_with_permissions(session), "POST", _path(request), urlencode(fields))


def request_of(session: Session, asker: str, run: str) -> Request | None:
    """Return the request of a run."""
    return next((request for request in requests(session, asker) if request.run == run), None)


def waits(session: Session, run: Edge, arn: str, execution_input: str) -> Request | None:
    """Start an execution, check that it waits whatever happens to its mail, and return its request."""
    states, name = session.client("stepfunctions"), session.mark()
    given = as_another_message(session, run.source, execution_input)
    execution = states.start_execution(stateMachineArn=arn, name=name, input=given)["executionArn"]
    request = session.wait_for(lambda: request_of(session, run.source, name))
    if request:
        decides_nothing(session, run, request)
    status = states.describe_execution(executionArn=execution)["status"]
    session.check(run, bool(request) and status == "RUNNING", "a person is asked by mail, and nothing goes on", status)
    return request


def decides_nothing(session: Session, edge: Edge, request: Request) -> None:
    """Check the results of an opened link, an unsigned decision and a decision by an unauthorized role."""
    address, path, post = _address(session), _path(request), "decision=approve"
    opened = address.call("GET", path)
    session.check(edge, opened.status == 403, "403 for who opens the link of the mail without signing", opened)
    unsigned = address.call("POST", path, post)
    session.check(edge, unsigned.status == 403, "403 for a decision without a signature", unsigned)
    other = address.signed(role_without_permissions(session), "POST", path, post)
    session.check(edge, other.status == 403, "403 for a decision of a role that may not", other)
    shown = address.signed(role_with_permissions(session), "GET", f"{path}?{post}")
    told = isinstance(shown.value, dict) and shown.value.get("run") == request.run and "token" not in shown.text
    session.check(edge, shown.status == 200 and told, "who may is shown the request, without its token", shown)


def stored(session: Session, run: Edge, status: str) -> None:
    """Check that the stores in which the work has items of its own hold a decision."""
    asker, worker = session.node(run.source), session.node(run.target)
    if keeps_decision(session.architecture, asker, worker):
        own = decision_stores(session.architecture, worker) - {*results_in(session.architecture, worker)}
        for store in own:
            found = session.wait_for(lambda id=store: stores.holds(session, id, status) or None)  # type: ignore[misc]
            session.check(run, bool(found), f"the store holds that the work was {status}")


def _resource(session: Session, type: str, id: re.Pattern[str]) -> str:
    """Return the physical id of the stack's shared approval resource."""
    return next(one.physical_id for one in session.deployment.resources if one.type == type and id.fullmatch(one.id))


def _address(session: Session) -> Address:
    """Return the address of the endpoint; the emulator writes its own host into links."""
    return address_of(session, f"{_resource(session, 'AWS::ApiGatewayV2::Api', API)}.execute-api")


def _path(request: Request) -> str:
    return "/" + request.link.rpartition("/")[2]
