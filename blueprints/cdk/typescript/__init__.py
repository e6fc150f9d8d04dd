"""The CDK target in TypeScript: the tree of `blueprints.cdk`, printed by a printer of its own."""

from blueprints.cdk.typescript.project import files, printed

__all__ = ["files", "printed"]
