"""The CDK target: a design compiled to an AWS CDK app in Python."""

from blueprints.cdk.project import files, printed

__all__ = ["files", "printed"]
