"""Requests that callers sign with their AWS credentials."""

from blueprints.traits import Traits

TRAITS = Traits(
    service="iam-auth",
    identity="credentials",
)
