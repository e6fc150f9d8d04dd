"""The part of a generated project that is the same for every target: programs, tests, prose, site, manifests."""

from blueprints.project.project import project_files

__all__ = ["project_files"]
