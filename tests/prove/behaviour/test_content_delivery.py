"""Function URLs are called through their distribution only, and cached responses belong to one caller."""

from pathlib import Path
from typing import Any

import pytest

from prove.mutate.faults import faults
from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_with
from tests.prove.behaviour.sam_projects import story, write_project
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
STORY, CHECK = "content-delivery", "content_delivery"
SITE, INNER = "site-with-api", "vpc-origin"


def open_url(resources: Resources) -> None:
    one_of(resources, "AWS::Lambda::Url")["AuthType"] = "NONE"


def unsigned(resources: Resources) -> None:
    one_of(resources, "AWS::CloudFront::OriginAccessControl", "Catalogue")["OriginAccessControlConfig"][
        "SigningBehavior"
    ] = "no-override"


def any_distribution(resources: Resources) -> None:
    del one_of(resources, "AWS::Lambda::Permission", "UrlInvokePermission")["SourceArn"]


def one_action(resources: Resources) -> None:
    id = next(id for id in resources if id.endswith("UrlInvokePermission"))
    del resources[id]


def shared(resources: Resources) -> None:
    policy = one_of(resources, "AWS::CloudFront::CachePolicy", "Orders")["CachePolicyConfig"]
    policy["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"] = {"HeaderBehavior": "none"}


def like_files(resources: Resources) -> None:
    """AWS's policy for files keeps responses for a day, whoever they are for."""
    config = one_of(resources, "AWS::CloudFront::Distribution", "Orders")["DistributionConfig"]
    config["DefaultCacheBehavior"]["CachePolicyId"] = "658327ea-f89d-4fab-a63d-7e88639e58f6"


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (open_url, "around-the-cdn"),
        (any_distribution, "around-the-cdn"),
        (unsigned, "unsigned-origin"),
        (one_action, "unsigned-origin"),
        (shared, "shared-response"),
        (like_files, "shared-response"),
    ],
)
def test_a_distribution_that_is_bypassed_or_shared_is_found(stories: Stories, fault: Fault, rule: str) -> None:
    assert stories.project(STORY).rules_found_by(CHECK) == set()
    assert rules_with(stories.project(STORY), CHECK, fault) == {rule}


def of_site(resources: Resources) -> Any:
    return one_of(resources, "AWS::CloudFront::Distribution")["DistributionConfig"]


def from_the_bucket(resources: Resources) -> None:
    of_site(resources)["CacheBehaviors"].pop()


def behind_files(resources: Resources) -> None:
    """The first behavior that matches is the one that counts."""
    config = of_site(resources)
    config["CacheBehaviors"].insert(0, {**config["DefaultCacheBehavior"], "PathPattern": "/item*"})


def only_read(resources: Resources) -> None:
    for behavior in of_site(resources)["CacheBehaviors"]:
        behavior["AllowedMethods"] = ["GET", "HEAD"]


def rewritten(resources: Resources) -> None:
    page = {"ErrorCode": 404, "ResponseCode": 200, "ResponsePagePath": "/index.html"}
    of_site(resources)["CustomErrorResponses"].append(page)


def for_viewers_host(resources: Resources) -> None:
    """AWS's policy AllViewer forwards the host name, too."""
    for behavior in of_site(resources)["CacheBehaviors"]:
        behavior["OriginRequestPolicyId"] = "216adef6-5c7f-47e4-b989-5492eafa07d3"


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (from_the_bucket, "unrouted-request"),
        (behind_files, "unrouted-request"),
        (only_read, "unrouted-request"),
        (rewritten, "rewritten-error"),
        (for_viewers_host, "viewer-host"),
        (open_url, "around-the-cdn"),
    ],
)
def test_requests_and_errors_of_an_api_stay_its_own_beside_a_site(stories: Stories, fault: Fault, rule: str) -> None:
    assert stories.project(SITE).rules_found_by(CHECK) == set()
    assert rules_with(stories.project(SITE), CHECK, fault) == {rule}


def on_the_internet(resources: Resources) -> None:
    one_of(resources, "AWS::ElasticLoadBalancingV2::LoadBalancer")["Scheme"] = "internet-facing"


def ingress(resources: Resources) -> Any:
    (rule,) = one_of(resources, "AWS::EC2::SecurityGroup", "LoadBalancer")["SecurityGroupIngress"]
    return rule


def open_to_all(resources: Resources) -> None:
    ingress(resources)["CidrIp"] = "0.0.0.0/0"


def closed(resources: Resources) -> None:
    del ingress(resources)["SourcePrefixListId"]


def over_plain_http(resources: Resources) -> None:
    origin = one_of(resources, "AWS::CloudFront::VpcOrigin")["VpcOriginEndpointConfig"]
    origin["OriginProtocolPolicy"] = "match-viewer"


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (on_the_internet, "around-the-cdn"),
        (open_to_all, "around-the-cdn"),
        (closed, "closed-to-the-cdn"),
        (over_plain_http, "plain-origin"),
    ],
)
def test_only_a_distribution_reaches_a_load_balancer_behind_it(stories: Stories, fault: Fault, rule: str) -> None:
    assert stories.project(INNER).rules_found_by(CHECK) == set()
    assert rules_with(stories.project(INNER), CHECK, fault) == {rule}


def test_an_uncached_response_is_shared_by_nobody(stories: Stories) -> None:
    def never(resources: Resources) -> None:
        config = one_of(resources, "AWS::CloudFront::Distribution", "Orders")["DistributionConfig"]
        config["DefaultCacheBehavior"]["CachePolicyId"] = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"

    assert rules_with(stories.project(STORY), CHECK, never) == set()


def test_faults_are_planted_in_content_delivery() -> None:
    assert {fault.id for fault in faults() if fault.story in (STORY, SITE, INNER)} >= {
        "past-the-cdn",
        "pictures-for-any-distribution",
        "cached-without-the-caller",
        "items-from-the-bucket",
        "errors-become-pages",
        "balancer-open-to-all",
    }


@pytest.mark.usefixtures("project_python")
@pytest.mark.parametrize("check", ["contracts", "duplicates", "trust"])
def test_cached_programs_run(check: str, tmp_path: Path) -> None:
    """The routes of an API that sets how long its answers are cached are answered in the process of the proof."""
    assert write_project(story(STORY), tmp_path).rules_found_by(check) == set()
