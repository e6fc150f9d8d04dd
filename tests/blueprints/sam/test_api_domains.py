"""APIs under an existing domain name: a domain name and a mapping for each public API, and none where it was not asked for."""

from typing import Any

import pytest

from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from blueprints import sam
from blueprints.plan import Plan, plan_for
from tests.blueprints.answers import design_from
from tests.blueprints.translation import parsed

DOMAIN, MAPPING = "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping"
#: The APIs of the design -> the scheme of their address; a fourth one is private.
APIS = {"OrdersApi": "https", "SearchApi": "https", "ChatWebSocketApi": "wss"}


@pytest.fixture(scope="module")
def plan(book: Book) -> Plan:
    return plan_for(design_from("api-domains", book))


@pytest.fixture(scope="module")
def template(plan: Plan) -> dict[str, Any]:
    return parsed(sam.files(plan, "en"))


def of_type(template: dict[str, Any], type: str) -> dict[str, dict[str, Any]]:
    return {id: one["Properties"] for id, one in template["Resources"].items() if one["Type"] == type}


def test_each_public_api_has_a_domain_name_with_a_certificate_of_its_own(template: dict[str, Any]) -> None:
    domains = of_type(template, DOMAIN)
    assert domains.keys() == {f"{api}Domain" for api in APIS}
    for api in APIS:
        properties = domains[f"{api}Domain"]
        assert properties["DomainName"] == {"Ref": f"{api}DomainName"}
        (configuration,) = properties["DomainNameConfigurations"]
        assert configuration["CertificateArn"] == {"Ref": f"{api}CertificateArn"}
        assert (configuration["EndpointType"], configuration["SecurityPolicy"]) == ("REGIONAL", "TLS_1_2")
        assert {f"{api}DomainName", f"{api}CertificateArn"} <= template["Parameters"].keys()


def test_it_leads_to_the_stage_and_the_outputs_say_where_the_dns_record_points(template: dict[str, Any]) -> None:
    mappings = of_type(template, MAPPING)
    assert len(mappings) == len(APIS)
    for api, scheme in APIS.items():
        mapping = mappings[f"{api}DomainMapping"]
        stage = f"{api}.Stage" if api == "OrdersApi" else f"{api}Stage"
        assert (mapping["ApiId"], mapping["DomainName"], mapping["Stage"]) == (
            {"Ref": api}, {"Ref": f"{api}Domain"}, {"Ref": stage},
        )  # fmt: skip
        assert template["Outputs"][f"{api}DomainUrl"]["Value"] == {"Fn::Sub": f"{scheme}://${{{api}DomainName}}"}
        assert template["Outputs"][f"{api}DomainTarget"]["Value"] == {
            "Fn::GetAtt": [f"{api}Domain", "RegionalDomainName"]
        }


def test_a_private_api_keeps_its_own_address_and_says_so(book: Book, plan: Plan) -> None:
    assert not any(parameter.id.startswith("InsideApi") for parameter in plan.parameters)
    warned = {warning.id for warning in plan.design.decision.warnings}
    assert {"private-apis-keep-their-address", "apis-answer-at-an-address-of-their-own"} <= warned


def test_without_an_existing_domain_nothing_is_added_and_with_one_the_answer_is_used(book: Book) -> None:
    raw: dict[str, Any] = {"components": [{"id": "orders", "trigger": "request", "validation": True}]}
    for existing in ([], ["domain"]):
        design = advise(make_requirements({"workload": {"existing": existing}, **raw}), book)
        template = parsed(sam.files(plan_for(design), "en"))
        assert len(of_type(template, DOMAIN)) == len(existing)
        assert design.unused_answers == ()
