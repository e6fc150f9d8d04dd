"""Programs, tests and tools of a project in TypeScript, composed like those in Python: a entry point, a service, adapters."""

from blueprints.project.typescript.files import tool_files
from blueprints.project.typescript.source import approval_files, check_files, program_files
from blueprints.project.typescript.unit_tests import test_files

__all__ = ["approval_files", "check_files", "program_files", "test_files", "tool_files"]
