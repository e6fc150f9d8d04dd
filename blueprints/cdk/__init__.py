"""The CDK target: a design compiled to an AWS CDK app in Python."""

from blueprints.cdk.python import files, printed

__all__ = ["files", "printed"]
