"""The CDK target in Python: the tree of `blueprints.cdk`, and the printer for it."""

from blueprints.cdk.python.project import files, printed

__all__ = ["files", "printed"]
