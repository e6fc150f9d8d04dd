"""HTTP entry points (HTTP API, REST API, load balancer): authorization, requests, and their effects on stores."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from advisor.architecture import Edge
from advisor.architecture.balancing import identities, is_shared, path_of
from blueprints.certificate.notes import NO_EMULATOR
from blueprints.traits.served_items import served
from prove.traffic import durable, messages, stores
from prove.traffic.calls import Address, address_of
from prove.traffic.identity import Call, Callers, callers, with_token
from prove.traffic.session import Session

IDS = {
    "api-gateway-http": ("AWS::ApiGatewayV2::Api", "execute-api"),
    "api-gateway-rest": ("AWS::ApiGateway::RestApi", "execute-api"),
}


def drive(session: Session, edge: Edge) -> None:
    """Call an entry point with valid credentials, and with invalid ones."""
    drive_at(session, edge, entry_address(session, edge.target))


def drive_at(session: Session, edge: Edge, address: Address) -> None:
    """Call an entry point, to which a connection leads, at an address: its own, or that of CloudFront before it."""
    entry_point = edge.target
    if is_shared(session.node(entry_point)):
        _services(session, edge, address)
        return
    behind = session.architecture.leaving(entry_point, "invoke")
    checked = _checked(session, session.architecture.leaving(entry_point, "authorize"), behind)
    calls = callers(session, checked, address)
    _refused_callers(session, checked, calls, _posted(session, behind))
    if session.node(entry_point).settings.get("open_reads"):
        _open_reads(session, edge, address)
    if address.endpoint:
        outside = replace(address, endpoint="")
        outside_vpc = callers(session, checked, outside).authorised("GET", "/items")
        session.check(edge, outside_vpc.status == 403, "403 for a known caller outside of the VPC", outside_vpc)
    for invoked in behind:
        _program(session, edge, invoked, calls)
    for published in session.architecture.leaving(entry_point, "publish"):
        _direct_integration(session, edge, published, calls)


def _checked(session: Session, authorizations: Sequence[Edge], behind: Sequence[Edge]) -> tuple[Edge, ...]:
    """Return the connections by which the callers of an entry are checked: its own, or those of the programs behind it."""
    verifying = [edge for invoked in behind for edge in session.architecture.leaving(invoked.target, "verify")]
    return (*authorizations, *verifying)


def _services(session: Session, edge: Edge, address: Address) -> None:
    """Call each service behind a shared load balancer under its own path, and a path that belongs to none."""
    for invoked in session.architecture.leaving(edge.target, "invoke"):
        checked = _checked(session, identities(session.architecture, invoked), [invoked])
        calls = callers(session, checked, replace(address, stage=path_of(invoked)))
        _refused_callers(session, checked, calls, _posted(session, [invoked]))
        _program(session, edge, invoked, calls)
    nowhere = address.call("GET", "/items")
    session.check(edge, nowhere.status == 404, "404 for the path of no service", nowhere)


def entry_address(session: Session, entry_point: str) -> Address:
    """Return the address of an entry point in the emulator."""
    service = session.node(entry_point).service
    if service == "alb":
        name = session.deployment.of_node(entry_point, "AWS::ElasticLoadBalancingV2::LoadBalancer").split("/")[-2]
        return Address(
            session.deployment.account.endpoint, f"{name}.alb.localhost:{_listener_port(session, entry_point)}"
        )
    if service == "lambda-function-url":
        return url_address(session, entry_point)
    type, family = IDS[service]
    stage = session.deployment.parameters.get("Environment", "dev") if service == "api-gateway-rest" else ""
    address = address_of(session, f"{session.deployment.of_node(entry_point, type)}.{family}", stage)
    return replace(address, endpoint=_endpoint(session, entry_point)) if service == "api-gateway-rest" else address


def url_address(session: Session, entry_point: str) -> Address:
    """Return the address of a function URL in the emulator."""
    url = session.deployment.of_node(entry_point, "AWS::Lambda::Url")
    configured = session.client("lambda").get_function_url_config(FunctionName=url)["FunctionUrl"]
    account = session.deployment.account
    return Address(account.endpoint, f"{configured.split('/')[2].split(':')[0]}:{account.port}")


def _endpoint(session: Session, entry_point: str) -> str:
    """Return the VPC endpoint that a private API allows; "" for a public API."""
    api = session.client("apigateway").get_rest_api(
        restApiId=session.deployment.of_node(entry_point, IDS["api-gateway-rest"][0])
    )
    endpoint = re.search(r"vpce-\w+", api.get("policy") or "")
    return endpoint[0] if endpoint else ""


def _listener_port(session: Session, entry_point: str) -> int:
    """Return the port of a load balancer's listener: that of HTTPS where it exists."""
    arn = session.deployment.of_node(entry_point, "AWS::ElasticLoadBalancingV2::LoadBalancer")
    return max(
        int(listener["Port"])
        for listener in session.client("elbv2").describe_listeners(LoadBalancerArn=arn)["Listeners"]
    )


