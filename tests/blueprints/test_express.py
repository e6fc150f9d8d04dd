"""Web services of ECS Express Mode: what ECS makes by itself is not made again, and what it cannot do is refused."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints import sam
from blueprints.plan import plan_for
from blueprints.traits.ecs_express import EXPRESS
from tests.blueprints.answers import design_from
from tests.blueprints.templates import of_type
from tests.blueprints.translation import parsed

SERVICE = "AWS::ECS::ExpressGatewayService"
TARGETS = [target.id for target in blueprints.TARGETS]


def web(book: Book, pins: dict[str, str] | None = None, **answers: Any) -> Design:
    component = {"id": "web", "trigger": "request", "packaging": "container-image", "migrates_from": "app-runner"}
    made = {**component, "pins": {"compute": EXPRESS, **(pins or {})}, **answers}
    return advise(make_requirements({"title": "Web", "components": [made]}), book)


def template(design: Design) -> dict[str, Any]:
    return parsed(sam.files(plan_for(design), "en"))


def test_no_load_balancer_certificate_or_service_is_made_beside_it(book: Book) -> None:
    made = template(design_from("ecs-express", book))
    types = {one["Type"] for one in made["Resources"].values()}
    assert SERVICE in types
    assert not {one for one in types if one.startswith("AWS::ElasticLoadBalancingV2") or one == "AWS::ECS::Service"}
    assert "CertificateArn" not in made["Parameters"]


def test_subnets_say_whether_the_load_balancer_is_open_to_all(book: Book) -> None:
    services = of_type(template(design_from("ecs-express-existing", book)), SERVICE)
    subnets = {id: str(one["NetworkConfiguration"]["Subnets"]) for id, one in services}
    assert "PublicSubnetIds" in subnets["ShopTaskService"]
    assert "PrivateSubnetIds" in subnets["CatalogueTaskService"]


@pytest.mark.parametrize(
    ("name", "within"), [("ecs-express", "10.20.0.0/16"), ("ecs-express-existing", {"Ref": "VpcCidr"})]
)
def test_a_task_with_a_public_address_hears_the_vpc_alone(name: str, within: Any, book: Book) -> None:
    made = dict(of_type(template(design_from(name, book)), "AWS::EC2::SecurityGroup"))
    (rule,) = made["ShopTaskSecurityGroup"]["SecurityGroupIngress"]
    assert (rule["CidrIp"], rule["FromPort"], rule["ToPort"]) == (within, 8080, 8080)


def test_the_container_is_called_as_express_mode_asks(book: Book) -> None:
    ((_, definition),) = of_type(template(web(book)), "AWS::ECS::TaskDefinition")
    (container,) = definition["ContainerDefinitions"]
    assert container["Name"] == "Main"
    (port,) = container["PortMappings"]
    assert port["Name"]
    assert (port["ContainerPort"], port["Protocol"]) == (8080, "tcp")


def test_a_step_of_a_workflow_is_a_plain_task(book: Book) -> None:
    made = template(web(book, steps=3, longest_run_s="20 s"))
    names = [one["ContainerDefinitions"][0]["Name"] for _, one in of_type(made, "AWS::ECS::TaskDefinition")]
    assert sorted(names) == ["Main", "app"]
    assert len(list(of_type(made, SERVICE))) == 1


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"authentication": "sign-up"}, "does not support user authentication"),
        ({"pins": {"compute": EXPRESS, "entry": "api-gateway-http"}}, "creates its own load balancer"),
        ({"os": "windows"}, "supports only Linux"),
        ({"longest_run_s": "5 min", "response_s": "5 min"}, "idle for 60 seconds"),
    ],
)
def test_what_express_mode_has_no_setting_for_is_refused(
    target: str, answers: dict[str, Any], words: str, book: Book
) -> None:
    said = [one.reason.en for one in blueprints.check(web(book, **answers), target)]
    assert any(words in one for one in said), said
