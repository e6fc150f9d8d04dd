"""The CDK target in TypeScript: the tree of `blueprints.cdk`, printed by a printer of its own."""

from blueprints.cdk.project import check
from blueprints.cdk.typescript.project import files
from blueprints.errors import Unsupported

__all__ = ["Unsupported", "check", "files"]
