"""Evidence that a scanner's finding is a false positive, read from the template before a suppression may apply.

A suppression that names the word in brackets (`places: ["*[kms]"]`) does not suppress the same finding elsewhere.
"""

from collections.abc import Callable, Mapping
from typing import Any

Properties = Mapping[str, Any]
Settings = Mapping[str, Any]


def _sqs_managed(properties: Properties) -> bool:
    """The queue is encrypted with keys that SQS manages."""
    return properties.get("SqsManagedSseEnabled") is True


def _kms(properties: Properties) -> bool:
    """The table is encrypted with a key of KMS."""
    return properties.get("SSESpecification", {}).get("SSEEnabled") is True


def _default_certificate(properties: Properties) -> bool:
    """The distribution uses the default certificate of CloudFront, whose settings CloudFront controls."""
    certificate = properties.get("DistributionConfig", {}).get("ViewerCertificate")
    return certificate is None or bool(certificate.get("CloudFrontDefaultCertificate"))


def _stream_source(properties: Properties) -> bool:
    """The delivery stream reads a stream of Kinesis."""
    return properties.get("DeliveryStreamType") == "KinesisStreamAsSource"


def _validated(properties: Properties) -> bool:
    """The API's definition names a validator for every method that takes a body; the check reads resources only."""
    body = properties.get("Body", {})
    validators = body.get("x-amazon-apigateway-request-validators", {})
    checking = {name for name, validator in validators.items() if validator.get("validateRequestBody") is True}
    methods = [method for item in body.get("paths", {}).values() for verb, method in item.items() if verb in _WITH_BODY]
    named = [method.get("x-amazon-apigateway-request-validator") for method in methods if "requestBody" in method]
    return bool(checking) and len(named) == len(methods) and set(named) <= checking


def _open(settings: Settings) -> bool:
    """The requirements allow callers without sign-in for all routes, or for routes that read; or a program knows its callers.

    A claim compares the open routes with them, and with the program that verifies the signatures of a sender."""
    return settings.get("authentication") in ("none", "signature") or settings.get("open_reads") is True


def _no_validation(settings: Settings) -> bool:
    """The requirements do not ask for request validation by the API."""
    return settings.get("validation") is False


#: Methods whose requests have bodies.
_WITH_BODY = ("patch", "post", "put")
#: (tool, rule) -> the word, and the condition on the resource's properties.
EVIDENCE: Mapping[tuple[str, str], tuple[str, Callable[[Properties], bool]]] = {
    ("checkov", "CKV_AWS_27"): ("sqs-managed", _sqs_managed),
    ("checkov", "CKV_AWS_119"): ("kms", _kms),
    ("checkov", "CKV_AWS_174"): ("default-certificate", _default_certificate),
    ("cdk-nag", "APIG2"): ("validated", _validated),
    ("cdk-nag", "CFR4"): ("default-certificate", _default_certificate),
    ("cfn-guard", "CT.CLOUDFRONT.PR.6"): ("default-certificate", _default_certificate),
    ("cfn-guard", "CT.CLOUDFRONT.PR.7"): ("default-certificate", _default_certificate),
    ("cfn-guard", "CT.CLOUDFRONT.PR.9"): ("default-certificate", _default_certificate),
    ("cdk-nag", "KDF1"): ("stream-source", _stream_source),
}
#: The same, with a condition on the settings of the node that the resource belongs to.
ANSWERED: Mapping[tuple[str, str], tuple[str, Callable[[Settings], bool]]] = {
    ("cdk-nag", "APIG4"): ("open", _open),
    ("cdk-nag", "APIG2"): ("unasked", _no_validation),
}


def evidence_of(tool: str, rule: str, properties: Properties, settings: Settings) -> str:
    """Return the word of the evidence in brackets, to append to a place, or an empty string."""
    for questions, subject in ((EVIDENCE, properties), (ANSWERED, settings)):
        word, holds = questions.get((tool, rule), ("", lambda _: False))
        if holds(subject):
            return f"[{word}]"
    return ""
