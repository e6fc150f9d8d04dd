"""What makes a scanner's finding a false alarm, looked up in the template itself before a suppression may apply.

A suppression that names the word in brackets (`places: ["*[references]"]`) does not hide the same finding elsewhere.
"""

from collections.abc import Callable, Mapping
from typing import Any

Properties = Mapping[str, Any]


def _references(properties: Properties) -> bool:
    """All variables name other resources, so none can hold a secret."""
    values = properties.get("Environment", {}).get("Variables", {}).values()
    return all(isinstance(value, dict) for value in values)


def _sqs_managed(properties: Properties) -> bool:
    """The queue is encrypted with keys that SQS manages."""
    return properties.get("SqsManagedSseEnabled") is True


def _kms(properties: Properties) -> bool:
    """The table is encrypted with a key of KMS."""
    return properties.get("SSESpecification", {}).get("SSEEnabled") is True


def _default_certificate(properties: Properties) -> bool:
    """The distribution answers under CloudFront's own name, whose certificate CloudFront rules over."""
    certificate = properties.get("DistributionConfig", {}).get("ViewerCertificate")
    return certificate is None or bool(certificate.get("CloudFrontDefaultCertificate"))


#: (tool, rule) -> the word, and the question that is asked of the resource's properties.
EVIDENCE: Mapping[tuple[str, str], tuple[str, Callable[[Properties], bool]]] = {
    ("checkov", "CKV_AWS_45"): ("references", _references),
    ("checkov", "CKV_AWS_27"): ("sqs-managed", _sqs_managed),
    ("checkov", "CKV_AWS_119"): ("kms", _kms),
    ("checkov", "CKV_AWS_174"): ("default-certificate", _default_certificate),
    ("cdk-nag", "CFR4"): ("default-certificate", _default_certificate),
}


def shown(tool: str, rule: str, properties: Properties) -> str:
    """Return the word in brackets that a place is followed by, or nothing."""
    word, holds = EVIDENCE.get((tool, rule), ("", lambda _: False))
    return f"[{word}]" if holds(properties) else ""
