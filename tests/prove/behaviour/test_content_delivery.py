"""Function URLs are called through their distribution only, and cached responses belong to one caller."""

import pytest

from prove.mutate.faults import faults
from tests.prove.behaviour.planting import Fault, Resources, one_of, rules_with
from tests.prove.behaviour.written import Stories, stories

__all__ = ["stories"]
STORY, CHECK = "content-delivery", "content_delivery"


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


def test_an_uncached_response_is_shared_by_nobody(stories: Stories) -> None:
    def never(resources: Resources) -> None:
        config = one_of(resources, "AWS::CloudFront::Distribution", "Orders")["DistributionConfig"]
        config["DefaultCacheBehavior"]["CachePolicyId"] = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"

    assert rules_with(stories.project(STORY), CHECK, never) == set()


def test_faults_are_planted_in_content_delivery() -> None:
    assert {fault.id for fault in faults() if fault.story == STORY} >= {
        "past-the-cdn",
        "pictures-for-any-distribution",
        "cached-without-the-caller",
    }
