"""CloudFront before APIs, function URLs and buckets: who may call what, and which responses are cached."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.plan import plan_for
from blueprints.plan.tags import fixed
from blueprints.project.edge import edge_files
from tests.blueprints.templates import of_type
from tests.blueprints.translation import translated

API = {"id": "api", "trigger": "request", "cdn": True, "reads": ["things"], "writes": ["things"]}
PICTURES = {"id": "pictures", "trigger": "request", "logic": "none", "cdn": True, "reads": ["images"]}
STORES = [{"id": "things", "access": "key-value"}, {"id": "images", "access": "objects"}]
CHEAP = {"priorities": ["cost"]}
#: What a distribution is before -> the answers that lead to it.
CASES: dict[str, dict[str, Any]] = {
    "function URL": {"workload": CHEAP, "components": [API]},
    "HTTP API": {"components": [{**API, "authentication": "sign-up"}]},
    "REST API": {"components": [{**API, "authentication": "sign-up", "caching": True, "api_keys": True}]},
    "bucket": {"components": [PICTURES]},
}
#: The entry of the API of a site -> the answers that lead to it.
SITES: dict[str, dict[str, Any]] = {
    "function URL": {"workload": CHEAP, "components": [{**API, "static_site": True}]},
    "HTTP API": {"components": [{**API, "static_site": True, "authentication": "sign-up"}]},
    "REST API": {"components": [{**API, "static_site": True, "pins": {"entry": "api-gateway-rest"}}]},
}
#: What runs behind a load balancer with a CDN -> the answers that lead to it.
BALANCED: dict[str, dict[str, Any]] = {
    "containers": {"components": [{**API, "packaging": "container-image", "pins": {"entry": "alb"}}]},
    "function": {"components": [{**API, "pins": {"compute": "lambda", "entry": "alb"}}]},
    "pods": {"components": [{**API, "packaging": "container-image", "pins": {"compute": "eks", "entry": "alb"}}]},
    "containers and a site": {
        "components": [{**API, "packaging": "container-image", "static_site": True, "pins": {"entry": "alb"}}]
    },
}
TARGETS = [target.id for target in blueprints.TARGETS]


def design(book: Book, answers: dict[str, Any]) -> Design:
    reached = {id for one in answers["components"] for id in one.get("reads", ())}
    stores = [store for store in STORES if store["id"] in reached]
    return advise(make_requirements({"stores": stores, **answers}), book)


def template(book: Book, answers: dict[str, Any]) -> dict[str, Any]:
    return translated(blueprints.build(design(book, answers), "sam", lang="en", extras={}))


def one(found: dict[str, Any], type: str) -> Any:
    ((_, properties),) = of_type(found, type)
    return properties


def config(found: dict[str, Any]) -> Any:
    return one(found, "AWS::CloudFront::Distribution")["DistributionConfig"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", CASES)
def test_every_target_makes_a_distribution(name: str, target: str, book: Book) -> None:
    files = blueprints.build(design(book, CASES[name]), target, lang="ja", extras={})
    assert any(b"Distribution" in content for path, content in files.items() if not path.endswith(".md"))


def test_only_its_distribution_calls_a_function_url(book: Book) -> None:
    found = template(book, CASES["function URL"])
    assert one(found, "AWS::Lambda::Url")["AuthType"] == "AWS_IAM"
    permissions = [given for _, given in of_type(found, "AWS::Lambda::Permission")]
    assert {given["Action"] for given in permissions} == {"lambda:InvokeFunctionUrl", "lambda:InvokeFunction"}
    for given in permissions:
        assert given["Principal"] == "cloudfront.amazonaws.com"
        assert "ApiDistribution" in str(given["SourceArn"])
    control = one(found, "AWS::CloudFront::OriginAccessControl")["OriginAccessControlConfig"]
    assert (control["OriginAccessControlOriginType"], control["SigningBehavior"]) == ("lambda", "always")


@pytest.mark.parametrize(
    ("name", "headers"),
    [("function URL", None), ("HTTP API", ["Authorization", "Origin"]), ("REST API", ["Authorization", "Origin", "x-api-key"])],
)  # fmt: skip
def test_only_what_the_program_says_is_cached_and_for_its_caller(
    name: str, headers: list[str] | None, book: Book
) -> None:
    found = template(book, CASES[name])
    policy = one(found, "AWS::CloudFront::CachePolicy")["CachePolicyConfig"]
    assert (policy["MinTTL"], policy["DefaultTTL"]) == (0, 0)
    assert policy["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"].get("Headers") == headers
    behavior = config(found)["DefaultCacheBehavior"]
    # The host name of the viewer would lead to no API.
    assert behavior["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert {error["ErrorCachingMinTTL"] for error in config(found)["CustomErrorResponses"]} == {0}


def test_requests_reach_the_stage_of_a_rest_api(book: Book) -> None:
    (origin,) = config(template(book, CASES["REST API"]))["Origins"]
    assert "Environment" in str(origin["OriginPath"])


@pytest.mark.parametrize(("response", "waited"), [("10 s", None), ("100 s", 100)])
def test_cloudfront_waits_as_long_as_callers(response: str, waited: int | None, book: Book) -> None:
    answers = {"components": [{**API, "response_s": response, "pins": {"entry": "lambda-function-url"}}]}
    (origin,) = config(template(book, answers))["Origins"]
    assert origin["CustomOriginConfig"].get("OriginReadTimeout") == waited


def test_several_distributions_read_one_bucket_by_statements_of_their_own(book: Book) -> None:
    found = template(book, {"components": [PICTURES, {**PICTURES, "id": "thumbnails"}]})
    statements = [
        statement
        for _, policy in of_type(found, "AWS::S3::BucketPolicy")
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    assert len({statement["Sid"] for statement in statements}) == 2
    assert all("AWS:SourceArn" in statement["Condition"]["StringEquals"] for statement in statements)


def test_cloudfront_may_use_the_key_of_the_objects_that_it_delivers(book: Book) -> None:
    found = template(book, {**CASES["bucket"], "workload": {"customer_managed_keys": True}})
    policy = one(found, "AWS::KMS::Key")["KeyPolicy"]["Statement"]
    (statement,) = (one for one in policy if one["Principal"].get("Service") == "cloudfront.amazonaws.com")
    assert statement["Action"] in ("kms:Decrypt", ["kms:Decrypt"])
    assert "aws:SourceArn" in statement["Condition"]["ArnLike"]


def test_the_web_acl_before_an_api_lets_its_bodies_pass(book: Book) -> None:
    guarded = design(book, {"components": [{**API, "waf": True}]})
    ((_, content),) = edge_files(plan_for(guarded))
    assert b"SizeRestrictions_BODY" in content


def test_a_domain_name_leads_to_one_distribution(book: Book) -> None:
    existing = {"workload": {"existing": ["domain"]}}

    def names(answers: dict[str, Any]) -> list[str]:
        return [one.id for one in plan_for(design(book, {**existing, **answers})).parameters if "Domain" in one.id]

    assert names({"components": [API]}) == ["DomainName"]
    assert names({"components": [API, PICTURES]}) == ["ApiDistributionDomainName", "PicturesDistributionDomainName"]


def test_callers_are_told_to_hash_bodies_for_a_function_url_and_nothing_else(book: Book) -> None:
    for name, hashed in (("function URL", True), ("HTTP API", False)):
        files = blueprints.build(design(book, CASES[name]), "sam", lang="en", extras={})
        for path in ("README.md", "integration/test_stack.py"):
            assert (b"x-amz-content-sha256" in files[path]) is hashed
            assert b"ApiDistributionUrl" in files[path]


def test_readers_are_told_by_what_responses_are_told_apart_and_that_checks_stay(book: Book) -> None:
    files = blueprints.build(design(book, CASES["REST API"]), "sam", lang="en", extras={})
    told = b"the query string, the header `Authorization` and the header `x-api-key`, so no caller receives"
    assert told in files["README.md"]
    hook = {**API, "authentication": "signature"}
    hook.pop("reads")
    told = blueprints.build(design(book, {"components": [hook], "stores": STORES[:1]}), "sam", lang="en", extras={})
    assert b"bypasses CloudFront and its cache, but not the checks of callers" in told["README.md"]


def test_an_api_for_everyone_has_no_checks_that_a_caller_could_not_bypass(book: Book) -> None:
    for lang, words in (("en", b"bypasses CloudFront and its cache."), ("ja", "キャッシュを経由しません。".encode())):
        readme = blueprints.build(
            design(book, {"components": [{**API, "waf": True, "pins": {"entry": "api-gateway-rest"}}]}),
            "sam",
            lang=lang,
            extras={},
        )["README.md"]
        assert words in readme
        assert b"checks of callers" not in readme


@pytest.mark.parametrize(("answers", "stored"), [({"authentication": "sign-up"}, False), ({}, True)])
@pytest.mark.parametrize("target", ["sam", "cdk-typescript"])
def test_responses_of_one_caller_are_stored_nowhere(
    answers: dict[str, Any], stored: bool, target: str, book: Book
) -> None:
    files = blueprints.build(design(book, {"components": [{**API, **answers}]}), target, lang="en", extras={})
    program = next(content for path, content in files.items() if path.startswith("src/api/app."))
    assert (b"public, max-age" in program) is stored
    assert b"no-store" in program


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", SITES)
def test_every_target_delivers_a_site_and_its_api(name: str, target: str, book: Book) -> None:
    files = blueprints.build(design(book, SITES[name]), target, lang="ja", extras={})
    assert any(b"/items/*" in content for path, content in files.items() if not path.endswith(".md"))


@pytest.mark.parametrize("name", SITES)
def test_paths_of_an_api_lead_to_it_and_all_others_to_the_files_of_its_site(name: str, book: Book) -> None:
    found = template(book, SITES[name])
    delivery = config(found)
    site, api = delivery["Origins"]
    assert "S3OriginConfig" in site
    assert "CustomOriginConfig" in api
    assert delivery["DefaultCacheBehavior"]["TargetOriginId"] == site["Id"]
    routed = {behavior["PathPattern"]: behavior for behavior in delivery["CacheBehaviors"]}
    assert set(routed) == {"/health", "/items", "/items/*"}
    for behavior in routed.values():
        assert behavior["TargetOriginId"] == api["Id"]
        assert "DELETE" in behavior["AllowedMethods"]
        assert behavior["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    # The page of an error would also replace those of the API.
    assert not any("ResponsePagePath" in error for error in delivery["CustomErrorResponses"])
    names = [
        control["OriginAccessControlConfig"]["Name"]
        for _, control in of_type(found, "AWS::CloudFront::OriginAccessControl")
    ]
    assert len(names) == len({str(name) for name in names}) == 1 + (name == "function URL")


@pytest.mark.parametrize("name", SITES)
def test_pages_call_the_api_of_their_host_name_without_cors(name: str, book: Book) -> None:
    files = blueprints.build(design(book, SITES[name]), "sam", lang="en", extras={})
    page = files["site/app.js"].decode()
    assert "fetch(path," in page
    assert "config.api" not in page
    assert ("x-amz-content-sha256" in page) is (name == "function URL")
    assert b"Access-Control-Allow-Origin" not in b"".join(files.values())
    assert b"AllowOrigins" not in files["template.yaml"]
    assert b"to the API, and all others to the bucket of the website" in files["README.md"]
    key = one(template(book, SITES[name]), "AWS::CloudFront::CachePolicy")["CachePolicyConfig"]
    headers = key["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"].get("Headers", [])
    assert headers == ["Authorization"] * (name == "HTTP API")


def test_callers_of_a_site_with_its_api_are_drawn_to_one_distribution(book: Book) -> None:
    architecture = design(book, SITES["HTTP API"]).architecture
    (load,) = (edge for edge in architecture.edges if edge.verb == "load")
    assert "under the same host name" in load.sentence.en
    assert not [edge for edge in architecture.edges if edge.verb == "request"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", BALANCED)
def test_every_target_reaches_a_load_balancer_through_a_vpc_origin(name: str, target: str, book: Book) -> None:
    files = blueprints.build(design(book, BALANCED[name]), target, lang="ja", extras={})
    assert any(b"VpcOrigin" in content for path, content in files.items() if not path.endswith(".md"))


@pytest.mark.parametrize("name", BALANCED)
def test_a_load_balancer_behind_a_cdn_is_internal_and_lets_in_cloudfront_alone(name: str, book: Book) -> None:
    found = template(book, BALANCED[name])
    assert one(found, "AWS::ElasticLoadBalancingV2::LoadBalancer")["Scheme"] == "internal"
    # A second rule with the prefix list of CloudFront would be more than a security group may have.
    (rules,) = (
        given["SecurityGroupIngress"] for id, given in of_type(found, "AWS::EC2::SecurityGroup") if "LoadBalancer" in id
    )
    ((rule,),) = ([one for one in rules if "SourcePrefixListId" in one],)
    assert (rule["FromPort"], rules) == (443, [rule])
    (listener,) = of_type(found, "AWS::ElasticLoadBalancingV2::Listener")
    assert listener[1]["Protocol"] == "HTTPS"
    endpoint = one(found, "AWS::CloudFront::VpcOrigin")["VpcOriginEndpointConfig"]
    assert (endpoint["OriginProtocolPolicy"], endpoint["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])
    origin = config(found)["Origins"][-1]
    assert "LoadBalancerDomainName" in str(origin["DomainName"])
    assert "VpcOrigin" in str(origin["VpcOriginConfig"]["VpcOriginId"])
    # CloudFront asks for an internet gateway in the VPC.
    assert any(of_type(found, "AWS::EC2::InternetGateway"))


def test_a_load_balancer_behind_a_cdn_is_drawn_in_private_subnets(book: Book) -> None:
    architecture = design(book, BALANCED["containers"]).architecture
    (balancer,) = architecture.of_service("alb")
    assert balancer.group == "private-subnet"
    plan = plan_for(design(book, BALANCED["containers"]))
    assert {"CloudFrontPrefixListId", "ApiLoadBalancerDomainName"} <= {one.id for one in plan.parameters}
    assert "CallerCidr" not in {one.id for one in plan.parameters}


def test_an_existing_vpc_is_asked_for_no_public_subnets_by_a_cdn(book: Book) -> None:
    answers = {**BALANCED["containers"], "workload": {"existing": ["vpc"]}}
    assert "PublicSubnetIds" not in {one.id for one in plan_for(design(book, answers)).parameters}


@pytest.mark.parametrize(("response", "waited"), [("10 s", None), ("100 s", 100)])
def test_cloudfront_waits_for_a_load_balancer_as_long_as_callers(response: str, waited: int | None, book: Book) -> None:
    (api,) = BALANCED["containers"]["components"]
    (origin,) = config(template(book, {"components": [{**api, "response_s": response}]}))["Origins"]
    assert origin["VpcOriginConfig"].get("OriginReadTimeout") == waited


def test_an_api_is_called_by_the_pages_of_the_domain_name_of_its_site(book: Book) -> None:
    shop = {**API, "id": "shop", "static_site": True, "cdn": False}
    answers = {"workload": {"existing": ["domain"]}, "components": [shop, PICTURES]}
    api = one(template(book, answers), "AWS::ApiGatewayV2::Api")
    assert api["CorsConfiguration"]["AllowOrigins"] == [{"Fn::Sub": "https://${ShopDistributionDomainName}"}]


def test_a_load_balancer_behind_a_cdn_has_the_web_acl_of_the_cdn_alone(book: Book) -> None:
    (api,) = BALANCED["containers"]["components"]
    answers = {"components": [{**api, "waf": True}]}
    found = template(book, answers)
    assert config(found)["WebACLId"]
    assert not any(of_type(found, "AWS::WAFv2::WebACLAssociation"))
    assert any(edge_files(plan_for(design(book, answers))))


def test_no_tag_of_a_vpc_origin_changes_with_the_requirements(book: Book) -> None:
    """CloudFront refuses other tags while a distribution uses the origin, and the stack gives its tags to all of it."""
    assert set(fixed(design(book, BALANCED["containers"]))) == {"application"}
    assert set(fixed(design(book, SITES["HTTP API"]))) == {"application", "decision"}
