"""The IAM permissions of a project, as a table read from its stack: who may do what on what, and for which connection."""

from blueprints.permissions.record import Permission, Resource
from blueprints.permissions.table import permissions, permissions_of

__all__ = ["Permission", "Resource", "permissions", "permissions_of"]
