"""The part of a generated project that is the same for every target: programs, tests, prose, site, manifests."""

from blueprints.project.project import missing, project_files
from blueprints.project.template_values import stack_name

__all__ = ["missing", "project_files", "stack_name"]
