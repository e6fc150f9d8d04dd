"""The numbers on the arrows: a firewall comes before what the endpoint itself checks."""

import rules
from advisor.advise import advise
from advisor.requirements import make_requirements


def test_a_firewall_inspects_a_request_before_the_endpoint_checks_its_token() -> None:
    api = {"id": "api", "trigger": "request", "authentication": "sign-up", "waf": True}
    raw = {"components": [{**api, "pins": {"entry": "api-gateway-rest"}}]}
    architecture = advise(make_requirements(raw), rules.load_book()).architecture
    steps = {edge.verb: edge.step for edge in architecture.leaving("api.entry") if edge.flow == "identity"}
    assert len(steps) == 2, steps
    assert steps.pop("filter") < min(steps.values())
