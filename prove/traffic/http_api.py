"""HTTP doors (HTTP API, REST API, load balancer): who may come in, what they may do, and what comes of it behind."""

import re
from dataclasses import replace

from advisor.architecture import Edge
from prove.traffic import durable, messages, stores
from prove.traffic.calls import Address, at
from prove.traffic.identity import Call, Callers, callers
from prove.traffic.scene import Scene

IDS = {
    "api-gateway-http": ("AWS::ApiGatewayV2::Api", "execute-api"),
    "api-gateway-rest": ("AWS::ApiGateway::RestApi", "execute-api"),
}


def drive(scene: Scene, edge: Edge) -> None:
    """Use a door as its callers do, and as strangers do."""
    door = edge.target
    address = _address(scene, door)
    ways = callers(scene, door, address)
    _strangers(scene, door, ways)
    if address.endpoint:
        around = callers(scene, door, replace(address, endpoint="")).known("GET", "/items")
        scene.check(edge, around.status == 403, "403 for a known caller outside of the VPC", around)
    behind = scene.architecture.leaving(door, "invoke")
    for invoked in behind:
        _program(scene, edge, invoked, ways)
    for published in scene.architecture.leaving(door, "publish"):
        _straight_in(scene, edge, published, ways)


def _address(scene: Scene, door: str) -> Address:
    service = scene.node(door).service
    if service == "alb":
        name = scene.deployment.of_node(door, "AWS::ElasticLoadBalancingV2::LoadBalancer").split("/")[-2]
        return Address(scene.deployment.account.endpoint, f"{name}.alb.localhost:{_listens(scene, door)}")
    type, family = IDS[service]
    stage = scene.deployment.parameters.get("Environment", "dev") if service == "api-gateway-rest" else ""
    found = at(scene, f"{scene.deployment.of_node(door, type)}.{family}", stage)
    return replace(found, endpoint=_endpoint(scene, door)) if service == "api-gateway-rest" else found


def _endpoint(scene: Scene, door: str) -> str:
    """Return the endpoint of a VPC that a private API lets in; "" for a public one."""
    api = scene.client("apigateway").get_rest_api(restApiId=scene.deployment.of_node(door, IDS["api-gateway-rest"][0]))
    found = re.search(r"vpce-\w+", api.get("policy") or "")
    return found[0] if found else ""


def _listens(scene: Scene, door: str) -> int:
    """Return the port of a load balancer's listener: that for HTTPS where there is one."""
    arn = scene.deployment.of_node(door, "AWS::ElasticLoadBalancingV2::LoadBalancer")
    return max(int(one["Port"]) for one in scene.client("elbv2").describe_listeners(LoadBalancerArn=arn)["Listeners"])


def _strangers(scene: Scene, door: str, ways: Callers) -> None:
    for asked in scene.architecture.leaving(door, "authorize"):
        for who, (call, refusals) in ways.strangers.items():
            answer = call("POST", "/items", {"name": "a stranger's"})
            said = f"{answer.status} for a request {who}"
            scene.check(asked, answer.status in refusals, said, answer)


def _program(scene: Scene, edge: Edge, invoked: Edge, ways: Callers) -> None:
    """Ask the program for its health, and to make a thing; the thing is then looked for where it should be."""
    if scene.node(edge.target).service == "alb":
        # Containers that were started a moment ago do not answer yet, and a load balancer asks one after the other. The
        # emulator answers /health itself, so another path tells.
        scene.until(lambda: all(ways.known("GET", "/items").status < 502 for _ in range(6)) or None)
    health = ways.known("GET", "/health")
    scene.check(invoked, health.status == 200, "200 from /health", health)
    if _without_store(scene, edge, invoked):
        return
    mark = scene.mark()
    made = ways.known("POST", "/items", {"name": mark, "price": 12.5})
    if not scene.check(edge, made.status in (200, 201, 202), "a thing is made", made):
        return
    for asked in scene.architecture.leaving(edge.target, "authorize"):
        scene.saw(asked, f"{made.status} for a known caller")
    bad = ways.known("POST", "/items", {"price": 1})
    scene.check(invoked, bad.status == 400, "400 for a thing without a name", bad)
    worse = ways.known("POST", "/items", "{nonsense")
    scene.check(invoked, worse.status == 400, "400 for what is no JSON", worse)
    _behind(scene, invoked.target, mark, made.value or {}, ways.known)


def _without_store(scene: Scene, edge: Edge, invoked: Edge) -> bool:
    """Whether the program keeps things where the emulator has nothing that runs: then only its door can be used."""
    stores_ = [one for one in scene.architecture.leaving(invoked.target) if one.verb in messages.KEPT]
    missing = [one for one in stores_ if scene.node(one.target).service not in stores.READABLE]
    for one in missing:
        scene.leave_out(
            one, f"the emulator runs no {scene.node(one.target).service}: its policy is asked, its unit tests run"
        )
    if missing:
        scene.saw(edge, "the program answers that it is well")
    return bool(missing)


def _behind(scene: Scene, program: str, mark: str, thing: dict[str, str], call: Call) -> None:
    for used in scene.architecture.leaving(program):
        if used.verb == "read-write" and used is _kept_in(scene, program):
            _life(scene, used, mark, thing, call)
    messages.follow(scene, program, mark)
    durable.called(scene, program, mark)


def _kept_in(scene: Scene, program: str) -> Edge:
    """Return the first store of a program: the one that its door's things are kept in."""
    return next(edge for edge in scene.architecture.leaving(program) if edge.verb == "read-write")


def _life(scene: Scene, used: Edge, mark: str, thing: dict[str, str], call: Call) -> None:
    """Read, list, change and remove a thing; another's is not found."""
    path = f"/items/{thing.get('id')}"
    if scene.node(used.target).service in stores.READABLE:
        scene.check(used, stores.holds(scene, used.target, mark), "the thing is in the store")
    read, listed = call("GET", path), call("GET", "/items")
    scene.check(used, read.status == 200 and mark in read.text, "the thing is read", read)
    scene.check(used, listed.status == 200 and mark in listed.text, "the thing is listed", listed)
    changed = call("PUT", path, {"name": f"{mark}-changed"})
    scene.check(used, changed.status == 200 and "-changed" in call("GET", path).text, "the thing is changed", changed)
    missing = call("GET", "/items/none")
    scene.check(used, missing.status == 404, "404 for what is not there", missing)
    extra = call("POST", "/items", {"name": f"{mark}-extra"})
    removed = call("DELETE", f"/items/{(extra.value or {}).get('id')}")
    gone = call("GET", f"/items/{(extra.value or {}).get('id')}")
    scene.check(used, removed.status in (200, 204) and gone.status == 404, "a thing is removed", removed)


def _straight_in(scene: Scene, edge: Edge, published: Edge, ways: Callers) -> None:
    """The door hands what it gets to a channel itself."""
    mark = scene.mark()
    sent = ways.known("POST", "/items", {"id": mark, "name": mark})
    if scene.check(edge, sent.status in (200, 202), "a message is taken", sent):
        for asked in scene.architecture.leaving(edge.target, "authorize"):
            scene.saw(asked, f"{sent.status} for a known caller")
        messages.arrives(scene, published, mark)
