"""The IAM permissions of a project as a table derived from its stack: principal, action, resource and connection."""

from blueprints.permissions.record import Permission, Resource
from blueprints.permissions.table import permissions, permissions_of

__all__ = ["Permission", "Resource", "permissions", "permissions_of"]
