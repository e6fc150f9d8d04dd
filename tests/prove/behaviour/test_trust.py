"""The check trust: forged headers, tokens and events, and ways around what checks callers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.requirements import make_requirements
from prove.behaviour import forgeries
from tests.prove.behaviour.sam_projects import WrittenProject, story, write_project

Resources = dict[str, Any]
CONTAINER = {"packaging": "container-image", "portability": True}
CONTAINERS, KUBERNETES = {"estate": "containers"}, {"estate": "kubernetes"}

pytestmark = pytest.mark.usefixtures("project_python")


def answers(work: dict[str, Any], workload: dict[str, Any] | None = None, *others: dict[str, Any]) -> dict[str, Any]:
    """A component that callers ask, with its store."""
    asked = {"id": "orders", "trigger": "request", "reads": ["data"], "writes": ["data"], **work}
    return {"schema": 2, "workload": workload or {}, "components": [asked, *others], "stores": [{"id": "data"}]}


#: A search collection that a program uses, and one that no program uses, so nobody has access to its data.
SEARCHED = answers({"authentication": "sign-up"})
SEARCHED["stores"] = [{"id": "data", "access": "search", "pins": {"store": "opensearch-serverless"}}]
UNUSED_COLLECTION = answers({"authentication": "sign-up"})
UNUSED_COLLECTION["stores"] = [{"id": "data"}, {**SEARCHED["stores"][0], "id": "found"}]
REST_CONTAINER = answers({**CONTAINER, "authentication": "sign-up", "validation": True}, CONTAINERS)
HTTP_CONTAINER = answers({**CONTAINER, "authentication": "aws-iam"}, CONTAINERS)
BALANCED_CONTAINER = answers({**CONTAINER, "authentication": "sign-up"}, CONTAINERS)
BALANCED_PODS = answers({**CONTAINER, "authentication": "sign-up", "kubernetes": "ecosystem"}, KUBERNETES)
LINKED_PODS = answers({**CONTAINER, "authentication": "aws-iam", "kubernetes": "ecosystem"}, KUBERNETES)
BALANCED_FUNCTION = answers({"authentication": "sign-up", "pins": {"entry": "alb", "compute": "lambda"}})
OF_PARTNERS = {"exposure": "partner", "authentication": "existing-provider"}
TOKENS_AT_CONTAINER = answers({**CONTAINER, **OF_PARTNERS, "pins": {"entry": "alb"}}, CONTAINERS)
TOKENS_AT_FUNCTION = answers({**OF_PARTNERS, "pins": {"entry": "alb", "compute": "lambda"}})
FOREIGN_TOKENS = answers({"authentication": "existing-provider", "validation": True})
BILLING = {"id": "billing", "trigger": "request", "authentication": "sign-up", "reads": ["data"], "writes": ["data"]}
CALLS = answers({"authentication": "sign-up", "calls": ["billing"]}, None, BILLING)
PRIVATE = answers({**CONTAINER, "authentication": "sign-up", "exposure": "private"}, CONTAINERS)
PRIVATE_FUNCTION = answers({"authentication": "sign-up", "exposure": "private"})
OPEN_READS = answers({"authentication": "sign-up", "open_reads": True})
OPEN_REST = answers({"authentication": "existing-provider", "open_reads": True, "caching": True})
OPEN_CONTAINER = answers({**CONTAINER, "authentication": "aws-iam", "open_reads": True}, CONTAINERS)
OPEN_QUERIES = {
    **OPEN_READS,
    "components": [{**OPEN_READS["components"][0], "reads": ["texts"], "writes": ["texts"]}],
    "stores": [{"id": "texts", "access": "vectors"}],
}
SIGNED_IN = answers({"authentication": "sign-up"})
SOUND = {
    "searched": SEARCHED,
    "unused-collection": UNUSED_COLLECTION,
    "open-reads": OPEN_READS,
    "open-reads-of-a-rest-api": OPEN_REST,
    "open-reads-of-a-container": OPEN_CONTAINER,
    "open-queries-of-vectors": OPEN_QUERIES,
    "private-function": PRIVATE_FUNCTION,
    "rest-container": REST_CONTAINER,
    "http-container": HTTP_CONTAINER,
    "balanced-container": BALANCED_CONTAINER,
    "balanced-pods": BALANCED_PODS,
    "tokens-at-a-container": TOKENS_AT_CONTAINER,
    "tokens-at-a-function": TOKENS_AT_FUNCTION,
    "linked-pods": LINKED_PODS,
    "balanced-function": BALANCED_FUNCTION,
    "foreign-tokens": FOREIGN_TOKENS,
    "calls": CALLS,
    "private": PRIVATE,
}


def of_type(resources: Resources, type: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in resources.values() if resource["Type"] == type]


def ingress(resources: Resources, end: str, **rule: object) -> None:
    """Let something into the group whose id has this ending."""
    (group,) = (resource["Properties"] for id, resource in resources.items() if id.endswith(end))
    ports = {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080}
    group.setdefault("SecurityGroupIngress", []).append({**ports, **rule})


def opened(end: str) -> Callable[[Resources], None]:
    return lambda resources: ingress(resources, end, CidrIp="0.0.0.0/0")


def operations(resources: Resources) -> list[dict[str, Any]]:
    """The operations of a REST API that go through a link."""
    (api,) = of_type(resources, "AWS::ApiGateway::RestApi")
    found = [op for path in api["Body"]["paths"].values() for op in path.values()]
    return [op for op in found if "connectionId" in op.get("x-amazon-apigateway-integration", {})]


def unmapped(resources: Resources) -> None:
    for op in operations(resources):
        op["x-amazon-apigateway-integration"]["requestParameters"].pop("integration.request.header.x-caller-id")


def mapped_from_the_request(resources: Resources) -> None:
    for op in operations(resources):
        parameters = op["x-amazon-apigateway-integration"]["requestParameters"]
        parameters["integration.request.header.x-caller-id"] = "method.request.header.x-user"


def without_sign_in(resources: Resources) -> None:
    for listener in of_type(resources, "AWS::ElasticLoadBalancingV2::Listener"):
        actions = listener["DefaultActions"]
        listener["DefaultActions"] = [action for action in actions if not action["Type"].startswith("authenticate")]


def without_check_of_tokens(resources: Resources) -> None:
    for listener in of_type(resources, "AWS::ElasticLoadBalancingV2::Listener"):
        actions = listener["DefaultActions"]
        listener["DefaultActions"] = [action for action in actions if action["Type"] != "jwt-validation"]


def tokens_instead_of_sign_in(resources: Resources) -> None:
    """A listener that verifies tokens leaves the headers about a signed-in user as the caller has sent them."""
    for listener in of_type(resources, "AWS::ElasticLoadBalancingV2::Listener"):
        for action in listener["DefaultActions"]:
            if action.pop("AuthenticateCognitoConfig", None):
                keys = "https://issuer.example.com/keys"
                action["Type"] = "jwt-validation"
                action["JwtValidationConfig"] = {"Issuer": "https://issuer.example.com", "JwksEndpoint": keys}


def sign_in_is_optional(resources: Resources) -> None:
    for listener in of_type(resources, "AWS::ElasticLoadBalancingV2::Listener"):
        for action in listener["DefaultActions"]:
            action.get("AuthenticateCognitoConfig", {})["OnUnauthenticatedRequest"] = "allow"


def a_rule_past_the_sign_in(resources: Resources) -> None:
    (group,) = (id for id, r in resources.items() if r["Type"] == "AWS::ElasticLoadBalancingV2::TargetGroup")
    properties = {
        "ListenerArn": {"Ref": "OrdersLoadBalancerListener"},
        "Priority": 1,
        "Conditions": [{"Field": "path-pattern", "Values": ["/items*"]}],
        "Actions": [{"Type": "forward", "TargetGroupArn": {"Ref": group}}],
    }
    resources["Past"] = {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": properties}


def pods_of_the_cluster(resources: Resources) -> None:
    cluster = {"Fn::GetAtt": ["KubernetesCluster", "ClusterSecurityGroupId"]}
    ingress(resources, "OrdersWorkloadSecurityGroup", SourceSecurityGroupId=cluster)


def reserved(resources: Resources) -> None:
    for integration in of_type(resources, "AWS::ApiGatewayV2::Integration"):
        integration["RequestParameters"]["overwrite:header.x-amzn-oidc-identity"] = "$context.identity.userArn"


def held_against_private_link(resources: Resources) -> None:
    for balancer in of_type(resources, "AWS::ElasticLoadBalancingV2::LoadBalancer"):
        balancer["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] = "on"


def any_target_group(resources: Resources) -> None:
    for permission in of_type(resources, "AWS::Lambda::Permission"):
        permission["SourceArn"] = {
            "Fn::Sub": "arn:aws:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/*"
        }


def nobody_asked(resources: Resources) -> None:
    for route in of_type(resources, "AWS::ApiGatewayV2::Route"):
        route.update(AuthorizationType="NONE")


def a_reader_is_asked(resources: Resources) -> None:
    checked = {"AuthorizationType": "JWT", "AuthorizerId": {"Ref": "OrdersApiAuthorizer"}}
    for route in of_type(resources, "AWS::ApiGatewayV2::Route"):
        if route["RouteKey"] == "GET /items":
            route.update(checked)


def a_query_is_asked(resources: Resources) -> None:
    checked = {"AuthorizationType": "JWT", "AuthorizerId": {"Ref": "OrdersApiAuthorizer"}}
    for route in of_type(resources, "AWS::ApiGatewayV2::Route"):
        if route["RouteKey"] == "POST /queries":
            route.update(checked)


def nobody_is_asked_who_stores_a_vector(resources: Resources) -> None:
    for route in of_type(resources, "AWS::ApiGatewayV2::Route"):
        if route["RouteKey"] == "PUT /vectors/{id}":
            route["AuthorizationType"] = "NONE"


def nobody_is_asked_who_writes(resources: Resources) -> None:
    for api in of_type(resources, "AWS::ApiGateway::RestApi"):
        api["Body"]["paths"]["/items"]["post"].pop("security")


def account_wide(resources: Resources) -> None:
    resources["Account"] = {"Type": "AWS::ApiGateway::Account", "Properties": {}}


def on_the_internet(resources: Resources) -> None:
    for balancer in of_type(resources, "AWS::ElasticLoadBalancingV2::LoadBalancer"):
        balancer["Scheme"] = "internet-facing"


def a_public_api(resources: Resources) -> None:
    for api in of_type(resources, "AWS::ApiGateway::RestApi"):
        api["EndpointConfiguration"] = {"Types": ["REGIONAL"]}


def from_every_endpoint(resources: Resources) -> None:
    for api in of_type(resources, "AWS::ApiGateway::RestApi"):
        statements = api["Body"]["x-amazon-apigateway-policy"]["Statement"]
        statements[:] = [statement for statement in statements if statement["Effect"] == "Allow"]


def public_tasks(resources: Resources) -> None:
    for service in of_type(resources, "AWS::ECS::Service"):
        service["NetworkConfiguration"]["AwsvpcConfiguration"]["Subnets"] = [{"Ref": "PublicSubnetA"}]


def a_public_route(resources: Resources) -> None:
    for association in of_type(resources, "AWS::EC2::SubnetRouteTableAssociation"):
        association["RouteTableId"] = {"Ref": "PublicRoutes"}


def bucket_for_everybody(resources: Resources) -> None:
    (policy, *_) = of_type(resources, "AWS::S3::BucketPolicy")
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    policy["PolicyDocument"]["Statement"] = [everybody]


def collection_for_everybody(resources: Resources) -> None:
    (policy, *_) = of_type(resources, "AWS::OpenSearchServerless::AccessPolicy")
    rule = {"ResourceType": "index", "Resource": ["index/*/*"], "Permission": ["aoss:*"]}
    policy["Policy"] = json.dumps([{"Rules": [rule], "Principal": ["*"]}])


def queue_for_any_topic(resources: Resources) -> None:
    for policy in of_type(resources, "AWS::SQS::QueuePolicy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            statement.pop("Condition", None)


def public_database(resources: Resources) -> None:
    for instance in of_type(resources, "AWS::RDS::DBInstance"):
        instance["PubliclyAccessible"] = True


PLANTED: list[tuple[dict[str, Any], Callable[[Resources], None], str]] = [
    (REST_CONTAINER, opened("InnerSecurityGroup"), "forged-header"),
    (REST_CONTAINER, opened("InnerSecurityGroup"), "around-the-api"),
    (REST_CONTAINER, opened("OrdersTaskSecurityGroup"), "forged-header"),
    (REST_CONTAINER, unmapped, "forged-header"),
    (REST_CONTAINER, account_wide, "account-wide"),
    (PRIVATE, on_the_internet, "public-entry"),
    (PRIVATE_FUNCTION, a_public_api, "public-entry"),
    (PRIVATE_FUNCTION, from_every_endpoint, "open-policy"),
    (BALANCED_CONTAINER, public_tasks, "public-subnet"),
    (BALANCED_CONTAINER, a_public_route, "public-subnet"),
    (BALANCED_CONTAINER, bucket_for_everybody, "open-policy"),
    (SEARCHED, collection_for_everybody, "open-policy"),
    (story("async-coupling"), queue_for_any_topic, "open-policy"),
    (story("relational-web-app"), public_database, "public-subnet"),
    (REST_CONTAINER, mapped_from_the_request, "forged-header"),
    (REST_CONTAINER, held_against_private_link, "out-of-reach"),
    (HTTP_CONTAINER, opened("InnerSecurityGroup"), "forged-header"),
    (HTTP_CONTAINER, reserved, "reserved-header"),
    (HTTP_CONTAINER, nobody_asked, "unauthorised-route"),
    (OPEN_READS, nobody_asked, "unauthorised-route"),
    (OPEN_READS, a_reader_is_asked, "asked-reader"),
    (OPEN_QUERIES, a_query_is_asked, "asked-reader"),
    (OPEN_QUERIES, nobody_is_asked_who_stores_a_vector, "unauthorised-route"),
    (OPEN_REST, nobody_is_asked_who_writes, "unauthorised-route"),
    (BALANCED_CONTAINER, without_sign_in, "forged-header"),
    (BALANCED_CONTAINER, sign_in_is_optional, "forged-header"),
    (BALANCED_CONTAINER, a_rule_past_the_sign_in, "forged-header"),
    (BALANCED_CONTAINER, tokens_instead_of_sign_in, "forged-header"),
    (TOKENS_AT_CONTAINER, without_check_of_tokens, "forged-header"),
    (TOKENS_AT_CONTAINER, opened("OrdersTaskSecurityGroup"), "open-port"),
    (TOKENS_AT_FUNCTION, without_check_of_tokens, "forged-header"),
    (BALANCED_CONTAINER, opened("OrdersTaskSecurityGroup"), "open-port"),
    (BALANCED_PODS, pods_of_the_cluster, "forged-header"),
    (LINKED_PODS, opened("InnerSecurityGroup"), "forged-header"),
    (BALANCED_FUNCTION, without_sign_in, "forged-header"),
    (BALANCED_FUNCTION, any_target_group, "invoked-by-anybody"),
    (PRIVATE, opened("OrdersLoadBalancerSecurityGroup"), "open-port"),
]


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_project_has_no_findings(name: str, tmp_path: Path) -> None:
    assert write_project(SOUND[name], tmp_path / "project").rules_found_by("trust") == set()


@pytest.mark.parametrize(("sound", "fault", "rule"), PLANTED)
def test_a_fault_in_the_template_is_found(
    sound: dict[str, Any], fault: Callable[[Resources], None], rule: str, tmp_path: Path
) -> None:
    project = write_project(sound, tmp_path / "project")
    project.plant(fault)
    assert rule in project.rules_found_by("trust")


def edit(project: WrittenProject, path: str, old: str, new: str) -> None:
    file = project.evidence.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


AUTHORISER = "src/orders-authorizer/authorizer.py"
IDENTITY, BEARER = "src/orders/identity.py", "src/orders/bearer.py"
EDITED = [
    (FOREIGN_TOKENS, AUTHORISER, "options=options", 'options={"verify_signature": False}', "forged-token"),
    (FOREIGN_TOKENS, AUTHORISER, "issuer=ISSUER, audience=AUDIENCE, ", "audience=AUDIENCE, ", "forged-token"),
    (FOREIGN_TOKENS, AUTHORISER, 'removeprefix("Bearer ")', 'removeprefix("Token ")', "genuine-token"),
    (
        FOREIGN_TOKENS,
        AUTHORISER,
        'return policy("nobody", "Deny", resource)',
        'raise Exception("Unauthorized")',
        "failing-token",
    ),
    (
        FOREIGN_TOKENS,
        AUTHORISER,
        "    keys().get_signing_keys()  #",
        '    return policy("nobody", "Deny", resource)  #',
        "fault-unheard",
    ),
    (CALLS, "src/billing/app.py", 'if "id" in event:', 'if "requestContext" not in event:', "forged-event"),
    (
        SIGNED_IN,
        "src/orders/caller.py",
        "    if not found:",
        "    found = found or 'x'\n    if not found:",
        "served-to-nobody",
    ),
    (OPEN_READS, "src/orders/caller.py", "    if not found:", "    if found == 1:", "served-to-nobody"),
    (
        OPEN_READS,
        "src/orders/app.py",
        "create(caller(app.current_event.raw_event)",
        "create(reader()",
        "served-to-nobody",
    ),
    (
        OPEN_READS,
        "src/orders/app.py",
        "reader(), after",
        "caller(app.current_event.raw_event), after",
        "refused-reader",
    ),
    (
        OPEN_CONTAINER,
        "src/orders/main.py",
        'raise PermissionError("Authentication required.")',
        "return reader()",
        "served-to-nobody",
    ),
    (OPEN_CONTAINER, "src/orders/main.py", "listing(reader()", "listing(caller(environ)", "refused-reader"),
    (BALANCED_CONTAINER, "src/orders/main.py", "HTTP_X_AMZN_OIDC_IDENTITY", "HTTP_X_USER_ID", "forged-header"),
    (BALANCED_PODS, IDENTITY, 'header.get("signer") != SIGNER', "False", "forged-claims"),
    (BALANCED_PODS, IDENTITY, "return str(claims", "return str(header", "genuine-claims"),
    (BALANCED_PODS, "src/orders/main.py", "identity.user(str(signed))", "str(signed)", "unverified-claims"),
    (
        BALANCED_PODS,
        "src/orders/main.py",
        'signed = environ.get("HTTP_X_AMZN_OIDC_DATA")',
        'return environ.get("HTTP_X_AMZN_OIDC_IDENTITY")',
        "unverified-claims",
    ),
    (BALANCED_FUNCTION, IDENTITY, '"verify_aud": False', '"verify_signature": False', "forged-claims"),
    (TOKENS_AT_CONTAINER, BEARER, 'found.get("iss") != ISSUER', "False", "forged-claims"),
    (TOKENS_AT_CONTAINER, BEARER, "AUDIENCE not in meant or", "", "forged-claims"),
    (TOKENS_AT_CONTAINER, BEARER, "return found if valid", "return found if True", "forged-claims"),
    (TOKENS_AT_FUNCTION, BEARER, '"verify_aud": False', '"verify_signature": False', "forged-claims"),
    (TOKENS_AT_FUNCTION, BEARER, "issuer=ISSUER, ", "", "forged-claims"),
    (TOKENS_AT_FUNCTION, BEARER, "AUDIENCE not in meant", "AUDIENCE in meant", "genuine-claims"),
    (BALANCED_FUNCTION, IDENTITY, "expired or not", "not", "forged-claims"),
    (BALANCED_FUNCTION, "src/orders/caller.py", "identity.user(str(found))", "str(found)", "unverified-claims"),
]


@pytest.mark.parametrize(("sound", "path", "old", "new", "rule"), EDITED)
def test_a_fault_in_a_program_is_found(
    sound: dict[str, Any], path: str, old: str, new: str, rule: str, tmp_path: Path
) -> None:
    project = write_project(sound, tmp_path / "project")
    edit(project, path, old, new)
    assert rule in project.rules_found_by("trust")


def in_typescript(sound: dict[str, Any], folder: Path) -> Path:
    """Write the programs of a project in TypeScript, and return the folder that has theirs."""
    design = advise(make_requirements(sound), rules.load_book())
    for path, content in blueprints.build(design, "cdk-typescript", lang="en", extras={}).items():
        if path.startswith("src/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
    return folder / "src"


@pytest.mark.parametrize(
    ("sound", "served"),
    [
        (OPEN_READS, ("GET /items", "GET /items/1")),
        (OPEN_REST, ("GET /items", "GET /items/1")),
        (OPEN_CONTAINER, ("GET /items", "GET /items/1")),
        (SIGNED_IN, ()),
    ],
)
def test_who_says_nothing_of_itself_is_served_where_everybody_may_read(
    sound: dict[str, Any], served: tuple[str, ...], node_modules: Path, tmp_path: Path
) -> None:
    assert forgeries.served_without_identity(in_typescript(sound, tmp_path) / "orders") == served


def test_programs_in_typescript_are_tried_as_well(node_modules: Path, tmp_path: Path) -> None:
    def program(sound: dict[str, Any], name: str) -> Path:
        return in_typescript(sound, tmp_path) / name

    assert forgeries.believed_headers(program(BALANCED_CONTAINER, "orders")) == ("x-amzn-oidc-identity",)
    assert forgeries.believed_headers(program(BALANCED_PODS, "orders")) == ("x-amzn-oidc-data",)
    assert forgeries.accepted_claims(program(BALANCED_PODS, "orders")) == ("genuine",)
    assert forgeries.accepted_claims(program(TOKENS_AT_FUNCTION, "orders")) == ("genuine",)
    unsigned = {"genuine", *forgeries.UNSIGNED}
    assert {*(forgeries.accepted_claims(program(TOKENS_AT_CONTAINER, "orders")) or ())} == unsigned
    assert forgeries.believed_headers(tmp_path / "src" / "orders") == ("authorization",)
    authorizer = program(FOREIGN_TOKENS, "orders-authorizer")
    assert forgeries.accepted_tokens(authorizer) == ("genuine",)
    text = (authorizer / "authorizer.ts").read_text("utf-8")
    (authorizer / "authorizer.ts").write_text(
        text.replace("return policy('nobody'", "throw error; policy('nobody'"), "utf-8"
    )
    assert "fails: expired" in (forgeries.accepted_tokens(authorizer) or ())
    called = program(CALLS, "billing")
    ((variable, events),) = forgeries.sent_events(tmp_path / "src" / "orders")
    assert variable == "BILLING_FUNCTION_NAME"
    assert not forgeries.believes(called, events)
    assert forgeries.believes(called, list(forgeries.FORGED))
