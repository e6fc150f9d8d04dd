"""The CDK target: a design compiled to an AWS CDK app in Python."""

from blueprints.cdk.project import check, files

__all__ = ["check", "files"]
