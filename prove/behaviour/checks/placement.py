"""Placement: where all compute must run inside the VPC, each function of the template does.

A function without a VPC configuration runs in a VPC of AWS Lambda, with access to the internet
(https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html, read 2026-11-30). Functions on Lambda Managed
Instances run where their capacity provider is.
"""

from collections.abc import Iterator

from prove.behaviour.evidence import Evidence, Problem
from prove.readback.stack import Resource

FUNCTION, CAPACITY = "AWS::Lambda::Function", "AWS::Lambda::CapacityProvider"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield functions outside the VPC where the requirements do not allow them there."""
    if evidence.requirements.workload_answers.get("vpc_only") is not True:
        return
    for function in evidence.stack.of_type(FUNCTION):
        if not _within(function) and "CapacityProviderConfig" not in function.properties:
            message = "All compute must run inside a VPC, and this function does not."
            yield Problem("outside-the-vpc", function.id, message, function.type)
    for provider in evidence.stack.of_type(CAPACITY):
        if not _within(provider):
            yield Problem("outside-the-vpc", provider.id, "Its instances run outside the VPC.", provider.type)


def _within(resource: Resource) -> bool:
    return bool(resource.properties.get("VpcConfig", {}).get("SubnetIds"))
