"""The CDK target: a design compiled to an AWS CDK app in Python."""

from blueprints.cdk.project import check, files
from blueprints.errors import Unsupported

__all__ = ["Unsupported", "check", "files"]
