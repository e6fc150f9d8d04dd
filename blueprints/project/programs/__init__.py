"""The programs of a project: entry points, clients of what they reach, and Lambda authorizers."""