def _posted(session: Session, behind: Sequence[Edge]) -> str:
    """Return the path to which callers post: that of uploads if the programs behind an entry point create no items."""
    does = [served(session.architecture, session.node(edge.target)) for edge in behind]
    return "/uploads" if any(one.upload_bytes and not one.creates for one in does) else "/items"


def _refused_callers(session: Session, authorizations: Sequence[Edge], calls: Callers, path: str) -> None:
    for authorization in authorizations:
        for who, (call, refusals) in calls.refused.items():
            answer = call("POST", path, {"name": "a stranger's"})
            expected = f"{answer.status} for a request {who}"
            session.check(authorization, answer.status in refusals, expected, answer)


def _open_reads(session: Session, edge: Edge, address: Address) -> None:
    """Read without authentication, if reads are public."""
    behind = session.architecture.leaving(edge.target, "invoke")
    if any(not _lacks_store(session, edge, invoked) for invoked in behind):
        read = with_token(address, None)("GET", "/items")
        session.check(edge, read.status == 200, "200 for a reader without a token", read)


def _program(session: Session, edge: Edge, invoked: Edge, calls: Callers) -> None:
    """Call the health check and create an item; then check where the item is stored and published."""
    if session.node(edge.target).service == "alb":
        # Containers that have just started do not answer yet, and a load balancer rotates between them. The emulator
        # answers /health itself, so the check uses another path.
        session.wait_for(lambda: all(calls.authorised("GET", "/items").status < 502 for _ in range(6)) or None)
    health = calls.authorised("GET", "/health")
    session.check(invoked, health.status == 200, "200 from /health", health)
    if session.architecture.leaving(invoked.target, "resume"):
        _callback_endpoint(session, edge, invoked, calls)
        return
    if _lacks_store(session, edge, invoked):
        return
    mark, path = session.mark(), _posted(session, [invoked])
    created = calls.authorised("POST", path, _thing(session, invoked, path, mark))
    if not session.check(edge, created.status in (200, 201, 202), "a thing is made", created):
        return
    for authorization in _checked(session, identities(session.architecture, invoked), [invoked]):
        session.record(authorization, f"{created.status} for a known caller")
    # The sender of webhooks decides on their fields, but each is a JSON object.
    is_webhook = bool(session.architecture.leaving(invoked.target, "verify"))
    bad = calls.authorised("POST", path, [1] if is_webhook else {"price": 1})
    session.check(invoked, bad.status == 400, "400 for a list" if is_webhook else "400 for a thing without a name", bad)
    worse = calls.authorised("POST", path, "{nonsense")
    session.check(invoked, worse.status == 400, "400 for what is no JSON", worse)
    _effects(session, invoked.target, mark, created.value or {}, calls.authorised)


def _thing(session: Session, invoked: Edge, path: str, mark: str) -> dict[str, Any]:
    """Return what callers post to a path: an item, which names its entity where it must, or a file to upload."""
    if path != "/items":
        return {"name": mark, "content_type": "a/b", "size": 1}
    key = served(session.architecture, session.node(invoked.target)).ordering_key
    return {"name": mark, "price": 12.5, **({"ordering_key": mark} if key == "required" else {})}


