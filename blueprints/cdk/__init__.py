"""The CDK target: a design compiled to an AWS CDK app in Python."""

from blueprints.cdk.python import files

__all__ = ["files"]
