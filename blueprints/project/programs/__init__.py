"""The programs of a project: entry points, clients of their dependencies, and Lambda authorizers."""