def _callback_endpoint(session: Session, edge: Edge, invoked: Edge, calls: Callers) -> None:
    """Send answers to no callback and answers that are none; `workflows` sends those that a run waits for."""
    unknown = calls.authorised("POST", "/items", {"callback": "d" * 43, "status": "succeeded"})
    session.check(edge, unknown.status == 404, "404 for the answer to an unknown callback", unknown)
    for authorization in _checked(session, identities(session.architecture, invoked), [invoked]):
        session.record(authorization, f"{unknown.status} for a known caller")
    bad = calls.authorised("POST", "/items", {"callback": "d" * 43, "status": "perhaps"})
    session.check(invoked, bad.status == 400, "400 for what is no answer", bad)


def _lacks_store(session: Session, edge: Edge, invoked: Edge) -> bool:
    """Return whether the emulator lacks the store of a program: then only its entry point can be tested."""
    stores_ = [write for write in session.architecture.leaving(invoked.target) if write.verb in messages.STORING]
    missing = [write for write in stores_ if session.node(write.target).service not in stores.READABLE]
    for write in missing:
        session.omit(write, NO_EMULATOR.en.format(session.node(write.target).service))
    if missing:
        session.record(edge, "the program answers that it is well")
    return bool(missing)


def _effects(session: Session, program: str, mark: str, item: dict[str, str], call: Call) -> None:
    for used in session.architecture.leaving(program):
        if used.verb == "read-write" and used is _first_store(session, program):
            _item_lifecycle(session, used, mark, item, call)
    messages.follow(session, program, mark)
    durable.called(session, program, mark)
    for used in session.architecture.leaving(program, "read"):
        if used.id not in session.evidence and session.node(used.target).service in stores.READABLE:
            _looked_up(session, used, str(item.get("id")), call)


def _first_store(session: Session, program: str) -> Edge:
    """Return the first store of a program, which has the items of its entry point."""
    return next(edge for edge in session.architecture.leaving(program) if edge.verb == "read-write")


def _item_lifecycle(session: Session, used: Edge, mark: str, item: dict[str, str], call: Call) -> None:
    """Read, list, replace and delete an item; an unknown item is not found."""
    path = f"/items/{item.get('id')}"
    if session.node(used.target).service in stores.READABLE:
        session.check(used, stores.holds(session, used.target, mark), "the thing is in the store")
    read, listed = call("GET", path), call("GET", "/items")
    session.check(used, read.status == 200 and mark in read.text, "the thing is read", read)
    session.check(used, listed.status == 200 and mark in listed.text, "the thing is listed", listed)
    changed = call("PUT", path, {"name": f"{mark}-changed"})
    session.check(used, changed.status == 200 and "-changed" in call("GET", path).text, "the thing is changed", changed)
    missing = call("GET", "/items/none")
    session.check(used, missing.status == 404, "404 for what is not there", missing)
    extra = call("POST", "/items", {"name": f"{mark}-extra"})
    removed = call("DELETE", f"/items/{(extra.value or {}).get('id')}")
    gone = call("GET", f"/items/{(extra.value or {}).get('id')}")
    session.check(used, removed.status in (200, 204) and gone.status == 404, "a thing is removed", removed)


def _looked_up(session: Session, read: Edge, id: str, call: Call) -> None:
    """Read an item until it comes with what another program has stored about it."""
    field = session.node(read.target).subject.replace("-", "_")
    found = session.wait_for(lambda: (call("GET", f"/items/{id}").value or {}).get(field))
    session.check(read, str((found or {}).get("id")) == id, "an item is read with what is stored about it", found)


def _direct_integration(session: Session, edge: Edge, published: Edge, calls: Callers) -> None:
    """The API sends the request to a channel without compute."""
    mark = session.mark()
    sent = calls.authorised("POST", "/items", {"id": mark, "name": mark})
    if session.check(edge, sent.status in (200, 202), "a message is taken", sent):
        for authorization in session.architecture.leaving(edge.target, "authorize"):
            session.record(authorization, f"{sent.status} for a known caller")
        messages.arrives(session, published, mark)
